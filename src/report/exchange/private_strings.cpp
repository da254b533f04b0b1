#include "report/exchange/private_strings.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "report/exchange/lenient_text.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMinCoded = 8;  // letters of base64 that could hold an address
constexpr int kMaxDepth = 2;          // codings inside codings
constexpr int kMaxStarts = 8;         // places in a run of letters where a coded text may begin
constexpr std::size_t kMaxThorough = 4'096;  // letters of a run in which all of them are tried
constexpr std::size_t kMaxTag = 64;          // of `local+tag`
constexpr std::size_t kMinWord = 3;          // letters of a local part that is looked for by itself

// Local parts that are words of everybody: by themselves they name nobody (RFC 2142 and custom).
constexpr auto kRoles = std::to_array<std::string_view>(
    {"abuse",     "account",    "admin",     "all",      "billing", "contact",    "desk",
     "example",   "feedback",   "hello",     "help",     "home",    "hostmaster", "info",
     "inquiries", "jobs",       "kontakt",   "list",     "mail",    "marketing",  "member",
     "news",      "newsletter", "noc",       "no-reply", "noreply", "office",     "orders",
     "post",      "postmaster", "recipient", "report",   "reports", "root",       "sales",
     "security",  "service",    "shop",      "support",  "team",    "test",       "user",
     "web",       "webmaster",  "you",       "your"});

bool is_role(std::string_view local) {
  return std::ranges::any_of(kRoles,
                             [&](std::string_view role) { return text::iequals(role, local); });
}

bool is_coded(char c) {
  return text::is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

// A word that a person reads: between blanks and marks of sentences.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kBefore = " \t\r\n\"'([{,;:";
  constexpr std::string_view kAfter = " \t\r\n\"')]},;:!?";
  const bool before = begin == 0 || kBefore.find(text[begin - 1]) != std::string_view::npos;
  if (!before) return false;
  if (end >= text.size() || kAfter.find(text[end]) != std::string_view::npos) return true;
  return text[end] == '.' && (end + 1 == text.size() || text::is_space(text[end + 1]));
}

// `?user=mia&…`: the value of a parameter in a link.
bool is_parameter(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kAfter = "&#\"'<> \t\r\n)";
  if (begin < 2 || text[begin - 1] != '=') return false;
  if (end < text.size() && kAfter.find(text[end]) == std::string_view::npos) return false;
  std::size_t at = begin - 1;
  while (at > 0 && (text::is_alnum(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-'))
    --at;
  return at > 0 && (text[at - 1] == '?' || text[at - 1] == '&' || text[at - 1] == ';');
}

using Run = PrivateStrings::Run;

std::optional<Run> next_run(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    if (!is_coded(text[from])) {
      ++from;
      continue;
    }
    std::size_t end = from;
    while (end < text.size() && is_coded(text[end])) ++end;
    if (end - from >= kMinCoded) return Run{from, end};
    from = end;
  }
  return std::nullopt;
}

std::string from_hex(std::string_view digits) {
  std::string out;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
    out += text::hex_octet(digits, at).value_or('\0');
  return out;
}

}  // namespace

void PrivateStrings::note_first(std::string_view text) {
  if (text.empty()) return;
  // The other case of a letter beyond US-ASCII may begin with another byte.
  if (static_cast<unsigned char>(text.front()) >= 0x80)
    std::fill(first_.begin() + 0x80, first_.end(), true);
  const char lower = text::lower(text.front());
  const char upper = lower >= 'a' && lower <= 'z' ? static_cast<char>(lower - 'a' + 'A') : lower;
  for (const char letter : {lower, upper, '%', '=', '&', '\\'})
    first_[static_cast<unsigned char>(letter)] = true;
}

void PrivateStrings::add(PrivateAddress address) {
  if (address.local.empty() || address.domain.empty()) return;
  note_first(address.local);
  note_first(address.domain);
  addresses_.push_back(std::move(address));
  std::ranges::stable_sort(addresses_, [](const PrivateAddress& a, const PrivateAddress& b) {
    return a.local.size() > b.local.size();
  });
}

void PrivateStrings::add_name(std::string_view name) {
  if (text::words(name).size() < 2 || name.find('@') != std::string_view::npos) return;
  note_first(name);
  names_.emplace_back(name);
  std::ranges::stable_sort(
      names_, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::optional<PrivateStrings::Match> PrivateStrings::match_at(std::string_view text, std::size_t at,
                                                              Forms forms) const {
  if (!starts_word(text, at)) return std::nullopt;
  for (const PrivateAddress& address : addresses_) {
    if (const auto end = match_text(text, at, address.local)) {
      std::size_t tail = *end;
      if (tail < text.size() && text[tail] == '+') {
        const std::size_t most = std::min(text.size(), tail + kMaxTag);
        while (tail < most && text[tail] != '@' && !text::is_space(text[tail])) ++tail;
      }
      // A tag, a closing quote, or none of them.
      for (const std::size_t from :
           {*end, tail, *end + (text.substr(*end).starts_with('"') ? 1 : 0)}) {
        const auto sign = match_at_sign(text, from);
        const auto whole = sign ? match_text(text, *sign, address.domain) : std::nullopt;
        if (whole && ends_word(text, *whole))
          return Match{at, from == tail ? tail : *end, address.token, *whole};
      }
      const bool alone = forms == Forms::words && address.local.size() >= kMinWord &&
                         !is_role(address.local) &&
                         (stands_alone(text, at, *end) || is_parameter(text, at, *end));
      if (alone) return Match{at, *end, address.token, *end};
    }
    // SRS0=HHHH=TT=domain=local@forwarder
    const auto domain = match_text(text, at, address.domain);
    const auto sign = domain ? match_text(text, *domain, "=") : std::nullopt;
    const auto local = sign ? match_text(text, *sign, address.local) : std::nullopt;
    if (local && match_at_sign(text, *local)) return Match{*sign, *local, address.token, *local};
  }
  for (const std::string& name : names_) {
    const auto end = match_text(text, at, name);
    if (end && ends_word(text, *end)) return Match{at, *end, kRedacted, *end};
  }
  return std::nullopt;
}

std::string PrivateStrings::replaced_plain(std::string_view text, Forms forms) const {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto match =
        first_[static_cast<unsigned char>(text[at])] ? match_at(text, at, forms) : std::nullopt;
    if (!match) {
      ++at;
      continue;
    }
    out += text.substr(copied, match->begin - copied);
    out += match->by;
    copied = match->end;
    at = match->next;
  }
  out += text.substr(copied);
  return out;
}

bool PrivateStrings::holds(std::string_view decoded, int depth) const {
  for (std::size_t at = 0; at < decoded.size(); ++at) {
    if (first_[static_cast<unsigned char>(decoded[at])] && match_at(decoded, at, Forms::address))
      return true;
  }
  if (depth == 0) return false;
  for (auto run = next_run(decoded, 0); run; run = next_run(decoded, run->end)) {
    if (coded_in(decoded, *run, depth)) return true;
  }
  return false;
}

bool PrivateStrings::piece_holds(std::string_view piece, int depth) const {
  // The coded text may have something glued to its front.
  for (std::size_t shift = 0; shift < 4 && shift + kMinCoded <= piece.size(); ++shift) {
    std::string_view part = piece.substr(shift);
    if (part.size() % 4 == 1) part.remove_suffix(1);
    const auto decoded = base64_decode_either(part);
    if (decoded && holds(*decoded, depth - 1)) return true;
  }
  const bool hex =
      std::ranges::all_of(piece, [](char c) { return text::hex_digit(c).has_value(); });
  return hex && (holds(from_hex(piece), depth - 1) || holds(from_hex(piece.substr(1)), depth - 1));
}

// Links part their words by signs that are letters of base64 too, so that the host's name and the
// folders of a path may stand in one run with what is coded. In a long one, and inside of a coding,
// the whole and its words are looked at alone: time is linear whoever wrote it.
std::optional<Run> PrivateStrings::coded_in(std::string_view text, Run run, int depth) const {
  constexpr std::string_view kSigns = "/-_";
  const std::string_view whole = text.substr(run.begin, run.end - run.begin);
  const bool thorough = depth == kMaxDepth && whole.size() <= kMaxThorough;
  const auto found_at = [&](std::size_t begin, std::size_t end) {
    return end - begin >= kMinCoded && piece_holds(whole.substr(begin, end - begin), depth)
               ? std::optional(Run{run.begin + begin, run.begin + end})
               : std::nullopt;
  };
  const auto among_words = [&](std::string_view signs) -> std::optional<Run> {
    for (std::size_t begin = 0; begin <= whole.size();) {
      const std::size_t end = std::min(whole.find_first_of(signs, begin), whole.size());
      if (const auto found = found_at(begin, end)) return found;
      begin = end + 1;
    }
    return std::nullopt;
  };
  if (whole.find_first_of(kSigns) == whole.npos) return found_at(0, whole.size());
  if (const auto found = among_words(kSigns)) return found;
  if (const auto found = thorough ? among_words("/") : std::nullopt) return found;
  std::size_t begin = 0;
  for (int left = thorough ? kMaxStarts : 1; left > 0 && begin != whole.npos; --left) {
    if (const auto found = found_at(begin, whole.size())) return found;
    const std::size_t sign = whole.find_first_of(kSigns, begin);
    begin = sign == whole.npos ? sign : sign + 1;
  }
  return std::nullopt;
}

bool PrivateStrings::found_in(std::string_view text) const {
  return holds(text, kMaxDepth);
}

std::string PrivateStrings::replaced(std::string_view text, Forms forms) const {
  const std::string plain = replaced_plain(text, forms);
  std::string out;
  std::size_t copied = 0;
  for (auto run = next_run(plain, 0); run;) {
    const auto part = coded_in(plain, *run, kMaxDepth);
    if (part) {
      out += plain.substr(copied, part->begin - copied);
      out += kRedacted;
      copied = part->end;
    }
    run = next_run(plain, part ? part->end : run->end);
  }
  out += plain.substr(copied);
  return out;
}

}  // namespace emltrace::report
