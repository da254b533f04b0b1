#include "auth/spf/spf.hpp"

#include <fmt/format.h>

#include <utility>

#include "auth/spf/evaluation.hpp"

namespace emltrace::spf {
namespace {

// Above any path of RFC 5321 4.5.3.1; what is longer cannot be an identity, and macros that
// repeat it would be costly.
constexpr std::size_t kMaxIdentity = 1000;

struct Sender {
  std::string local_part;
  std::string domain;
};

// RFC 7208 2.3, 2.4 and 4.3: HELO and the null path are checked as postmaster, and so is a path
// without a local part.
Sender sender_of(const Request& request) {
  std::string_view path = request.mail_from;
  if (path.starts_with('<') && path.ends_with('>')) path = path.substr(1, path.size() - 2);
  if (request.identity == Identity::helo || path.empty()) return {"postmaster", request.helo};
  const std::size_t at = path.rfind('@');
  if (at == std::string_view::npos) return {"postmaster", std::string(path)};
  Sender sender{std::string(path.substr(0, at)), std::string(path.substr(at + 1))};
  if (sender.local_part.empty()) sender.local_part = "postmaster";
  return sender;
}

// RFC 7208 4.3: null, with the problem noted, where the result is none before any question.
std::optional<DomainName> initial_domain(std::string_view text, Verdict& verdict) {
  const auto refuse = [&](std::string_view what) {
    verdict.problem = fmt::format("\"{}\" {}", text.substr(0, 255), what);
    return std::nullopt;
  };
  if (text.empty()) {
    verdict.problem = "there is no domain to check";
    return std::nullopt;
  }
  if (text.starts_with('[') || ip::Address::parse(text)) {
    return refuse("is an address, not a domain name");
  }
  auto domain = DomainName::parse(text);
  if (!domain) return refuse("is no domain name");
  if (domain->label_count() < 2) return refuse("is a single label");
  return domain;
}

// U-labels are for people: DNS and so the macros see A-labels (RFC 8616 4). Else as written.
std::string in_a_labels(std::string name) {
  if (DomainName::parse_octets(name)) return name;
  const auto converted = DomainName::parse(name);
  return converted ? converted->text() : name;
}

MacroValues macro_values(const Request& request, Sender sender) {
  MacroValues values;
  values.sender_domain = in_a_labels(std::move(sender.domain));
  if (values.sender_domain.ends_with('.')) values.sender_domain.pop_back();
  values.local_part = std::move(sender.local_part);
  values.sender = values.local_part + "@" + values.sender_domain;
  std::string_view helo = request.helo;
  if (helo.size() > kMaxIdentity) helo.remove_prefix(helo.size() - kMaxIdentity);
  values.helo = in_a_labels(std::string(helo));
  values.receiver = request.receiver.empty() ? "unknown" : request.receiver;
  values.set_client(request.client);
  values.set_time(request.now);
  return values;
}

}  // namespace

Verdict check_host(dns::Client& client, const Request& request) {
  Verdict verdict;
  verdict.identity = request.identity;
  verdict.ip = request.client;
  Sender sender = sender_of(request);
  verdict.domain = sender.domain;
  if (sender.local_part.size() > kMaxIdentity) {
    verdict.problem = fmt::format("the local part has {} octets", sender.local_part.size());
    return verdict;
  }
  const auto domain = initial_domain(sender.domain, verdict);
  if (!domain) return verdict;
  verdict.domain = domain->text();
  Evaluation evaluation(client, request.client, macro_values(request, std::move(sender)), verdict);
  verdict.result = evaluation.check(*domain, 0, true).value_or(auth::Result::none);
  if (verdict.result == auth::Result::fail) evaluation.explain();
  return verdict;
}

}  // namespace emltrace::spf
