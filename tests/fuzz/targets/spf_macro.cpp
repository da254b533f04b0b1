#include "auth/spf/macro.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

// The input's own text serves as the sender, which is hostile too.
spf::MacroValues values(std::string_view input) {
  spf::MacroValues out;
  out.local_part = input.substr(0, 64);
  out.sender_domain = out.domain = "sender.example";
  out.sender = out.local_part + "@sender.example";
  out.helo = input.substr(input.size() / 2);
  out.validated = "unknown";
  out.receiver = "mx.example.org";
  out.set_client(*ip::Address::parse("2001:db8::cb01"));
  out.set_time(Instant{});
  return out;
}

void check(const spf::Parsed<spf::MacroString>& parsed, std::string_view input) {
  if (const auto* error = std::get_if<spf::SyntaxError>(&parsed)) {
    expect(error->at <= input.size() && !error->what.empty(), "a fault is named in its place");
    return;
  }
  const auto expanded = spf::expand(std::get<spf::MacroString>(parsed), values(input));
  if (!expanded) return;
  expect(expanded->size() <= spf::kMaxExpansion, "an expansion is bounded");
  if (const auto name = spf::target_name(*expanded)) {
    expect(name->text().size() <= 253, "a name is not above 253 octets");
    expect(DomainName::parse_octets(name->text()) == name, "a name is read back");
  }
}

void run(std::string_view input) {
  check(spf::parse_domain_spec(input), input);
  check(spf::parse_macro_string(input), input);
  check(spf::parse_explain_string(input), input);
}

// Each term of the records, what follows its ':' or '='.
Inputs seeds() {
  Inputs out;
  for (const std::string& record : text_records("v=spf1")) {
    std::size_t at = 0;
    while ((at = record.find_first_of(":=", at)) != std::string::npos) {
      ++at;
      out.push_back(record.substr(at, record.find(' ', at) - at));
    }
  }
  return out;
}

const Registration registration({"spf_macro", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
