#include "trace/route/links.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"

namespace emltrace::trace {
namespace {

// A filter that calls itself localhost often names its host beside it.
std::optional<DomainName> writer_of(const Hop& hop) {
  const auto& by = hop.received.by;
  if (!by.host) return std::nullopt;
  auto name = DomainName::parse(*by.host);
  if (by.alias && (!name || name->label_count() == 1)) return DomainName::parse(*by.alias);
  return name;
}

bool same_organization(const std::optional<DomainName>& a, const std::optional<DomainName>& b) {
  return a && b && a->label_count() > 1 && b->label_count() > 1 && auth::same_organization(*a, *b);
}

bool any_related(const std::vector<DomainName>& names, const DomainName& name) {
  return std::any_of(names.begin(), names.end(), [&](const DomainName& other) {
    return other == name || same_organization(other, name);
  });
}

bool same_family(const std::vector<DomainName>& names, const DomainName& name) {
  const Family* family = family_of_host(name);
  return family != nullptr && std::any_of(names.begin(), names.end(), [&](const DomainName& other) {
           return family_of_host(other) == family;
         });
}

// Some providers' inner hosts sign with a bare host name; their software tells whose they are.
bool inner_host_of(const std::vector<DomainName>& names, const Hop& older) {
  const Family* family = family_of_producer(older.received.producer);
  return family != nullptr && std::any_of(names.begin(), names.end(), [&](const DomainName& name) {
           return family_of_host(name) == family;
         });
}

bool contains(const std::vector<ip::Address>& list, const std::optional<ip::Address>& address) {
  return address && std::find(list.begin(), list.end(), *address) != list.end();
}

bool helo_names(const Hop& newer, const std::optional<DomainName>& writer) {
  if (!newer.received.from.helo || !writer) return false;
  const auto helo = DomainName::parse(*newer.received.from.helo);
  return helo && (*helo == *writer || same_organization(helo, writer));
}

}  // namespace

Link judge_link(const Hop& newer, const HostFacts& newer_facts, const Hop& older,
                const HostFacts& older_facts) {
  const Received& up = newer.received;
  const auto writer = writer_of(older);
  const bool up_tells = up.from.ip || up.from.helo || up.from.rdns;
  if (is_pull(up)) return Link::pulled;
  if (older.received.by.ip && up.from.ip == older.received.by.ip) return Link::supported;
  if (!up_tells) return Link::inside;
  if (!older.received.is_trace) return Link::broken;
  if (up.from.ip && !is_public(*up.from.ip)) {
    const bool one_host = up.from.ip->scope() == ip::Scope::loopback;
    if (one_host || helo_names(newer, writer) || same_organization(writer_of(newer), writer))
      return Link::inside;
    return Link::open;
  }
  if (!writer)
    return older.received.by.ip ? Link::open
                                : (older.received.local_submission ? Link::inside : Link::open);
  const auto names = supported_names(newer_facts);
  if (any_related(names, *writer) || same_family(names, *writer) ||
      contains(older_facts.by_addresses, up.from.ip)) {
    return Link::supported;
  }
  if (writer->label_count() == 1 && inner_host_of(names, older)) return Link::supported;
  if (helo_names(newer, writer)) return up.from.ip ? Link::named : Link::supported;
  if (same_organization(writer_of(newer), writer)) return Link::open;
  // An internal name cannot be compared with a public one. A real server also writes an id or a
  // date.
  const bool complete = older.received.stamp || older.received.id;
  return is_private_name(*writer) && complete ? Link::open : Link::broken;
}

namespace {

// One pass from the border down; `trusted` is true as long as there is no gap.
class ClaimJudge {
 public:
  ClaimJudge(std::vector<Hop>& hops, const std::vector<HostFacts>& facts, const Boundary& boundary,
             const Vouched& vouched)
      : hops_(hops), facts_(facts), boundary_(boundary), vouched_(vouched) {}

  std::vector<Finding> run() {
    count_breaks();
    for (std::size_t i = *boundary_.border; i-- > 0;) {
      judge(i);
      if (hops_[i].standing == Standing::contradicted) {
        discard_below(hops_, i);
        break;
      }
    }
    return std::move(findings_);
  }

 private:
  void count_breaks() {
    for (std::size_t i = 0; i < *boundary_.border; ++i) {
      links_.push_back(judge_link(hops_[i + 1], facts_[i + 1], hops_[i], facts_[i]));
      if (links_.back() == Link::broken) ++breaks_;
    }
  }

  void judge(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    const auto writer = writer_of(hops_[i]);
    if (const Family* imitated = imitated_provider(i)) return contradict_imitation(i, *imitated);
    if (is_inserted(i)) return contradict_insertion(i);
    switch (links_[i]) {
      case Link::supported:
        return accept(i, "its writer is the host that connected to the newer hop");
      case Link::inside:
      case Link::pulled:
        return accept(i, "handed over inside the system of the newer hop's client");
      case Link::open:
        return leave(i, "nothing ties its writer to the host that connected to the newer hop");
      case Link::named:
        if (disproved(i, writer)) return contradict_name(i);
        return leave(i, "only the HELO of the connecting host names its writer");
      case Link::broken:
        if (disproved(i, writer)) return contradict_break(i);
        break_link(i);
        return leave(
            i, fmt::format("its writer is not the host that connected to hop {}", newer.number));
    }
  }

  void accept(std::size_t i, std::string reason) {
    hops_[i].standing = trusted_ ? Standing::corroborated : Standing::unverified;
    hops_[i].standing_reason =
        trusted_ ? std::move(reason) : "a newer line below the border is not verified";
  }

  void leave(std::size_t i, std::string reason) {
    hops_[i].standing = Standing::unverified;
    hops_[i].standing_reason = std::move(reason);
    trusted_ = false;
  }

  void contradict(std::size_t i, std::string reason, std::string code, std::string message) {
    hops_[i].standing = Standing::contradicted;
    hops_[i].standing_reason = std::move(reason);
    findings_.push_back(
        make_finding(hops_[i], std::move(code), std::move(message), name_evidence(i)));
    findings_.back().severity = Severity::high;
  }

  // The connecting host's HELO is false by DNS and nothing else speaks for the name it took, nor
  // for the writer of the older line.
  bool disproved(std::size_t i, const std::optional<DomainName>& writer) const {
    const HostFacts& newer = facts_[i + 1];
    if (!trusted_ || !helo_disproved(newer)) return false;
    if (newer.helo && any_related(vouched_, *newer.helo)) return false;
    return !writer || !any_related(vouched_, *writer);
  }

  // A line that names a large provider's host as its writer, while the client there is known by DNS
  // to be no host of that provider.
  const Family* imitated_provider(std::size_t i) const {
    if (!trusted_ || (links_[i] != Link::broken && links_[i] != Link::named)) return nullptr;
    const auto writer = writer_of(hops_[i]);
    const Family* family = writer ? family_of_host(*writer) : nullptr;
    const HostFacts& newer = facts_[i + 1];
    if (family == nullptr || family->sending_service || newer.confirmed.empty()) return nullptr;
    if (same_family(newer.confirmed, *writer) || any_related(vouched_, *writer)) return nullptr;
    return family;
  }

  // A line that fits neither its upper nor its lower neighbour, while those two fit each other.
  bool is_inserted(std::size_t i) const {
    if (!trusted_ || i == 0 || links_[i] != Link::broken) return false;
    if (links_[i - 1] != Link::broken && links_[i - 1] != Link::named) return false;
    return judge_link(hops_[i + 1], facts_[i + 1], hops_[i - 1], facts_[i - 1]) == Link::supported;
  }

  std::string client_text(const Hop& hop) const {
    return hop.received.from.ip ? hop.received.from.ip->text() : std::string("the client");
  }

  Evidence name_evidence(std::size_t i) const {
    const HostFacts& facts = facts_[i + 1];
    Evidence evidence;
    if (facts.helo) evidence.emplace_back("helo", facts.helo->text());
    for (const auto& address : facts.helo_addresses)
      evidence.emplace_back("helo_address", address.text());
    evidence.emplace_back("client_ip", client_text(hops_[i + 1]));
    for (const auto& name : facts.confirmed) evidence.emplace_back("confirmed_ptr", name.text());
    if (hops_[i].received.by.host) evidence.emplace_back("by", *hops_[i].received.by.host);
    return evidence;
  }

  void contradict_name(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    contradict(
        i,
        fmt::format(
            "hop {} was connected to by {}, which is not the host that claims to have written this",
            newer.number, client_text(newer)),
        "forged-tail",
        fmt::format(
            "{} connected to hop {} under the name {}, which is not its name in DNS; so it is not "
            "the "
            "host that claims to have written this line, and from here down all is the sender's "
            "invention.",
            client_text(newer), newer.number, newer.received.from.helo.value_or("")));
  }

  void contradict_break(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    contradict(
        i, fmt::format("does not fit under hop {}, whose client gave a false name", newer.number),
        "forged-tail",
        fmt::format("{} connected to hop {} under a name that is not its own, and this line was "
                    "not written by "
                    "it: from here down all is the sender's invention.",
                    client_text(newer), newer.number));
  }

  void contradict_imitation(std::size_t i, const Family& family) {
    const Hop& newer = hops_[i + 1];
    contradict(i,
               fmt::format("names a host of {}, but another host connected to hop {}", family.title,
                           newer.number),
               "provider-imitation",
               fmt::format("This line claims to be written by a host of {}, but the host that "
                           "connected to hop {} is "
                           "{}, known as {}: no host of {}.",
                           family.title, newer.number, client_text(newer),
                           facts_[i + 1].confirmed.front().text(), family.title));
  }

  void contradict_insertion(std::size_t i) {
    contradict(i, "fits neither the line above nor the line below, while those two fit each other",
               "forged-tail",
               fmt::format("This line fits neither hop {} above nor hop {} below, while those two "
                           "fit each other: it "
                           "was put in between.",
                           hops_[i + 1].number, hops_[i - 1].number));
  }

  // One break alone is weak: NAT, gateways that add no line, and internal names make honest ones.
  // It weighs more where both hosts are known in DNS as different ones, and neither SPF nor a
  // signature shows that the one sends for the other.
  bool is_strong_break(std::size_t i) const {
    if (breaks_ > 1 || !hops_[i].received.is_trace) return true;
    const auto writer = writer_of(hops_[i]);
    if (!writer || hops_[i].dns.by_exists != true || supported_names(facts_[i + 1]).empty())
      return false;
    return !any_related(vouched_, *writer);
  }

  void break_link(std::size_t i) {
    const Hop& hop = hops_[i];
    const Hop& newer = hops_[i + 1];
    auto message =
        hop.received.is_trace
            ? fmt::format(
                  "Written by {}, which is not known as the host that connected to hop {} ({}).",
                  hop.received.by.host.value_or("an unnamed host"), newer.number,
                  client_text(newer))
            : fmt::format(
                  "Not a trace line that any mail server writes; it cannot come from the host that "
                  "connected "
                  "to hop {}.",
                  newer.number);
    findings_.push_back(make_finding(hop, "link-broken", std::move(message), name_evidence(i)));
    findings_.back().severity = is_strong_break(i) ? Severity::medium : Severity::low;
  }

  std::vector<Hop>& hops_;
  const std::vector<HostFacts>& facts_;
  const Boundary& boundary_;
  const Vouched& vouched_;
  std::vector<Link> links_;
  std::vector<Finding> findings_;
  int breaks_ = 0;
  bool trusted_ = true;
};

}  // namespace

bool is_vouched(const Vouched& vouched, const DomainName& name) {
  return std::any_of(vouched.begin(), vouched.end(),
                     [&](const DomainName& other) { return auth::same_organization(other, name); });
}

void discard_below(std::vector<Hop>& hops, std::size_t index) {
  while (index-- > 0) {
    hops[index].standing = Standing::discarded;
    hops[index].standing_reason =
        "below a contradicted line: whoever wrote that one could write this one too";
  }
}

std::vector<Finding> judge_claims(std::vector<Hop>& hops, const std::vector<HostFacts>& facts,
                                  const Boundary& boundary, const Vouched& vouched) {
  if (!boundary.border) return {};
  return ClaimJudge(hops, facts, boundary, vouched).run();
}

}  // namespace emltrace::trace
