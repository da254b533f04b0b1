#include "auth/dmarc/record.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace emltrace::dmarc {
namespace {

constexpr std::array<std::string_view, 3> kPolicies{"none", "quarantine", "reject"};
// A record is as long as its sender likes: what is told of its faults is bounded.
constexpr std::size_t kMaxWarnings = 16;
constexpr std::size_t kMaxReportAddresses = 64;
constexpr std::size_t kMaxQuotedBytes = 80;

// WSP of RFC 5234: no line ends in DNS.
std::string_view trim_wsp(std::string_view s) {
  const auto first = s.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t") - first + 1);
}

std::string quoted(std::string_view s) {
  return "'" + std::string(s.substr(0, kMaxQuotedBytes)) + "'";
}

std::optional<Policy> read_policy(std::string_view value) {
  for (std::size_t i = 0; i < kPolicies.size(); ++i) {
    if (text::iequals(value, kPolicies[i])) return static_cast<Policy>(i);
  }
  return std::nullopt;
}

// URI (RFC 3986): a scheme, a colon, and something; a mailto: needs an address. Commas and
// exclamation marks of the address itself must be percent-encoded, so that they cannot stand here.
bool is_report_uri(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0 || !text::is_alpha(uri[0])) return false;
  const std::string_view scheme = uri.substr(0, colon);
  const std::string_view rest = uri.substr(colon + 1);
  const auto in_scheme = [](char c) {
    return text::is_alnum(c) || c == '+' || c == '-' || c == '.';
  };
  const auto in_uri = [](char c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"';
  };
  if (!std::all_of(scheme.begin(), scheme.end(), in_scheme)) return false;
  if (rest.empty() || !std::all_of(rest.begin(), rest.end(), in_uri)) return false;
  if (!text::iequals(scheme, "mailto")) return true;
  const auto at = rest.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < rest.size();
}

// dmarc-record  = dmarc-version *(dmarc-sep dmarc-tag) [dmarc-sep] *WSP
// dmarc-version = "v" equals %s"DMARC1"
// dmarc-tag     = 1*ALPHA equals 1*dmarc-value
// dmarc-value   = %x20-3A / %x3C-7E
// equals        = *WSP "=" *WSP
// dmarc-sep     = *WSP ";" *WSP
// A string without %s is of any case (RFC 5234 2.3): the names of tags are, the version is not.
class RecordReader {
 public:
  RecordReader(std::string_view text, Mode mode) : mode_(mode) { record_.text = std::string(text); }

  PolicyRecord read(std::string_view after_version) {
    std::vector<std::string_view> parts = text::split(after_version, ';');
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string_view part = trim_wsp(parts[i]);
      if (!part.empty()) {
        read_tag(part);
      } else if (i + 1 < parts.size()) {
        warn("empty tag");
      }
    }
    judge_policy();
    return std::move(record_);
  }

 private:
  struct Row {
    std::string_view name;
    void (RecordReader::*read)(std::string_view name, std::string_view value);
  };
  static const std::array<Row, 14> kTags;

  void warn(std::string warning) {
    if (record_.warnings.size() < kMaxWarnings) record_.warnings.push_back(std::move(warning));
  }
  void warn_value(std::string_view name, std::string_view value) {
    warn("invalid value " + quoted(value) + " of tag " + std::string(name));
  }

  void read_tag(std::string_view part) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) {
      warn("no '=' in " + quoted(part));
      return;
    }
    const std::string_view written = trim_wsp(part.substr(0, equals));
    const std::string_view value = trim_wsp(part.substr(equals + 1));
    const auto row = std::find_if(kTags.begin(), kTags.end(),
                                  [&](const Row& r) { return text::iequals(r.name, written); });
    if (row == kTags.end()) {
      warn("unknown tag " + quoted(written));
      return;
    }
    // The first of several is taken, whatever its value: RFC 6376 3.2 allows no second one.
    bool& seen = seen_[static_cast<std::size_t>(row - kTags.begin())];
    if (seen) {
      warn("duplicate tag " + std::string(row->name));
      return;
    }
    seen = true;
    (this->*row->read)(row->name, value);
  }

  void read_version(std::string_view, std::string_view) { warn("duplicate tag v"); }

  void read_policy_tag(std::string_view name, std::string_view value) {
    if (name == "np" && mode_ == Mode::rfc7489) return read_newer(name, value);
    const auto policy = read_policy(value);
    if (!policy) {
      warn_value(name, value);
      if (!policy_fault_) policy_fault_ = std::string(name);
      return;
    }
    (name == "p" ? record_.p : name == "sp" ? record_.sp : record_.np) = policy;
  }

  void read_alignment(std::string_view name, std::string_view value) {
    if (!text::iequals(value, "r") && !text::iequals(value, "s")) return warn_value(name, value);
    (name == "adkim" ? record_.strict_dkim : record_.strict_spf) = text::iequals(value, "s");
  }

  void read_psd(std::string_view name, std::string_view value) {
    if (mode_ == Mode::rfc7489) return read_newer(name, value);
    if (text::iequals(value, "y")) {
      record_.psd = PublicSuffix::yes;
    } else if (text::iequals(value, "n")) {
      record_.psd = PublicSuffix::no;
    } else if (!text::iequals(value, "u")) {
      warn_value(name, value);
    }
  }

  void read_testing(std::string_view name, std::string_view value) {
    if (mode_ == Mode::rfc7489) return read_newer(name, value);
    if (!text::iequals(value, "y") && !text::iequals(value, "n")) return warn_value(name, value);
    record_.testing = text::iequals(value, "y");
  }

  void read_percent(std::string_view name, std::string_view value) {
    if (mode_ == Mode::rfc9989) return read_removed(name, value);
    const auto percent = text::parse_unsigned(value);
    if (!percent || *percent > 100) return warn_value(name, value);
    record_.percent = static_cast<unsigned>(*percent);
  }

  // rf and ri steer reports only: in RFC 7489 there is nothing to judge by them.
  void read_removed(std::string_view name, std::string_view) {
    if (mode_ == Mode::rfc9989) warn("tag " + std::string(name) + " was removed by RFC 9989");
  }
  void read_newer(std::string_view name, std::string_view) {
    warn("tag " + std::string(name) + " is unknown to RFC 7489");
  }

  // dmarc-fo = "0" / "1" / "d" / "s", several with ':' between them.
  void read_failure_options(std::string_view name, std::string_view value) {
    for (const std::string_view option : text::split(value, ':')) {
      const std::string_view word = trim_wsp(option);
      if (word != "0" && word != "1" && !text::iequals(word, "d") && !text::iequals(word, "s")) {
        return warn_value(name, value);
      }
    }
  }

  // dmarc-urilist = dmarc-uri *(*WSP "," *WSP dmarc-uri)
  void read_addresses(std::string_view name, std::string_view value) {
    auto& list = name == "rua" ? record_.aggregate_reports : record_.failure_reports;
    for (const std::string_view part : text::split(value, ',')) {
      const std::string_view uri = trim_wsp(part);
      if (!is_report_uri(uri)) {
        warn("invalid URI " + quoted(uri) + " in tag " + std::string(name));
      } else if (list.size() < kMaxReportAddresses) {
        list.emplace_back(uri);
      }
    }
  }

  // RFC 9989 4.10.1 and RFC 7489 6.6.3 step 6: with a way to report, an unreadable policy is
  // `none`; without one the record is of no use.
  void judge_policy() {
    if (!record_.p && !policy_fault_ && mode_ == Mode::rfc9989) {
      warn("tag p is missing: taken as none");
      record_.p = Policy::none;
    }
    if (record_.p && !policy_fault_) return;
    const std::string fault =
        policy_fault_ ? "tag " + *policy_fault_ + " is not valid" : "tag p is missing";
    if (record_.aggregate_reports.empty()) {
      record_.problem = fault + " and no valid rua stands in the record";
      return;
    }
    warn(fault + ": the record counts as p=none");
    record_.p = Policy::none;
    record_.sp.reset();
    record_.np.reset();
  }

  Mode mode_;
  PolicyRecord record_;
  std::optional<std::string> policy_fault_;
  std::array<bool, 14> seen_{};
};

const std::array<RecordReader::Row, 14> RecordReader::kTags{{
    {"v", &RecordReader::read_version},
    {"p", &RecordReader::read_policy_tag},
    {"sp", &RecordReader::read_policy_tag},
    {"np", &RecordReader::read_policy_tag},
    {"adkim", &RecordReader::read_alignment},
    {"aspf", &RecordReader::read_alignment},
    {"psd", &RecordReader::read_psd},
    {"t", &RecordReader::read_testing},
    {"pct", &RecordReader::read_percent},
    {"rf", &RecordReader::read_removed},
    {"ri", &RecordReader::read_removed},
    {"fo", &RecordReader::read_failure_options},
    {"rua", &RecordReader::read_addresses},
    {"ruf", &RecordReader::read_addresses},
}};

struct FirstTag {
  std::string_view name;
  std::string_view value;
  std::string_view rest;  // behind the ';'
};

std::optional<FirstTag> first_tag(std::string_view text) {
  const auto end = std::min(text.find(';'), text.size());
  const std::string_view tag = text.substr(0, end);
  const auto equals = tag.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  std::string_view name = tag.substr(0, equals);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  return FirstTag{name, trim_wsp(tag.substr(equals + 1)),
                  end < text.size() ? text.substr(end + 1) : std::string_view{}};
}

}  // namespace

std::string_view to_string(Policy policy) {
  return kPolicies[static_cast<std::size_t>(policy)];
}

Policy one_level_lower(Policy policy) {
  return policy == Policy::reject ? Policy::quarantine : Policy::none;
}

std::optional<PolicyRecord> parse_record(std::string_view text, Mode mode) {
  const auto first = first_tag(text);
  if (!first || !text::iequals(first->name, "v") || first->value != "DMARC1") return std::nullopt;
  return RecordReader(text, mode).read(first->rest);
}

bool resembles_record(std::string_view text) {
  return text::ifind(text.substr(0, kMaxQuotedBytes), "dmarc1") != std::string_view::npos;
}

}  // namespace emltrace::dmarc
