#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/lettering.hpp"
#include "trace/author/mixed_script.hpp"
#include "trace/author/parts.hpp"
#include "trace/author/sign_findings.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxFields = 20;

constexpr std::array<std::string_view, 8> kEastAsianCharsets = {
    "=?iso-2022", "=?shift", "=?gb", "=?big5", "=?euc-", "=?ks_c", "=?hz-gb", "=?cp9"};
constexpr std::array<std::string_view, 6> kEastAsianDomains = {".jp", ".cn", ".tw",
                                                               ".hk", ".kr", ".mo"};

bool has_east_asian(std::string_view text) {
  return std::ranges::any_of(unicode::decode(text), unicode::is_east_asian);
}

class LetteringExaminer {
 public:
  explicit LetteringExaminer(const Examined& mail)
      : mail_(mail), east_asian_(is_east_asian_mail()) {}

  std::vector<Finding> run() {
    for (const std::string_view name : {"From", "Sender", "Reply-To"}) {
      for (const Field* field : mail_.message.find_all(name)) {
        if (fields_++ >= kMaxFields) return std::move(findings_);
        const AddressList list = parse_addresses(field->body);
        for (std::size_t i = 0; i < list.mailboxes.size() && i < kMaxFields; ++i)
          examine(*field, list.mailboxes[i].display, words<"display-name-in">(with<"field">(name)));
      }
    }
    if (const Field* subject = mail_.message.find("Subject"))
      examine(*subject, mail_.headers.subject.value_or(""), words<"subject-subject">());
    return std::move(findings_);
  }

 private:
  // Full-width Latin is ordinary where a writer of Chinese, Japanese or Korean is at work.
  [[nodiscard]] bool is_east_asian_mail() const {
    const Headers& headers = mail_.headers;
    const auto foreign_name = [](const Mailbox& mailbox) {
      const std::string domain = text::lower(mailbox.domain);
      return has_east_asian(mailbox.display) ||
             std::ranges::any_of(kEastAsianDomains,
                                 [&](std::string_view top) { return domain.ends_with(top); });
    };
    const auto in_charset = [&](std::string_view name) {
      const Field* field = mail_.message.find(name);
      return field != nullptr &&
             std::ranges::any_of(kEastAsianCharsets, [&](std::string_view start) {
               return text::ifind(field->body, start) != std::string_view::npos;
             });
    };
    return has_east_asian(headers.subject.value_or("")) || in_charset("From") ||
           in_charset("Subject") || std::ranges::any_of(headers.from, foreign_name) ||
           std::ranges::any_of(headers.to, foreign_name);
  }

  void examine(const Field& field, std::string_view text, const std::string& place) {
    if (const auto styled = find_styled_word(text, east_asian_)) {
      Finding finding = field_finding(
          field, say<"styled-letters">(with<"field">(place), with<"plain">(styled->plain)),
          {{"written", shorten(styled->written)}, {"reads", shorten(styled->plain)}});
      // Advertisers and people on social networks do it under their own names.
      if (mail_.auth.has_aligned_pass()) finding.severity = Severity::low;
      findings_.push_back(std::move(finding));
    }
    if (const auto mixed = find_mixed_word(text)) {
      Finding finding =
          field_finding(field,
                        say<"mixed-scripts">(with<"field">(place), with<"word">(mixed->word),
                                             with<"scripts">(mixed->scripts)),
                        {{"word", shorten(mixed->word)}, {"scripts", mixed->scripts}});
      if (mixed->slip) finding.severity = Severity::low;
      findings_.push_back(std::move(finding));
    }
  }

  const Examined& mail_;
  bool east_asian_;
  std::vector<Finding> findings_;
  std::size_t fields_ = 0;
};

}  // namespace

std::vector<Finding> lettering_findings(const Examined& mail) {
  return LetteringExaminer(mail).run();
}

}  // namespace emltrace::trace
