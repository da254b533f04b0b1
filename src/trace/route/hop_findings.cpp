#include "trace/route/hop_findings.hpp"

#include <algorithm>
#include <map>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "trace/clock/token.hpp"
#include "trace/finding/sentence.hpp"
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
  Finding& add(const Hop& hop, Sentence sentence, Evidence evidence = {}) {
    findings_.push_back(make_finding(hop, std::move(sentence), std::move(evidence)));
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
      add(hop, say<"unparsed-received/nothing">(), {{"raw", hop.raw}});
    } else if (received.unread) {
      add(hop, say<"unparsed-received/part">(with<"text">(*received.unread)),
          {{"unread", *received.unread}})
          .severity = Severity::info;
    }
    if (received.is_trace && !id_shape_fits(received)) {
      add(hop, say<"id-shape">(with<"id">(received.id.value_or(""))),
          {{"id", received.id.value_or("")},
           {"software", received.by.software.value_or(received.producer)}});
    }
    if (received.with && !with_keyword_known(*received.with)) {
      add(hop, say<"with-keyword">(with<"keyword">(*received.with)), {{"with", *received.with}});
    }
  }

  void examine_addresses(const Hop& hop, Standing standing) {
    const Received& received = hop.received;
    if (const std::string_view date = client_date(hop.raw); !date.empty()) {
      add(hop, say<"client-is-date">(with<"date">(date)), {{"text", std::string(date)}});
    } else if (received.from.invalid_ip) {
      add(hop, say<"ip-invalid">(with<"text">(*received.from.invalid_ip)),
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
        add(hop, say<"ip-bogon">(with<"ip">(ip->text()), with<"scope">(to_string(scope))),
            {{"ip", ip->text()}})
            .severity = scope == ip::Scope::documentation ? Severity::info : Severity::medium;
      }
    } else if (received.is_trace && received.from.helo && !received.local_submission &&
               standing == Standing::unverified) {
      add(hop, say<"from-without-ip">(with<"name">(*received.from.helo)));
    }
  }

  void examine_writer(std::size_t i) {
    const Hop& hop = route_.hops[i];
    const HostFacts& facts = route_.facts[i];
    if (!facts.by_known_absent || !hop.received.by.host) return;
    // Hosts are renamed and taken down: the absence of an old one says nothing.
    const bool weighs = facts.by_domain_absent && route_.is_recent(i);
    const std::string& host = *hop.received.by.host;
    add(hop,
        facts.by_domain_absent ? say<"by-unresolvable/domain">(with<"host">(host))
                               : say<"by-unresolvable/host">(with<"host">(host)),
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
        add(hop, say<"helo-literal-mismatch">(with<"helo">(helo), with<"ip">(ip)),
            {{"helo", helo}, {"client_ip", ip}});
      } else if (!literal) {
        add(hop, say<"helo-bogus/literal">(with<"helo">(helo)), {{"helo", helo}});
      }
    } else if (ip::Address::parse(inner)) {
      add(hop, say<"helo-bare-ip">(with<"helo">(helo)), {{"helo", helo}});
    } else if (text::iequals(inner, "localhost") || text::iequals(inner, "localhost.localdomain")) {
      add(hop, say<"helo-bogus/local">(with<"ip">(ip), with<"helo">(helo)), {{"helo", helo}});
    } else if (!facts.helo && helo.find('.') == std::string::npos) {
      add(hop, say<"helo-single-label">(with<"helo">(helo)), {{"helo", helo}});
    } else if (!facts.helo) {
      add(hop, say<"helo-bogus/name">(with<"helo">(helo)), {{"helo", helo}});
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
      add(hop, say<"helo-is-own-name">(with<"ip">(ip), with<"helo">(facts.helo->text())),
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
      other = words<"recorded-as">(with<"name">(facts.recorded_rdns->text()));
    }
    if (!names.empty()) {
      evidence.emplace_back("confirmed_ptr", name_list(names));
      other = words<"known-as">(with<"names">(name_list(names)));
    }
    for (const auto& address : facts.helo_addresses)
      evidence.emplace_back("helo_address", address.text());
    Finding& finding =
        add(hop,
            elsewhere ? say<"helo-rdns-mismatch/elsewhere">(
                            with<"ip">(ip), with<"helo">(facts.helo->text()), with<"other">(other))
                      : say<"helo-rdns-mismatch/other">(
                            with<"ip">(ip), with<"helo">(facts.helo->text()), with<"other">(other)),
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
      add(hop, say<"rdns-missing">(with<"ip">(ip)), {{"client_ip", ip}});
      // Mail servers need a name; what sends to its own relay does not.
      if (!at_border) findings_.back().severity = Severity::info;
    } else if (facts.dns.forward_confirmed == false) {
      add(hop, say<"fcrdns-fail">(with<"ip">(ip), with<"names">(name_list(*facts.dns.ptr))),
          {{"client_ip", ip}, {"ptr", name_list(*facts.dns.ptr)}});
    }
    if (!facts.recorded_rdns) return;
    const auto& ptr = *facts.dns.ptr;
    const bool same = std::any_of(ptr.begin(), ptr.end(), [&](const DomainName& name) {
      return auth::same_organization(name, *facts.recorded_rdns);
    });
    if (same) return;
    add(hop,
        say<"rdns-recorded-differs">(
            with<"name">(facts.recorded_rdns->text()), with<"ip">(ip),
            with<"names">(ptr.empty() ? words<"no-name">() : name_list(ptr))),
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
        *hop,
        say<"id-reused">(with<"id">(*id), with<"host">(by->text()),
                         with<"hop">(place->second->number), with<"other">(other->text())),
        {{"id", *id}}));
  }
  return out;
}

}  // namespace emltrace::trace
