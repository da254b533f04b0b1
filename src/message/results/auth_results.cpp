#include "message/results/auth_results.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "message/message.hpp"
#include "message/results/cursor.hpp"

namespace emltrace {
namespace {

// Methods that begin anew even where a producer forgot the ';' before them.
constexpr std::array<std::string_view, 16> kMethods{
    "arc",        "auth",  "bimi", "compauth",  "dkim",  "dkim-adsp", "dkim-atps", "dmarc",
    "domainkeys", "dnswl", "rrvs", "sender-id", "smime", "spf",       "vbr",       "iprev"};

// Keys of Received-SPF that some producers (Amazon SES) put behind `spf=…`, each after a ';'.
constexpr std::array<std::string_view, 7> kSpfKeys{
    "client-ip", "envelope-from", "helo", "receiver", "identity", "mechanism", "problem"};

// Property types after which an empty value is told from a value behind white space.
constexpr std::array<std::string_view, 5> kPropertyTypes{"smtp", "header", "body", "policy", "dns"};

// The grammar has one dot in a property's name. The bound keeps `a . b . c …` linear.
constexpr int kMaxNameDots = 3;

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS]
// no-result       = [CFWS] ";" [CFWS] "none"
// resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
// methodspec      = [CFWS] method [CFWS] "=" [CFWS] result
// method          = Keyword [ [CFWS] "/" [CFWS] method-version ]
// reasonspec      = "reason" [CFWS] "=" [CFWS] value
// propspec        = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
// pvalue          = [CFWS] ( ( value / [ [ local-part ] "@" ] domain-name ) [CFWS] )
// arc-info        = instance [CFWS] ";" authres-payload            (RFC 8617 4.1.1)
class ResultsReader {
 public:
  explicit ResultsReader(std::string_view unfolded) : cursor_(unfolded) {}

  AuthResults read() {
    read_head();
    while (!cursor_.done()) {
      comments_.clear();
      if (!cursor_.take(';')) read_part();
    }
    if (!unread_.empty()) results_.unread = std::move(unread_);
    return std::move(results_);
  }

 private:
  // The name of `name =`, lower case, with the cursor behind the '='; empty, and nothing consumed,
  // where no such thing stands here.
  std::string take_name() {
    name_comments_.clear();
    const std::size_t start = cursor_.position();
    std::string name = text::lower(cursor_.keyword());
    if (!name.empty()) {
      cursor_.skip_cfws(name_comments_);
      for (int dots = 0; dots < kMaxNameDots && cursor_.take('.'); ++dots) {
        cursor_.skip_cfws(name_comments_);
        name += '.';
        name += text::lower(cursor_.keyword());
        cursor_.skip_cfws(name_comments_);
      }
      if (cursor_.take('/')) {
        cursor_.skip_cfws(name_comments_);
        static_cast<void>(cursor_.keyword());
        cursor_.skip_cfws(name_comments_);
      }
      if (cursor_.take('=')) return name;
    }
    cursor_.rewind(start);
    return {};
  }

  // True at `smtp.mailfrom=`: behind "= " it is the next property, not a value.
  bool at_property() {
    const std::size_t start = cursor_.position();
    const std::string name = take_name();
    cursor_.rewind(start);
    return contains(kPropertyTypes, std::string_view(name).substr(0, name.find('.'))) &&
           name.find('.') != std::string::npos;
  }

  std::string take_value() {
    const std::size_t start = cursor_.position();
    cursor_.skip_cfws(comments_);
    if (cursor_.position() != start && at_property()) return {};
    return cursor_.value();
  }

  // Comments before a method and inside its words are the method's, as those behind it are.
  void give_comments() {
    std::vector<std::string>& all = results_.methods.back().comments;
    for (std::string& comment : comments_) {
      if (all.size() < kMaxComments) all.push_back(std::move(comment));
    }
    comments_.clear();
  }

  void read_head() {
    cursor_.skip_cfws();
    const std::size_t start = cursor_.position();
    if (take_name() == "i") {
      cursor_.skip_cfws();
      const std::string written = cursor_.value();
      const auto instance = text::parse_unsigned(written);
      if (instance && *instance <= 1'000'000) {
        results_.instance = static_cast<int>(*instance);
      } else {
        append_unread(unread_, "i=" + written);
      }
      cursor_.skip_cfws();
      cursor_.take(';');
      cursor_.skip_cfws();
    } else {
      cursor_.rewind(start);
    }
    read_authserv_id();
  }

  void read_authserv_id() {
    const std::size_t start = cursor_.position();
    if (!take_name().empty()) {
      cursor_.rewind(start);
      return;
    }
    std::string id = cursor_.value();
    cursor_.skip_cfws();
    if (text::iequals(id, "none") && cursor_.done()) {
      results_.none = true;
      return;
    }
    if (!id.empty()) results_.authserv_id = std::move(id);
    const std::size_t version_at = cursor_.position();
    const std::string version = cursor_.value();
    const auto number = text::parse_unsigned(version);
    if (!number) {
      cursor_.rewind(version_at);
    } else if (*number != 1) {
      results_.known_version = false;
      append_unread(unread_, "version " + version);
    }
  }

  // One resinfo, up to the ';' behind it.
  void read_part() {
    in_method_ = false;
    bool first = true;
    for (;; first = false) {
      cursor_.skip_cfws(comments_);
      if (in_method_) give_comments();
      if (cursor_.done() || cursor_.peek() == ';') return;
      if (std::string name = take_name(); !name.empty()) {
        for (std::string& comment : name_comments_) {
          if (comments_.size() < kMaxComments) comments_.push_back(std::move(comment));
        }
        std::string value = take_value();
        assign(std::move(name), std::move(value));
        if (in_method_) give_comments();
        continue;
      }
      const std::size_t start = cursor_.position();
      const std::string word = cursor_.value();
      if (cursor_.position() == start) return;
      if (first && text::iequals(word, "none") && results_.methods.empty()) {
        results_.none = true;
      } else {
        append_unread(unread_, word);
      }
    }
  }

  void assign(std::string name, std::string value) {
    if (name.find('.') != std::string::npos) {
      add_property(std::move(name), std::move(value));
    } else if (in_method_ && name == "reason" && !results_.methods.back().reason) {
      results_.methods.back().reason = std::move(value);
    } else if (in_method_ && !contains(kMethods, name)) {
      add_property(std::move(name), std::move(value));
    } else if (!in_method_ && contains(kSpfKeys, name) && !results_.methods.empty()) {
      add_property(std::move(name), std::move(value));
    } else if (!in_method_ && name == "from" && before_.size() < kMaxRecordedProperties) {
      before_.emplace_back(std::move(name), std::move(value));
    } else {
      add_method(std::move(name), value);
    }
  }

  void add_method(std::string name, const std::string& result) {
    if (result.empty() || results_.methods.size() >= kMaxRecordedMethods) {
      append_unread(unread_, name + "=" + result);
      return;
    }
    RecordedMethod& method = results_.methods.emplace_back();
    method.method = std::move(name);
    method.result = text::lower(result);
    // Yahoo's older fields name the author's domain before the method: `from=a.com; dkim=pass`.
    method.properties = std::exchange(before_, {});
    in_method_ = true;
  }

  void add_property(std::string name, std::string value) {
    if (results_.methods.empty() ||
        results_.methods.back().properties.size() >= kMaxRecordedProperties) {
      append_unread(unread_, name + "=" + value);
      return;
    }
    results_.methods.back().properties.emplace_back(std::move(name), std::move(value));
  }

  ResultsCursor cursor_;
  AuthResults results_;
  std::string unread_;
  std::vector<std::string> comments_;       // not given to a method yet
  std::vector<std::string> name_comments_;  // inside the name read last
  std::vector<std::pair<std::string, std::string>> before_;
  bool in_method_ = false;
};

}  // namespace

std::optional<std::string_view> RecordedMethod::property(std::string_view name) const {
  for (const auto& [key, value] : properties) {
    if (text::iequals(key, name)) return value;
  }
  return std::nullopt;
}

AuthResults parse_auth_results(std::string_view body) {
  const std::string text = unfold(body);
  return ResultsReader(text).read();
}

}  // namespace emltrace
