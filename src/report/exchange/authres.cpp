#include "report/exchange/authres.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "report/escape.hpp"

namespace emltrace::report {
namespace {

// authres-header-field = "Authentication-Results:" authres-payload                 (RFC 8601 2.2)
// authres-payload = [CFWS] authserv-id [ CFWS authres-version ]
//                   ( no-result / 1*resinfo ) [CFWS] CRLF
// resinfo  = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
// propspec = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
constexpr std::size_t kMaxLine = 77;
// A line may not pass 998 octets (RFC 5322 2.1.1): no single value is written that would.
constexpr std::size_t kMaxValue = 900;
constexpr std::size_t kMinB = 8;
constexpr std::size_t kMaxRecordedFields = 5;

/// One resinfo: words that a fold may part.
struct ResInfo {
  std::vector<std::string> words;

  ResInfo(std::string_view method, std::string_view result) {
    words.push_back(fmt::format("{}={}", method, result));
  }
  ResInfo(std::string_view method, auth::Result result)
      : ResInfo(method, auth::to_string(result)) {}
  /// Why it is no pass, where that is known.
  ResInfo& reason(auth::Result result, const std::optional<std::string>& raw) {
    return result == auth::Result::pass ? *this : property("reason", raw);
  }
  ResInfo& property(std::string_view name, const std::optional<std::string>& raw) {
    if (!raw || raw->empty()) return *this;
    if (std::string value = for_pvalue(*raw); value.size() <= kMaxValue) {
      words.push_back(fmt::format("{}={}", name, value));
    }
    return *this;
  }
};

ResInfo spf_info(const trace::Report& report, const spf::Verdict& verdict) {
  ResInfo info("spf", verdict.result);
  info.reason(verdict.result, verdict.problem);
  if (verdict.identity == spf::Identity::helo) {
    return info.property("smtp.helo", verdict.domain);
  }
  // For the null path postmaster@HELO was checked: its domain is named (RFC 7208 2.4).
  const auto& mail_from = report.envelope.mail_from;
  return info.property("smtp.mailfrom",
                       mail_from && !mail_from->empty() ? *mail_from : verdict.domain);
}

// RFC 6008 4: at least the first eight characters of b=, and as many more as tell the signatures
// of a message apart.
std::size_t length_of_b(const std::vector<dkim::Verdict>& verdicts) {
  std::vector<std::string_view> texts;
  for (const auto& verdict : verdicts) texts.emplace_back(verdict.signature_text);
  std::ranges::sort(texts);
  std::size_t most = kMinB;
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const auto& [a, b] = std::pair(texts[i - 1], texts[i]);
    const auto same = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    if (a != b) most = std::max(most, same + 1);
  }
  return most;
}

ResInfo dkim_info(const dkim::Verdict& verdict, std::size_t length_of_b) {
  return ResInfo("dkim", verdict.result)
      .reason(verdict.result, verdict.detail)
      .property("header.d", verdict.domain)
      .property("header.i", verdict.identity)
      .property("header.s", verdict.selector)
      .property("header.a", verdict.algorithm)
      .property("header.b", verdict.signature_text.substr(0, length_of_b));
}

ResInfo dmarc_info(const dmarc::Verdict& verdict) {
  ResInfo info("dmarc", verdict.result);
  info.reason(verdict.result, verdict.problem);
  info.property("header.from", verdict.author_domain);
  // polrec.p is the record's p=, whichever tag applied (RFC 9989, IANA considerations).
  if (verdict.policy_tag == "p") info.property("polrec.p", verdict.policy);
  if (verdict.record_domain != verdict.author_domain) {
    info.property("polrec.domain", verdict.record_domain);
  }
  return info;
}

ResInfo arc_info(const trace::Report& report) {
  ResInfo info("arc", report.arc.result);
  info.reason(report.arc.result, report.arc.problem);
  if (report.arc.result == auth::Result::pass) {
    info.property("header.oldest-pass", std::to_string(report.arc.oldest_pass));
  }
  if (report.envelope.client_ip) {
    info.property("smtp.remote-ip", report.envelope.client_ip->text());
  }
  return info;
}

// Of each signature its number, domain and result, then the words of what is wrong
// (draft-gondwana-dkim2-authres).
std::string dkim2_comment(const dkim2::Verdict& verdict) {
  std::vector<std::string> parts;
  for (const auto& signature : verdict.signatures) {
    parts.push_back(fmt::format("i={} {} {}",
                                signature.i ? std::to_string(*signature.i) : std::string("?"),
                                signature.domain.value_or("?"), auth::to_string(signature.result)));
  }
  std::string text = text::join(parts, ", ");
  if (!verdict.detail.empty()) text += (text.empty() ? "" : ", ") + verdict.detail;
  return text.substr(0, kMaxValue);
}

std::optional<std::size_t> signature_at_fault(const dkim2::Verdict& verdict) {
  if (verdict.at.i) return verdict.at.i;
  for (const auto& instance : verdict.instances) {
    if (verdict.at.m && instance.m == verdict.at.m) return instance.signed_by;
  }
  return std::nullopt;
}

ResInfo dkim2_info(const dkim2::Verdict& verdict) {
  ResInfo info("dkim2", verdict.result);
  // One comment may be folded at its blanks.
  const std::string comment = "(" + for_comment(dkim2_comment(verdict)) + ")";
  for (const std::string_view word : text::words(comment)) info.words.emplace_back(word);
  if (!verdict.signatures.empty()) info.property("header.d", verdict.signatures.front().domain);
  if (const auto i = signature_at_fault(verdict)) info.property("header.i", std::to_string(*i));
  return info;
}

std::vector<ResInfo> infos(const trace::Report& report) {
  std::vector<ResInfo> out;
  for (const auto& verdict : report.spf) out.push_back(spf_info(report, verdict));
  const std::size_t length = length_of_b(report.dkim);
  for (const auto& verdict : report.dkim) out.push_back(dkim_info(verdict, length));
  if (report.dkim.empty()) out.emplace_back("dkim", auth::Result::none);
  out.push_back(dmarc_info(report.dmarc));
  // RFC 8617 5.2 knows these three alone.
  const auth::Result arc = report.arc.result;
  if (arc == auth::Result::none || arc == auth::Result::pass || arc == auth::Result::fail) {
    out.push_back(arc_info(report));
  }
  if (report.dkim2.is_present()) out.push_back(dkim2_info(report.dkim2));
  return out;
}

// methodspec and property are keywords of letters, digits and hyphens (RFC 8601 2.2).
bool is_keyword(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return text::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
  });
}

ResInfo recorded_info(const RecordedMethod& method) {
  ResInfo info(method.method, method.result);
  info.property("reason", method.reason);
  for (const auto& [name, value] : method.properties) {
    if (is_keyword(name)) info.property(name, value);
  }
  return info;
}

std::string field_of(std::string_view authserv_id, const std::vector<ResInfo>& results) {
  std::string out = "Authentication-Results: " + for_pvalue(authserv_id);
  for (const ResInfo& info : results) {
    out += ';';
    std::string line;
    for (const std::string& word : info.words) {
      const bool fits = !line.empty() && line.size() + 1 + word.size() < kMaxLine;
      if (!line.empty() && !fits) {
        out += "\n" + line;
        line.clear();
      }
      line += line.empty() ? "    " : " ";
      line += word;
    }
    out += "\n" + line;
  }
  return out + '\n';
}

}  // namespace

std::string to_authres(const trace::Report& report, std::string_view authserv_id) {
  return field_of(authserv_id, infos(report));
}

std::vector<std::string> trusted_authres(const trace::Report& report, std::string_view unnamed) {
  std::vector<std::string> fields;
  std::vector<ResInfo> results;
  std::optional<std::size_t> line;
  std::string authserv_id;
  const auto close = [&] {
    if (!results.empty() && fields.size() < kMaxRecordedFields)
      fields.push_back(field_of(authserv_id, results));
    results.clear();
  };
  for (const trace::RecordedComparison& comparison : report.recorded) {
    const Recorded& recorded = comparison.recorded;
    if (!comparison.trusted || recorded.passed_on ||
        !text::iequals(recorded.header, "Authentication-Results") ||
        !is_keyword(recorded.method.method) || !is_keyword(recorded.method.result))
      continue;
    if (line != recorded.line) close();
    line = recorded.line;
    authserv_id = recorded.authserv_id.value_or(std::string(unnamed));
    results.push_back(recorded_info(recorded.method));
  }
  close();
  return fields;
}

}  // namespace emltrace::report
