
#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "message/field_text.hpp"
#include "trace/author/parts.hpp"
#include "trace/clock/date_shape.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxNames = 10;  // field names listed in one finding

struct OnceOnly {
  std::string_view name;
  bool shown;  // to the reader: two values can deceive
};

// RFC 5322 3.6, RFC 2045 3 and RFC 2183 allow each of these once.
constexpr std::array kOnce = {
    OnceOnly{"From", true},
    OnceOnly{"Sender", true},
    OnceOnly{"Reply-To", true},
    OnceOnly{"To", true},
    OnceOnly{"Cc", true},
    OnceOnly{"Bcc", false},
    OnceOnly{"Subject", true},
    OnceOnly{"Date", true},
    OnceOnly{"Message-ID", false},
    OnceOnly{"In-Reply-To", false},
    OnceOnly{"References", false},
    OnceOnly{"MIME-Version", false},
    OnceOnly{"Content-Type", true},
    OnceOnly{"Content-Transfer-Encoding", true},
    OnceOnly{"Content-ID", false},
    OnceOnly{"Content-Description", false},
    OnceOnly{"Content-Disposition", false},
};

constexpr std::array<std::string_view, 7> kAuthorFields = {"From",    "Sender", "To",        "Cc",
                                                           "Subject", "Date",   "Message-ID"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view one) { return text::iequals(name, one); });
}

bool is_8bit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

class FieldExaminer {
 public:
  FieldExaminer(const Message& message, const Headers& headers)
      : message_(message), headers_(headers) {}

  std::vector<Finding> run() {
    examine_missing();
    examine_date();
    examine_duplicates();
    examine_name_space();
    examine_8bit();
    for (const std::string_view name : {"From", "Sender", "Reply-To", "To", "Cc"})
      examine_addresses(name);
    examine_return_path();
    examine_from_line();
    return std::move(findings_);
  }

 private:
  Finding& add(const Field& field, Sentence sentence, Evidence evidence = {}) {
    findings_.push_back(field_finding(field, std::move(sentence), std::move(evidence)));
    return findings_.back();
  }

  void add(Sentence sentence, Evidence evidence = {}) {
    findings_.push_back(make_finding(std::move(sentence), std::move(evidence)));
  }

  // Trace lines pasted alone miss the author's fields because nobody copied them.
  [[nodiscard]] bool is_trace_alone() const {
    return message_.find("Received") != nullptr && text::trim(message_.body()).empty() &&
           std::none_of(message_.fields().begin(), message_.fields().end(),
                        [](const Field& field) { return is_one_of(field.name, kAuthorFields); });
  }

  void examine_missing() {
    if (is_trace_alone()) return;
    const bool addressed =
        std::any_of(headers_.from.begin(), headers_.from.end(),
                    [](const Mailbox& mailbox) { return !mailbox.address().empty(); });
    if (const Field* from = message_.find("From"); from == nullptr) {
      add(say<"from-missing/no-field">());
    } else if (!addressed) {
      add(*from, say<"from-missing/no-address">(), {{"written", shorten(unfold(from->body))}});
    }
    if (!headers_.message_id) add(say<"message-id-missing">());
    if (headers_.date) return;
    if (const Field* date = message_.find("Date")) {
      add(*date, say<"date-missing/unread">(), {{"written", shorten(headers_.date_raw)}});
    } else {
      add(say<"date-missing/no-field">());
    }
  }

  void examine_date() {
    const Field* field = message_.find("Date");
    if (field == nullptr || !headers_.date) return;
    for (Finding& finding :
         date_shape_findings(*headers_.date, shorten(headers_.date_raw), words<"subject-date">())) {
      finding.line = field->line;
      finding.offset = field->offset;
      findings_.push_back(std::move(finding));
    }
  }

  void examine_duplicates() {
    for (const OnceOnly& rule : kOnce) {
      const auto fields = message_.find_all(rule.name);
      if (fields.size() < 2) continue;
      const std::string first = unfold(fields[0]->body);
      const auto other = std::find_if(fields.begin() + 1, fields.end(), [&first](const Field* one) {
        return unfold(one->body) != first;
      });
      const bool equal = other == fields.end();
      Finding& finding = add(
          *fields[1],
          say<"duplicate-header">(with<"field">(rule.name), with<"count">(fields.size()),
                                  with<"kind">(equal ? words<"equal">() : words<"different">())),
          {{"first", shorten(first)}, {"other", shorten(equal ? first : unfold((*other)->body))}});
      if (rule.shown && !equal) finding.severity = Severity::medium;
    }
  }

  void examine_name_space() {
    for (const Field& field : message_.fields()) {
      if (!field.space_before_colon) continue;
      Finding& finding = add(field, say<"header-name-space">(with<"field">(shorten(field.name))),
                             {{"written", shorten(unfold(field.raw))}});
      const bool shown =
          is_one_of(field.name, kAuthorFields) || text::iequals(field.name, "Reply-To");
      if (!shown) finding.severity = Severity::low;
      return;
    }
  }

  static std::string not_utf8_text(bool converted) {
    return converted ? words<"read-by-charset">() : words<"not-utf8">();
  }

  void examine_8bit() {
    const Field* first = nullptr;
    std::vector<std::string> names;
    bool utf8 = true;
    bool converted = true;
    for (const Field& field : message_.fields()) {
      if (!is_8bit(field.body)) continue;
      if (first == nullptr) first = &field;
      const bool valid = text::is_utf8(field.body);
      utf8 = utf8 && valid;
      converted = converted && (valid || converted_text(message_, field.body));
      const std::string name(field.name.substr(0, kMaxName));
      if (names.size() < kMaxNames && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
    if (first == nullptr) return;
    Finding& finding =
        add(*first,
            say<"raw-8bit-header">(with<"what">(utf8 ? words<"utf8">() : not_utf8_text(converted)),
                                   with<"fields">(text::join(names, ", "))),
            {{"written", shorten(unfold(first->body))}});
    if (!utf8 && converted) finding.evidence.emplace_back("read_as", header_charset(message_));
  }

  void examine_addresses(std::string_view name) {
    for (const Field* field : message_.find_all(name)) {
      const AddressList list = parse_addresses(field_text(message_, field->body));
      const auto found =
          std::find_if(list.mailboxes.begin(), list.mailboxes.end(), [](const Mailbox& mailbox) {
            const auto domain = mailbox.domain_name();
            return !mailbox.address().empty() && !mailbox.domain.starts_with('[') &&
                   (domain ? domain->label_count() < 2
                           : mailbox.domain.find('.') == std::string::npos);
          });
      if (found == list.mailboxes.end()) continue;
      const std::string address = shorten(found->address());
      add(*field,
          found->domain.empty()
              ? say<"address-incomplete/no-domain">(with<"field">(name), with<"address">(address))
              : say<"address-incomplete/no-top-level">(with<"field">(name),
                                                       with<"address">(address)),
          {{"address", address}});
      return;
    }
  }

  // Gmail puts inner Received lines on top of it, Exchange writes it behind the author's fields:
  // the place tells something only where neither has been at work.
  void examine_return_path() {
    const auto paths = message_.find_all("Return-Path");
    if (paths.empty()) return;
    if (paths.size() > 1) {
      add(*paths[1], say<"return-path-misplaced/several">(with<"count">(paths.size())),
          {{"first", shorten(unfold(paths[0]->body))},
           {"second", shorten(unfold(paths[1]->body))}});
      return;
    }
    const std::size_t place = paths[0]->offset;
    bool received_below = false;
    bool received_above = false;
    bool author_above = false;
    for (const Field& field : message_.fields()) {
      if (text::istarts_with(field.name, "X-MS-Exchange-")) return;
      const bool above = field.offset < place;
      if (text::iequals(field.name, "Received")) (above ? received_above : received_below) = true;
      const bool authors = is_one_of(field.name, kAuthorFields) ||
                           text::iequals(field.name, "MIME-Version") ||
                           text::istarts_with(field.name, "Content-");
      if (above && authors) author_above = true;
    }
    if (author_above || (received_above && !received_below))
      add(*paths[0],
          say<"return-path-misplaced/below">(
              with<"what">(author_above ? words<"authors-fields">() : words<"all-received">())),
          {{"written", shorten(unfold(paths[0]->body))}});
  }

  // From SP addr-spec SP timestamp (RFC 4155 appendix A), or what is left of it
  void examine_from_line() {
    const std::vector<std::string_view> words = text::words(message_.from_line());
    if (words.size() < 2 || words[1].find('@') == std::string_view::npos) return;
    const std::string_view address = words[1];
    const bool dummy = text::istarts_with(address, "MAILER-DAEMON@") || address == "???@???";
    if (dummy) return;
    const auto path = headers_.return_path;
    const std::string other = path                    ? *path
                              : headers_.from.empty() ? std::string()
                                                      : headers_.from.front().address();
    if (other.empty() || text::iequals(other, parse_path(address).value_or(""))) return;
    Finding finding = make_finding(
        say<"from-line-differs">(
            with<"address">(shorten(address)),
            with<"field">(path ? std::string("Return-Path") : trace::words<"from-field">()),
            with<"other">(shorten(other))),
        {{"from_line", shorten(message_.from_line())}, {"other", shorten(other)}});
    finding.line = 1;
    finding.offset = message_.span_of(message_.from_line()).offset;
    findings_.push_back(std::move(finding));
  }

  static constexpr std::size_t kMaxName = 80;  // bytes of a field name listed

  const Message& message_;
  const Headers& headers_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> field_findings(const Message& message, const Headers& headers) {
  return FieldExaminer(message, headers).run();
}

}  // namespace emltrace::trace
