#include "trace/verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "trace/finding/kinds.hpp"

namespace emltrace::trace {
namespace {

bool any_standing(const Report& report, Standing standing) {
  return std::any_of(report.hops.begin(), report.hops.end(),
                     [&](const TracedHop& hop) { return hop.standing == standing; });
}

RouteState route_of(const Report& report) {
  if (report.hops.empty()) return RouteState::absent;
  if (any_standing(report, Standing::contradicted)) return RouteState::contradicted;
  return any_standing(report, Standing::unverified) ? RouteState::unverified
                                                    : RouteState::consistent;
}

Level level_of(const Report& report) {
  const auto is_proven = [](const TracedHop& hop) { return hop.standing_proven; };
  if (std::ranges::any_of(report.hops, is_proven)) return Level::forged;
  if (any_standing(report, Standing::contradicted)) return Level::suspicious;
  Severity worst = Severity::info;
  for (const Finding& finding : report.findings) worst = std::max(worst, finding.severity);
  if (worst >= Severity::medium) return Level::suspicious;
  return worst == Severity::low ? Level::notice : Level::clean;
}

bool is_open(const dkim::Verdict& verdict) {
  return verdict.result == auth::Result::temperror || verdict.mended ||
         verdict.problem == dkim::Problem::no_key || verdict.problem == dkim::Problem::body_absent;
}

bool is_undecided(const dkim2::Verdict& verdict) {
  if (!verdict.is_present()) return false;
  return verdict.result == auth::Result::temperror || verdict.result == auth::Result::neutral ||
         verdict.problem == dkim2::Problem::no_key;
}

// What the verdict does not rest on, since it was not asked, not answered, or is not to be had.
std::vector<std::string> unchecked_of(const Report& report, bool dns_available) {
  std::vector<std::string> out;
  const auto open = [](const spf::Verdict& v) { return v.result == auth::Result::temperror; };
  const bool user = report.envelope.from_hop && !report.envelope.client_ip;
  if (report.spf.empty() ? report.hops.empty() || user : std::ranges::any_of(report.spf, open))
    out.emplace_back("spf");
  if (std::ranges::any_of(report.dkim, is_open)) out.emplace_back("dkim");
  if (!report.arc.sets.empty() && report.arc.result != auth::Result::pass &&
      (!dns_available || report.arc.undecided))
    out.emplace_back("arc");
  if (is_undecided(report.dkim2)) out.emplace_back("dkim2");
  if (!dns_available || report.dmarc.undecided || report.dmarc.result == auth::Result::temperror)
    out.emplace_back("dmarc");
  const bool failed =
      std::ranges::any_of(report.findings, [](const Finding& f) { return f.code == "dns-failed"; });
  if (!dns_available || failed) out.emplace_back("dns");
  return out;
}

std::string origin_phrase(const Report& report) {
  const Origin& origin = report.origin;
  if (!origin.ip) return "where it entered the mail system is not known";
  std::string phrase = fmt::format("it was sent from {}", origin.ip->text());
  if (!origin.recorded_by) return phrase;
  // Below the border it is the word of a host that is believed, not the recipient's own record.
  const bool claim = report.envelope.from_hop && origin.hop < report.envelope.from_hop;
  phrase += fmt::format(", as {} {}", *origin.recorded_by, claim ? "states" : "recorded");
  return phrase;
}

// What hops changed on the way is not the author's, even where his domain's signature holds.
std::string dkim2_phrase(const Report& report) {
  std::vector<std::string> changers;
  for (const auto& change : report.dkim2.modifications) {
    const std::string domain = change.domain.value_or("an unnamed domain");
    if (std::ranges::find(changers, domain) == changers.end()) changers.push_back(domain);
  }
  if (changers.empty()) return " by DKIM2";
  return fmt::format(" by DKIM2, but for what {} changed", fmt::join(changers, ", "));
}

std::string author_phrase(const Report& report, const TraceVerdict& verdict, bool by_dkim2) {
  const std::string domain = report.dmarc.author_domain.value_or("the author's domain");
  const std::string then =
      verdict.basis == Basis::recorded ? ", as the recipient's server recorded at receipt" : "";
  switch (verdict.author) {
    case AuthorState::authenticated:
      return fmt::format("{} vouches for it{}", domain, by_dkim2 ? dkim2_phrase(report) : then);
    case AuthorState::contradicted:
      return fmt::format("{} publishes that such mail is not its own{}", domain, then);
    case AuthorState::unauthenticated:
      if (is_signed_in_part(report))
        return fmt::format("{} signed a part of it, and not the whole text", domain);
      return fmt::format("no SPF or DKIM pass speaks for {}{}", domain, then);
    case AuthorState::unknown:
      if (report.headers.from.empty()) return "no author is named";
      break;
  }
  return "whether the author is who it says could not be checked";
}

// The host that passed the message on after its first delivery, where authentication shows that one
// did.
std::string forwarder(const Report& report) {
  const bool forwarded =
      std::any_of(report.findings.begin(), report.findings.end(),
                  [](const Finding& f) { return f.code == "spf-broken-by-forwarding"; });
  if (!forwarded || !report.envelope.from_hop) return {};
  const Hop& border = report.hops[static_cast<std::size_t>(*report.envelope.from_hop - 1)];
  const auto& from = border.received.from;
  return from.rdns ? *from.rdns : from.helo.value_or(from.ip ? from.ip->text() : std::string{});
}

// What makes the message suspicious, in the catalogue's words.
std::string grounds_of(const Report& report, Level level) {
  constexpr std::size_t kMaxGrounds = 3;
  if (level != Level::suspicious) return {};
  std::vector<std::string> titles;
  for (const Finding& finding : report.findings) {
    if (finding.severity < Severity::medium || titles.size() == kMaxGrounds) continue;
    std::string title(kind_of(finding.code).title);
    if (std::find(titles.begin(), titles.end(), title) == titles.end())
      titles.push_back(std::move(title));
  }
  return fmt::format("{}. ", fmt::join(titles, "; "));
}

std::string route_phrase(const Report& report, RouteState route) {
  switch (route) {
    case RouteState::absent:
      return "There is no route to trace";
    case RouteState::contradicted: {
      const TracedHop& hop = *newest_contradicted(report);
      return fmt::format("The route is {} from hop {} down",
                         hop.standing_proven ? "forged" : "contradicted", hop.number);
    }
    case RouteState::consistent:
      return "The message came by a route that holds together";
    case RouteState::unverified:
      break;
  }
  return "The message came by a route of which part rests on the sender's word";
}

}  // namespace

const TracedHop* newest_contradicted(const Report& report) {
  const auto hop = std::find_if(report.hops.rbegin(), report.hops.rend(), [](const TracedHop& one) {
    return one.standing == Standing::contradicted;
  });
  return hop == report.hops.rend() ? nullptr : &*hop;
}

TraceVerdict judge(const Report& report, bool dns_available) {
  TraceVerdict verdict;
  verdict.level = level_of(report);
  verdict.route = route_of(report);
  const AuthorJudgement author = judge_author(report.headers, report, dns_available);
  verdict.author = author.state;
  verdict.basis = author.basis;
  verdict.unchecked = unchecked_of(report, dns_available);
  std::string route = route_phrase(report, verdict.route);
  if (const auto host = forwarder(report); !host.empty()) {
    route += fmt::format(" and was forwarded by {}", host);
  }
  const std::string grounds = grounds_of(report, verdict.level);
  verdict.summary = fmt::format("{}{}; {}; {}.", grounds, route, origin_phrase(report),
                                author_phrase(report, verdict, author.by_dkim2));
  return verdict;
}

}  // namespace emltrace::trace
