#include "trace/route/hop_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "trace/clock/token.hpp"
#include "trace/route/client_date.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

std::string name_list(const std::vector<DomainName>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name.text();
  return list;
}

class HopExaminer {
 public:
  explicit HopExaminer(const Route& route) : route_(route) {}

  std::vector<Finding> run() {
    for (std::size_t i = route_.hops.size(); i-- > 0;) {
      const Hop& hop = route_.hops[i];
      const Standing standing = route_.standing(i);
      examine_field(hop);
      if (standing == Standing::own || standing == Standing::discarded) continue;
      examine_addresses(hop, standing);
      if (standing != Standing::border) examine_writer(i);
      // What a disbelieved line says of its client is nobody's evidence.
      if (standing == Standing::contradicted) continue;
      if (!is_user_submission(i)) examine_client(i);
    }
    return std::move(findings_);
  }

 private:
  Finding& add(const Hop& hop, Code code, std::string message, Evidence evidence = {}) {
    findings_.push_back(make_finding(hop, code, std::move(message), std::move(evidence)));
    return findings_.back();
  }

  // A person's computer says what it likes in HELO and has the name of a dial-up line.
  bool is_user_submission(std::size_t i) const {
    return route_.hops[i].received.authenticated ||
           (route_.boundary.from_user() && route_.boundary.border == i);
  }

  void examine_field(const Hop& hop) {
    const Received& received = hop.received;
    if (!received.is_trace) {
      add(hop, "unparsed-received",
          "This Received line has no from, no by and no date: nothing in it can be used.",
          {{"raw", hop.raw}});
    } else if (received.unread) {
      add(hop, "unparsed-received",
          fmt::format("Part of this line was not understood: {}", *received.unread),
          {{"unread", *received.unread}})
          .severity = Severity::info;
    }
    if (received.is_trace && !id_shape_fits(received)) {
      add(hop, "id-shape",
          fmt::format("The id {} is not of the shape that the software named here writes.",
                      received.id.value_or("")),
          {{"id", received.id.value_or("")},
           {"software", received.by.software.value_or(received.producer)}});
    }
    if (received.with && !with_keyword_known(*received.with)) {
      add(hop, "with-keyword",
          fmt::format("\"{}\" is no registered transmission type.", *received.with),
          {{"with", *received.with}});
    }
  }

  void examine_addresses(const Hop& hop, Standing standing) {
    const Received& received = hop.received;
    if (const std::string_view date = client_date(hop.raw); !date.empty()) {
      add(hop, "client-is-date",
          fmt::format("The date {} stands where the client's address must stand.", date),
          {{"text", std::string(date)}});
    } else if (received.from.invalid_ip) {
      add(hop, "ip-invalid",
          fmt::format("{} stands where an address must stand and is none.",
                      *received.from.invalid_ip),
          {{"text", *received.from.invalid_ip}});
    }
    if (const auto& ip = received.from.ip) {
      const ip::Scope scope = ip->scope();
      // Microsoft 365 writes the broadcast address for a submission whose client it does not tell.
      static const auto kNotTold = ip::Address::parse("255.255.255.255");
      const bool not_told = ip == kNotTold && family_of_writer(received) != nullptr;
      const bool bogon = scope == ip::Scope::documentation || scope == ip::Scope::multicast ||
                         scope == ip::Scope::reserved || scope == ip::Scope::unspecified;
      if (bogon && !not_told) {
        add(hop, "ip-bogon",
            fmt::format("{} is not in use on the open network ({}).", ip->text(), to_string(scope)),
            {{"ip", ip->text()}})
            .severity = scope == ip::Scope::documentation ? Severity::info : Severity::medium;
      }
    } else if (received.is_trace && received.from.helo && !received.local_submission &&
               standing == Standing::unverified) {
      add(hop, "from-without-ip",
          fmt::format("The line names {} as its client without an address.", *received.from.helo));
    }
  }

  void examine_writer(std::size_t i) {
    const Hop& hop = route_.hops[i];
    const HostFacts& facts = route_.facts[i];
    if (!facts.by_known_absent || !hop.received.by.host) return;
    // Hosts are renamed and taken down: the absence of an old one says nothing.
    const bool weighs = facts.by_domain_absent && route_.is_recent(i);
    add(hop, "by-unresolvable",
        facts.by_domain_absent
            ? fmt::format(
                  "{} is said to have written this line; neither it nor its domain exists in DNS.",
                  *hop.received.by.host)
            : fmt::format("{} is said to have written this line; it does not exist in DNS "
                          "(internal names often do not).",
                          *hop.received.by.host),
        {{"by", *hop.received.by.host}})
        .severity = weighs ? Severity::medium : Severity::info;
  }

  void examine_client(std::size_t i) {
    const Hop& hop = route_.hops[i];
    const HostFacts& facts = route_.facts[i];
    const bool at_border = route_.standing(i) == Standing::border;
    if (!hop.received.from.ip || !is_public(*hop.received.from.ip)) return;
    examine_helo_form(hop, facts);
    examine_helo_name(i, at_border);
    examine_reverse(i, at_border);
  }

  void examine_helo_form(const Hop& hop, const HostFacts& facts) {
    if (!hop.received.from.helo) return;
    const std::string& helo = *hop.received.from.helo;
    const std::string ip = hop.received.from.ip->text();
    std::string_view inner = helo;
    if (inner.starts_with('[') && inner.ends_with(']')) {
      inner = inner.substr(1, inner.size() - 2);
      if (text::istarts_with(inner, "IPv6:")) inner.remove_prefix(5);
      const auto literal = ip::Address::parse(inner);
      if (literal && *literal != *hop.received.from.ip) {
        add(hop, "helo-literal-mismatch",
            fmt::format("The client called itself {}, its address was {}.", helo, ip),
            {{"helo", helo}, {"client_ip", ip}});
      } else if (!literal) {
        add(hop, "helo-bogus", fmt::format("The HELO {} is no address literal.", helo),
            {{"helo", helo}});
      }
    } else if (ip::Address::parse(inner)) {
      add(hop, "helo-bare-ip", fmt::format("The client gave the bare address {} for a name.", helo),
          {{"helo", helo}});
    } else if (text::iequals(inner, "localhost") || text::iequals(inner, "localhost.localdomain")) {
      add(hop, "helo-bogus", fmt::format("The client at {} called itself {}.", ip, helo),
          {{"helo", helo}});
    } else if (!facts.helo && helo.find('.') == std::string::npos) {
      add(hop, "helo-single-label",
          fmt::format("The client called itself {}: no full host name.", helo), {{"helo", helo}});
    } else if (!facts.helo) {
      add(hop, "helo-bogus", fmt::format("The HELO {} is no host name.", helo), {{"helo", helo}});
    }
  }

  // The recipient's own name in the mouth of a stranger. Tenants of its provider leave by the same
  // outbound hosts, and other hosts of its organization may send from outside: where DNS tells
  // nothing, only the very name of the server, or a provider's that is no outbound host, speaks.
  bool is_own_name(const Hop& hop, const HostFacts& facts) const {
    const OwnInfrastructure& own = route_.boundary.own;
    const DomainName& helo = *facts.helo;
    if (!own.holds(helo) || own.is_own_outbound(helo)) return false;
    if (facts.recorded_rdns && own.holds(*facts.recorded_rdns)) return false;
    if (std::ranges::any_of(facts.confirmed, [&](const auto& n) { return own.holds(n); }))
      return false;
    const bool asked =
        facts.helo_check == NameCheck::elsewhere || facts.helo_check == NameCheck::no_address;
    return asked || host_name(hop.received.by.host) == helo || family_of_host(helo) != nullptr;
  }

  void examine_helo_name(std::size_t i, bool at_border) {
    const Hop& hop = route_.hops[i];
    const HostFacts& facts = route_.facts[i];
    if (!facts.helo || facts.helo_check == NameCheck::confirmed) return;
    const std::string ip = hop.received.from.ip->text();
    if (at_border && is_own_name(hop, facts)) {
      add(hop, "helo-is-own-name",
          fmt::format("{} came from outside and called itself {}: a name of the recipient's own.",
                      ip, facts.helo->text()),
          {{"helo", facts.helo->text()}, {"client_ip", ip}});
      return;
    }
    const auto& names = facts.confirmed;
    const bool recorded_other =
        facts.recorded_rdns && !auth::same_organization(*facts.recorded_rdns, *facts.helo);
    const bool elsewhere = facts.helo_check == NameCheck::elsewhere;
    if (!elsewhere && !recorded_other &&
        (names.empty() || facts.helo_check != NameCheck::no_address))
      return;
    Evidence evidence{{"helo", facts.helo->text()}, {"client_ip", ip}};
    std::string other;
    if (facts.recorded_rdns) {
      evidence.emplace_back("recorded_rdns", facts.recorded_rdns->text());
      other = fmt::format("; the server recorded it as {}", facts.recorded_rdns->text());
    }
    if (!names.empty()) {
      evidence.emplace_back("confirmed_ptr", name_list(names));
      other = fmt::format("; DNS knows it as {}", name_list(names));
    }
    for (const auto& address : facts.helo_addresses)
      evidence.emplace_back("helo_address", address.text());
    Finding& finding =
        add(hop, "helo-rdns-mismatch",
            elsewhere ? fmt::format("{} called itself {}, which lies elsewhere in DNS{}.", ip,
                                    facts.helo->text(), other)
                      : fmt::format("{} called itself {}{}.", ip, facts.helo->text(), other),
            std::move(evidence));
    // Where SPF or a signature speaks for the name, it is no stranger's.
    finding.severity = is_vouched(route_.vouched, *facts.helo)      ? Severity::info
                       : helo_disproved(facts, route_.is_recent(i)) ? Severity::medium
                                                                    : Severity::low;
  }

  void examine_reverse(std::size_t i, bool at_border) {
    const Hop& hop = route_.hops[i];
    const HostFacts& facts = route_.facts[i];
    const std::string ip = hop.received.from.ip->text();
    if (!facts.ptr_answered) return;
    if (facts.dns.ptr->empty()) {
      add(hop, "rdns-missing", fmt::format("{} has no name in DNS.", ip), {{"client_ip", ip}});
      // Mail servers need a name; what sends to its own relay does not.
      if (!at_border) findings_.back().severity = Severity::info;
    } else if (facts.dns.forward_confirmed == false) {
      add(hop, "fcrdns-fail",
          fmt::format("{} is named {} in DNS, but that name does not lead back to it.", ip,
                      name_list(*facts.dns.ptr)),
          {{"client_ip", ip}, {"ptr", name_list(*facts.dns.ptr)}});
    }
    if (!facts.recorded_rdns) return;
    const auto& ptr = *facts.dns.ptr;
    const bool same = std::any_of(ptr.begin(), ptr.end(), [&](const DomainName& name) {
      return auth::same_organization(name, *facts.recorded_rdns);
    });
    if (same) return;
    add(hop, "rdns-recorded-differs",
        fmt::format("The line records {} as the name of {}; DNS today says {}.",
                    facts.recorded_rdns->text(), ip,
                    ptr.empty() ? "that it has none" : name_list(ptr)),
        {{"recorded_rdns", facts.recorded_rdns->text()}, {"ptr", name_list(ptr)}});
    // The recipient's own server looked the name up itself; further down a name that lies elsewhere
    // is a lie or age.
    const bool elsewhere =
        facts.recorded_check == NameCheck::elsewhere && facts.helo_check != NameCheck::confirmed;
    if (!at_border && elsewhere && route_.is_recent(i))
      findings_.back().severity = Severity::medium;
  }

  const Route& route_;
  std::vector<Finding> findings_;
};

// Build numbers and short counters repeat by nature.
bool is_telling_id(const std::string& id) {
  return id.size() >= 8 && std::any_of(id.begin(), id.end(), text::is_alpha);
}

}  // namespace

std::vector<Finding> hop_findings(const Route& route) {
  return HopExaminer(route).run();
}

std::vector<Finding> reused_id_findings(std::span<const Hop> hops) {
  std::vector<Finding> out;
  std::map<std::string, const Hop*> seen;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const auto& id = hop->received.id;
    const auto by = host_name(hop->received.by.host);
    if (!id || !by || !is_telling_id(*id)) continue;
    const auto [place, fresh] = seen.emplace(*id, &*hop);
    if (fresh) continue;
    const auto other = DomainName::parse(*place->second->received.by.host);
    if (auth::same_organization(*by, *other)) continue;
    out.push_back(make_finding(
        *hop, "id-reused",
        fmt::format("The id {} of {} is that of hop {} by {}: two hosts do not make the same id.",
                    *id, by->text(), place->second->number, other->text()),
        {{"id", *id}}));
  }
  return out;
}

}  // namespace emltrace::trace
