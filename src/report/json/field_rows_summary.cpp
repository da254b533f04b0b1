#include <array>

#include "report/json/field_rows.hpp"
#include "trace/finding/code.hpp"

namespace emltrace::report::json {
namespace {

using enum Shape;

constexpr std::string_view kLeast =
    "the same with what was surely counted; less than messages where a table was too small";

constexpr std::array kRows{
    FieldRow{"/schema", text, "emltrace.summary/1"},
    FieldRow{"/tool", object, "the program that wrote the summary"},
    FieldRow{"/tool/name", text, "emltrace"},
    FieldRow{"/tool/version", text, "its version"},
    FieldRow{"/complete", boolean, "false where a signal ended the run before all was read"},
    FieldRow{"/messages", integer, "messages that were traced"},
    FieldRow{"/unread", integer, "inputs that could not be read, or held no message"},
    FieldRow{"/failed", integer, "messages in which the program failed"},
    FieldRow{"/levels", object, "messages of each level"},
    FieldRow{"/levels/clean", integer, "those that are clean"},
    FieldRow{"/levels/notice", integer, "those with a notice"},
    FieldRow{"/levels/suspicious", integer, "those that are suspicious"},
    FieldRow{"/levels/forged", integer, "those that are forged"},
    FieldRow{"/origins", object, "the addresses that they came from"},
    FieldRow{"/origins/distinct", integer, "how many different ones", "there are too many to know"},
    FieldRow{"/origins/top", objects, "the most frequent ones first"},
    FieldRow{"/origins/top/*/ip", text, "the address"},
    FieldRow{"/origins/top/*/messages", integer, "messages, at most"},
    FieldRow{"/origins/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/networks", object, "their networks, /24 or /48"},
    FieldRow{"/networks/distinct", integer, "how many different ones",
             "there are too many to know"},
    FieldRow{"/networks/top", objects, "the most frequent ones first"},
    FieldRow{"/networks/top/*/network", text, "the network, in CIDR"},
    FieldRow{"/networks/top/*/messages", integer, "messages, at most"},
    FieldRow{"/networks/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/systems", object, "their autonomous systems, where those were looked up"},
    FieldRow{"/systems/distinct", integer, "how many different ones", "there are too many to know"},
    FieldRow{"/systems/top", objects, "the most frequent ones first"},
    FieldRow{"/systems/top/*/system", text, "number and name"},
    FieldRow{"/systems/top/*/messages", integer, "messages, at most"},
    FieldRow{"/systems/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/author_domains", object, "the domains of From"},
    FieldRow{"/author_domains/distinct", integer, "how many different ones",
             "there are too many to know"},
    FieldRow{"/author_domains/top", objects, "the most frequent ones first"},
    FieldRow{"/author_domains/top/*/domain", text, "the domain"},
    FieldRow{"/author_domains/top/*/messages", integer, "messages, at most"},
    FieldRow{"/author_domains/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/dkim_signers", object, "the domains whose DKIM signatures verify"},
    FieldRow{"/dkim_signers/distinct", integer, "how many different ones",
             "there are too many to know"},
    FieldRow{"/dkim_signers/top", objects, "the most frequent ones first"},
    FieldRow{"/dkim_signers/top/*/domain", text, "the domain"},
    FieldRow{"/dkim_signers/top/*/messages", integer, "messages, at most"},
    FieldRow{"/dkim_signers/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/findings", objects, "what was found, the most frequent first"},
    FieldRow{"/findings/*/code", text, "its code"},
    FieldRow{"/findings/*/severity",
             text,
             "the gravest that it had",
             {},
             words_of<trace::Severity, trace::Severity::high>},
    FieldRow{"/findings/*/messages", integer, "messages with it"},
    FieldRow{"/campaigns", object, "messages of one network, author's domain and shape of subject"},
    FieldRow{"/campaigns/exact", boolean, "false where there were too many to count each"},
    FieldRow{"/campaigns/top", objects, "those of two messages or more, the largest first"},
    FieldRow{"/campaigns/top/*/network", text, "the network, in CIDR"},
    FieldRow{"/campaigns/top/*/author_domain", text, "the domain of From"},
    FieldRow{"/campaigns/top/*/subject_shape", text, "the shape of Subject"},
    FieldRow{"/campaigns/top/*/subject", text, "Subject of the first message", "it has none"},
    FieldRow{"/campaigns/top/*/messages", integer, "messages, at most"},
    FieldRow{"/campaigns/top/*/messages_at_least", integer, kLeast},
    FieldRow{"/campaigns/top/*/first", object, "the first message"},
    FieldRow{"/campaigns/top/*/first/path", text, "its path"},
    FieldRow{"/campaigns/top/*/first/index", integer, "which message of that path, from 1"},
    FieldRow{"/slowest", objects, "the questions that DNS took longest to answer"},
    FieldRow{"/slowest/*/name", text, "the name"},
    FieldRow{"/slowest/*/type", text, "the type of record"},
    FieldRow{"/slowest/*/longest_ms", integer, "the longest wait, in milliseconds"},
    FieldRow{"/repeated", object, "messages that came more than once, byte for byte"},
    FieldRow{"/repeated/exact", boolean, "false where there were too many to know each"},
    FieldRow{"/repeated/top", objects, "the most frequent ones first"},
    FieldRow{"/repeated/top/*/sha256", text, "SHA-256 of the message, hexadecimal"},
    FieldRow{"/repeated/top/*/copies", integer, "how often it came"},
    FieldRow{"/repeated/top/*/first",
             object,
             "where it came first",
             {},
             nullptr,
             "/campaigns/top/*/first"},
};

}  // namespace

std::span<const FieldRow> summary_rows() {
  return kRows;
}

}  // namespace emltrace::report::json
