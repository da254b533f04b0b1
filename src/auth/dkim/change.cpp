#include "auth/dkim/change.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

// What is longer says more than such a text does.
constexpr std::size_t kLongestBanner = 800;
constexpr std::size_t kLongestFooter = 3'000;
constexpr std::size_t kLongestText = 20'000;  // with its markup

constexpr auto kBanners = std::to_array<std::string_view>({
    "originated from outside",
    "originated outside",
    "came from outside",
    "comes from outside",
    "sent from outside",
    "from outside of",
    "from outside your",
    "from outside the",
    "outside your organization",
    "outside of your organization",
    "outside the organization",
    "outside of the organization",
    "outside our organization",
    "external email",
    "external e-mail",
    "external message",
    "external sender",
    "external mail",
    "from an external",
    "you don't often get email from",
    "you don\xE2\x80\x99t often get email from",
    "some people who received this message don't often get email from",
    "do not click links or open attachments",
    "do not click on links or open attachments",
    "sender could not be verified",
    "unverified sender",
    "this message is from an unknown sender",
    "be careful with this message",
    "suspected spam",
    "report suspicious",
    "externe e-mail",
    "externer absender",
    "von au\xC3\x9F"
    "erhalb",
    "exp\xC3\xA9"
    "diteur externe",
    "externe \xC3\xA0 l'organisation",
    "remitente externo",
    "correo externo",
});

constexpr auto kFooters = std::to_array<std::string_view>({
    "mailing list",
    "mailinglist",
    "listinfo",
    "unsubscribe",
    "you received this message because you are subscribed",
    "you are receiving this message because",
    "you are receiving this because",
    "manage your subscription",
    "change your settings",
    "listserv",
    "groups.io",
    "google groups",
    "list archives",
    "abmelden",
    "se d\xC3\xA9sinscrire",
    "checked for viruses",
    "scanned for viruses",
    "scanned by",
    "been scanned",
    "virus-free",
    "no virus found",
    "virus checked by",
    "checked by avg",
    "auf viren",
    "mimecast",
    "proofpoint",
    "mailscanner",
    "intended recipient",
    "intended solely for",
    "intended only for",
    "confidentiality notice",
    "legally privileged",
    "may be privileged",
    "email disclaimer",
});

constexpr auto kTags = std::to_array<std::string_view>({
    "external",
    "ext",
    "extern",
    "externe",
    "external email",
    "external mail",
    "external sender",
    "outside",
    "spam",
    "suspected spam",
    "possible spam",
    "probable spam",
    "marked as spam",
    "junk",
    "junk mail",
    "bulk",
    "caution",
    "warning",
    "suspicious",
    "phishing",
    "phishing suspected",
    "unverified",
    "unverified sender",
    "disarmed",
    "virus",
    "spoof",
    "newsletter",
    "marketing",
    "encrypted",
    "signed",
});

// Markup taken off, white space made single, letters in lower case: what a reader sees of it.
std::string visible(std::string_view text) {
  std::string out;
  bool in_tag = false;
  bool space = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (in_tag || text::is_space(c)) {
      space = true;
    } else {
      if (space && !out.empty()) out += ' ';
      space = false;
      out += text::lower(c);
    }
    if (c == '>') in_tag = false;
  }
  return out;
}

template <std::size_t N>
bool holds_phrase(std::string_view text, std::size_t longest,
                  const std::array<std::string_view, N>& phrases) {
  if (text.size() > kLongestText) return false;
  const std::string seen = visible(text);
  if (seen.size() > longest) return false;
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    return seen.find(phrase) != std::string::npos;
  });
}

}  // namespace

std::string_view to_string(Change change) {
  static constexpr std::array<std::string_view, 14> kWords{"footer",
                                                           "tag",
                                                           "banner",
                                                           "text-added",
                                                           "field-added",
                                                           "field-rewritten",
                                                           "author-rewritten",
                                                           "links-rewritten",
                                                           "transfer-encoding",
                                                           "header-form",
                                                           "fold",
                                                           "white-space",
                                                           "transport",
                                                           "line-ends"};
  return kWords[static_cast<std::size_t>(change)];
}

bool is_known_footer(std::string_view text) {
  return holds_phrase(text, kLongestFooter, kFooters);
}

bool is_known_banner(std::string_view text) {
  return holds_phrase(text, kLongestBanner, kBanners);
}

bool is_known_tag(std::string_view tag) {
  constexpr std::string_view kMarks = "[](){}<>*#:;!?-_ \t";
  const std::size_t first = tag.find_first_not_of(kMarks);
  if (first == std::string_view::npos) return false;
  const std::string word = text::lower(tag.substr(first, tag.find_last_not_of(kMarks) + 1 - first));
  return std::find(kTags.begin(), kTags.end(), word) != kTags.end();
}

}  // namespace emltrace::dkim
