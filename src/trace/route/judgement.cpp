#include "trace/route/judgement.hpp"

#include <fmt/format.h>

#include "trace/route/families.hpp"
#include "trace/route/links.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// One pass from the border down; `trusted` is true as long as there is no gap.
class Judge {
 public:
  explicit Judge(const Route& route)
      : hops_(route.hops),
        facts_(route.facts),
        clocks_(route.clocks),
        boundary_(route.boundary),
        vouched_(route.vouched),
        out_(route.hops.size()) {}

  JudgedRoute run() {
    judge_own();
    count_breaks();
    for (std::size_t i = *boundary_.border; i-- > 0;) {
      judge(i);
      if (out_[i].standing == Standing::contradicted) {
        discard_below(i);
        break;
      }
    }
    judge_clocks();
    return {std::move(out_), std::move(findings_)};
  }

 private:
  void judge_own() {
    const std::size_t border = *boundary_.border;
    for (std::size_t i = border; i < hops_.size(); ++i) {
      const bool outside = i == border && boundary_.outside;
      out_[i] = {outside ? Standing::border : Standing::own, boundary_.reasons[i]};
    }
  }

  void discard_below(std::size_t index) {
    while (index-- > 0) {
      out_[index] = {Standing::discarded,
                     "below a contradicted line: whoever wrote that one could write this one too"};
    }
  }

  // A line below the border whose id holds another time than its stamp was not written by that
  // software.
  void judge_clocks() {
    for (std::size_t i = *boundary_.border; i-- > 0;) {
      if (!clocks_[i] || !disagrees(clocks_[i]->token, clocks_[i]->comparison)) continue;
      const bool open = !is_disproved(out_[i].standing);
      if (!open || clocks_[i]->token.weak || !clocks_[i]->token.documented) continue;
      out_[i] = {Standing::contradicted, "the time in its id is not the time it states"};
      discard_below(i);
    }
  }

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
    if (trusted_) {
      out_[i] = {Standing::corroborated, std::move(reason)};
    } else {
      out_[i] = {Standing::unverified, "a newer line below the border is not verified"};
    }
  }

  void leave(std::size_t i, std::string reason) {
    out_[i] = {Standing::unverified, std::move(reason)};
    trusted_ = false;
  }

  void contradict(std::size_t i, std::string reason, Code code, std::string message) {
    out_[i] = {Standing::contradicted, std::move(reason)};
    findings_.push_back(make_finding(hops_[i], code, std::move(message), name_evidence(i)));
    findings_.back().severity = Severity::high;
  }

  // The connecting host's HELO is false by DNS and nothing else speaks for the name it took, nor
  // for the writer of the older line.
  bool disproved(std::size_t i, const std::optional<DomainName>& writer) const {
    const HostFacts& newer = facts_[i + 1];
    if (!trusted_ || !helo_disproved(newer)) return false;
    if (newer.helo && any_of_organization(vouched_, *newer.helo)) return false;
    return !writer || !any_of_organization(vouched_, *writer);
  }

  // A line that names a large provider's host as its writer, while the client there is known by DNS
  // to be no host of that provider.
  const Family* imitated_provider(std::size_t i) const {
    if (!trusted_ || (links_[i] != Link::broken && links_[i] != Link::named)) return nullptr;
    const auto writer = writer_of(hops_[i]);
    const Family* family = writer ? family_of_host(*writer) : nullptr;
    const HostFacts& newer = facts_[i + 1];
    if (family == nullptr || family->sending_service || newer.confirmed.empty()) return nullptr;
    if (any_of_family(newer.confirmed, *writer) || any_of_organization(vouched_, *writer))
      return nullptr;
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
    if (!writer || facts_[i].dns.by_exists != true || supported_names(facts_[i + 1]).empty())
      return false;
    return !any_of_organization(vouched_, *writer);
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

  std::span<const Hop> hops_;
  const std::vector<HostFacts>& facts_;
  std::span<const std::optional<ClockReading>> clocks_;
  const Boundary& boundary_;
  const Vouched& vouched_;
  std::vector<Judgement> out_;
  std::vector<Link> links_;
  std::vector<Finding> findings_;
  int breaks_ = 0;
  bool trusted_ = true;
};

}  // namespace

JudgedRoute judge_route(const Route& route) {
  if (!route.boundary.border) return {std::vector<Judgement>(route.hops.size()), {}};
  return Judge(route).run();
}

}  // namespace emltrace::trace
