#include "trace/route/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/instant.hpp"
#include "message/rewritten_sender.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/families.hpp"
#include "trace/route/links.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

std::string client_text(const Hop& hop) {
  return hop.received.from.ip ? hop.received.from.ip->text() : std::string("the client");
}

// One pass from the border down; `trusted` is true as long as there is no gap.
class Judge {
 public:
  explicit Judge(const Route& route)
      : route_(route), hops_(route.hops), facts_(route.facts), out_(route.hops.size()) {}

  JudgedRoute run() {
    judge_own();
    read_links();
    for (std::size_t i = border(); i-- > 0;) {
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
  [[nodiscard]] std::size_t border() const { return *route_.boundary.border; }

  void judge_own() {
    const bool tells = route_.boundary.from_outside() || route_.boundary.from_user();
    for (std::size_t i = border(); i < hops_.size(); ++i) {
      out_[i].standing = i == border() && tells ? Standing::border : Standing::own;
      out_[i].reason = route_.boundary.reasons[i];
    }
  }

  void discard_below(std::size_t index) {
    while (index-- > 0) {
      out_[index] = {Standing::discarded,
                     "below a contradicted line: whoever wrote that one could write this one too"};
    }
  }

  void read_links() {
    for (std::size_t i = 0; i < border(); ++i) {
      links_.push_back(judge_link(hops_[i + 1], facts_[i + 1], hops_[i], facts_[i]));
      if (links_.back() == Link::broken) ++breaks_;
    }
  }

  void judge(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    if (const Family* imitated = imitated_provider(i)) return contradict_imitation(i, *imitated);
    if (names_own_host(i)) return contradict_own_host(i);
    if (is_inserted(i)) return contradict_insertion(i);
    const SignedHop* proof = proof_of(i);
    if (proof != nullptr && !(trusted_ && is_tied(i))) return accept_signed(i, *proof);
    switch (links_[i]) {
      case Link::supported:
        return accept(i, "its writer is the host that connected to the newer hop");
      case Link::inside:
      case Link::pulled:
        return accept(i, "handed over inside the system of the newer hop's client");
      case Link::open:
        return leave(i, "nothing ties its writer to the host that connected to the newer hop");
      case Link::named:
        if (disproved(i)) return contradict_name(i);
        return leave(i, "only the HELO of the connecting host names its writer");
      case Link::broken:
        if (disproved(i)) return contradict_break(i);
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

  [[nodiscard]] const SignedHop* proof_of(std::size_t i) const {
    const auto found = std::ranges::find(route_.signed_hops, i, &SignedHop::index);
    return found == route_.signed_hops.end() ? nullptr : &*found;
  }

  // Whatever stands between, the message was where this line says: what is below can be judged by
  // it again.
  void accept_signed(std::size_t i, const SignedHop& proof) {
    out_[i] = {Standing::corroborated,
               fmt::format("{} signed at {} that it sent the message there (DKIM2 signature {})",
                           proof.domain, format_rfc3339(proof.signed_at), proof.signature)};
    trusted_ = true;
  }

  void leave(std::size_t i, std::string reason) {
    out_[i] = {Standing::unverified, std::move(reason)};
    trusted_ = false;
  }

  void contradict(std::size_t i, std::string reason, Sentence sentence) {
    out_[i] = {Standing::contradicted, std::move(reason), true};
    findings_.push_back(make_finding(hops_[i], std::move(sentence), name_evidence(i)));
    findings_.back().severity = Severity::high;
  }

  bool is_tied(std::size_t i) const {
    return links_[i] == Link::supported || links_[i] == Link::inside || links_[i] == Link::pulled;
  }

  // Somebody whose part in the message is shown stands behind the line or its neighbour.
  bool is_vouched_for(std::size_t i) const {
    const auto writer = writer_of(hops_[i]);
    const HostFacts& newer = facts_[i + 1];
    return (newer.helo && any_of_organization(route_.vouched, *newer.helo)) ||
           (writer && (any_of_organization(route_.vouched, *writer) ||
                       any_of_family(route_.vouched, *writer)));
  }

  // Who forwards with an envelope sender of his own writes the old one into it.
  std::optional<DomainName> srs_domain() const {
    const auto& path = route_.envelope.mail_from;
    const auto rewritten = path ? read_rewritten_sender(*path) : std::nullopt;
    if (!rewritten || rewritten->by != SenderRewriting::srs) return std::nullopt;
    return domain_of_address(path);
  }

  // A stranger cannot sign for somebody: a signature by another than the client that nothing
  // refutes leaves it open that the message came from there.
  bool may_be_signed_mail(std::size_t newer) const {
    const auto names = names_not_disproved(facts_[newer]);
    return std::ranges::any_of(route_.open_signers, [&](const DomainName& signer) {
      return !any_of_organization(names, signer);
    });
  }

  // A list, a forwarder or a service takes a message in and sends it on without a line of its own;
  // the line below then says for whom of its own it was.
  bool may_hide_its_line(std::size_t newer) const {
    if (route_.list_mail) return true;
    const auto names = names_not_disproved(facts_[newer]);
    const auto mailbox = domain_of_address(hops_[newer - 1].received.for_);
    const auto rewritten = newer == border() ? srs_domain() : std::nullopt;
    return std::ranges::any_of(names, [&](const DomainName& name) {
      const Family* family = family_of_host(name);
      return same_organization(name, mailbox) || same_organization(name, rewritten) ||
             (family != nullptr &&
              (family->forwarder || family->filter_service || family->sending_service));
    });
  }

  // The connecting host's HELO is another host's name by DNS, that host's address was seen or is
  // known under a name of somebody else, and nothing speaks for either.
  bool disproved(std::size_t i) const {
    return trusted_ && helo_disproved(facts_[i + 1], route_.is_recent(i + 1)) && !is_vouched_for(i);
  }

  // A line that names a host of a large mailbox provider as its writer, below a client that is none
  // of its hosts by HELO, recorded name, address or DNS. Such a provider hands on by its own hosts
  // alone.
  const Family* imitated_provider(std::size_t i) const {
    const Hop& newer = hops_[i + 1];
    if (!trusted_ || !newer.received.from.ip || !is_public(*newer.received.from.ip)) return nullptr;
    if (is_tied(i)) return nullptr;
    const Family* family = family_of_writer(hops_[i].received);
    if (family == nullptr || !family->hands_on_itself) return nullptr;
    const HostFacts& facts = facts_[i + 1];
    const auto is_theirs = [&](const DomainName& name) { return family_of_host(name) == family; };
    if (std::ranges::any_of(supported_names(facts), is_theirs)) return nullptr;
    // Its name in HELO alone stands where nobody looked for another.
    if (facts.helo && is_theirs(*facts.helo) && facts.confirmed.empty() && !facts.recorded_rdns)
      return nullptr;
    if (is_vouched_for(i) || may_hide_its_line(i + 1) || may_be_signed_mail(i + 1)) return nullptr;
    return family;
  }

  // The border took the message from the client, so it had not handed it to him before; a forwarder
  // in between writes a line of its own.
  bool names_own_host(std::size_t i) const {
    if (i + 1 != border() || !route_.boundary.from_outside()) return false;
    const auto own = writer_of(hops_[border()]);
    const auto writer = writer_of(hops_[i]);
    if (!own || !writer || *own != *writer || own->label_count() < 2) return false;
    if (hops_[i].received.from.ip == hops_[i + 1].received.from.ip) return false;
    return !is_tied(i) && !may_hide_its_line(i + 1) && !is_vouched_for(i);
  }

  // A line that fits neither its upper nor its lower neighbour, while those two fit each other.
  bool is_inserted(std::size_t i) const {
    if (!trusted_ || i == 0 || links_[i] != Link::broken) return false;
    if (links_[i - 1] != Link::broken && links_[i - 1] != Link::named) return false;
    return judge_link(hops_[i + 1], facts_[i + 1], hops_[i - 1], facts_[i - 1]) ==
               Link::supported &&
           !is_vouched_for(i);
  }

  // A line below the border whose id was made after its stamp, or for another message, was not
  // written by that software. With a second ground it is impossible.
  void judge_clocks() {
    for (std::size_t i = border(); i-- > 0;) {
      const auto& reading = route_.clocks[i];
      if (is_disproved(out_[i].standing) || !reading ||
          !disagrees(reading->token, reading->comparison))
        continue;
      if (reading->token.weak || !reading->token.documented || reading->token.hour_only) continue;
      const bool copied = reading->comparison.verdict == ClockVerdict::copied;
      const bool second_ground = out_[i].standing != Standing::corroborated;
      out_[i] = {Standing::contradicted,
                 copied ? "its id was made for another message, long before its stamp"
                        : "its id was made after the time it states",
                 copied || second_ground};
      discard_below(i);
    }
  }

  Evidence name_evidence(std::size_t i) const {
    const HostFacts& facts = facts_[i + 1];
    Evidence evidence;
    if (facts.helo) evidence.emplace_back("helo", facts.helo->text());
    for (const auto& address : facts.helo_addresses)
      evidence.emplace_back("helo_address", address.text());
    evidence.emplace_back("client_ip", client_text(hops_[i + 1]));
    if (facts.recorded_rdns) evidence.emplace_back("recorded_rdns", facts.recorded_rdns->text());
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
        say<"forged-tail/client">(with<"client">(client_text(newer)), with<"hop">(newer.number),
                                  with<"helo">(newer.received.from.helo.value_or(""))));
  }

  void contradict_break(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    contradict(
        i, fmt::format("does not fit under hop {}, whose client gave a false name", newer.number),
        say<"forged-tail/break">(with<"client">(client_text(newer)), with<"hop">(newer.number)));
  }

  void contradict_imitation(std::size_t i, const Family& family) {
    const Hop& newer = hops_[i + 1];
    const HostFacts& facts = facts_[i + 1];
    const std::string known = !facts.confirmed.empty() ? facts.confirmed.front().text()
                              : facts.recorded_rdns
                                  ? facts.recorded_rdns->text()
                                  : newer.received.from.helo.value_or(words<"nameless">());
    contradict(i,
               fmt::format("names a host of {}, but another host connected to hop {}", family.title,
                           newer.number),
               say<"provider-imitation">(with<"provider">(family.title), with<"hop">(newer.number),
                                         with<"client">(client_text(newer)), with<"name">(known)));
  }

  void contradict_own_host(std::size_t i) {
    const Hop& newer = hops_[i + 1];
    contradict(
        i, "bears the name of the recipient's own server, which took the message from a stranger",
        say<"own-host-imitation">(
            with<"host">(hops_[i].received.by.host.value_or(words<"own-server">())),
            with<"client">(client_text(newer)), with<"hop">(newer.number)));
  }

  void contradict_insertion(std::size_t i) {
    contradict(i, "fits neither the line above nor the line below, while those two fit each other",
               say<"forged-tail/between">(with<"above">(hops_[i + 1].number),
                                          with<"below">(hops_[i - 1].number)));
  }

  // One break alone is weak: NAT, gateways that add no line, and internal names make honest ones.
  // It weighs more where both hosts are known in DNS as different ones, and neither SPF nor a
  // signature shows that the one sends for the other.
  Severity severity_of_break(std::size_t i) const {
    if (!hops_[i].received.is_trace) return Severity::medium;
    if (may_hide_its_line(i + 1)) return Severity::info;
    if (is_vouched_for(i)) return Severity::low;
    if (breaks_ > 1) return Severity::medium;
    const bool both_known =
        facts_[i].dns.by_exists == true && !supported_names(facts_[i + 1]).empty();
    return both_known ? Severity::medium : Severity::low;
  }

  void break_link(std::size_t i) {
    const Hop& hop = hops_[i];
    const Hop& newer = hops_[i + 1];
    Sentence sentence =
        hop.received.is_trace
            ? say<"link-broken/host">(
                  with<"host">(hop.received.by.host.value_or(words<"unnamed-host">())),
                  with<"hop">(newer.number), with<"client">(client_text(newer)))
            : say<"link-broken/no-trace">(with<"hop">(newer.number));
    findings_.push_back(make_finding(hop, std::move(sentence), name_evidence(i)));
    findings_.back().severity = severity_of_break(i);
  }

  const Route& route_;
  std::span<const Hop> hops_;
  const std::vector<HostFacts>& facts_;
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
