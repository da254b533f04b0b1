#include "trace/route/boundary.hpp"

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/results/auth_results.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// Transports that carry a message between the parts of one system (RFC 2033, RFC 3848, vendors).
bool is_inner_transport(const std::optional<std::string>& with) {
  static constexpr std::string_view kInner[] = {"lmtp", "lmtps", "lmtpa", "lmtpsa",
                                                "mapi", "local", "https", "http"};
  if (!with) return false;
  return std::any_of(std::begin(kInner), std::end(kInner),
                     [&](std::string_view word) { return text::iequals(*with, word); });
}

// Names that a newer line's own server vouches for decide; a HELO alone never makes a client own.
bool client_is_own(const OwnInfrastructure& own, const Hop& hop, const HostFacts& facts) {
  const auto& from = hop.received.from;
  if (from.ip && own.holds(*from.ip, from.helo.value_or(""))) return true;
  const auto names = supported_names(facts);
  // Whoever keeps a reverse zone can write any name into it: a name that leads elsewhere is no
  // proof.
  if (facts.recorded_check == NameCheck::elsewhere && facts.confirmed.empty()) return false;
  // One tenant of a provider is outside of another: what left by an outbound host comes from
  // outside.
  if (std::any_of(names.begin(), names.end(),
                  [&](const auto& n) { return own.is_own_outbound(n); })) {
    return false;
  }
  return std::any_of(names.begin(), names.end(), [&](const auto& n) { return own.holds(n); });
}

// The authserv-id of the topmost result field is the recipient's own, as long as it stands above
// the lines in question: nobody outside can put a field on top of what the last host adds.
void learn_from_results(const Message& message, OwnInfrastructure& own, std::size_t above_offset) {
  for (const Field& field : message.fields()) {
    if (field.offset >= above_offset) return;
    std::optional<std::string> id;
    if (text::iequals(field.name, "Authentication-Results")) {
      id = parse_auth_results(field.body).authserv_id;
    } else if (text::iequals(field.name, "Received-SPF")) {
      id = parse_received_spf(field.body).authserv_id;
    } else {
      continue;
    }
    if (const auto host = host_name(id); host && host->label_count() > 1) own.add_host(*host);
    return;
  }
}

// The MX hosts of the domain that the newest lines name as the envelope recipient's.
void learn_from_recipient(const std::optional<std::string>& recipient, OwnInfrastructure& own,
                          dns::Client& client) {
  const auto domain = domain_of_address(recipient);
  if (!domain || domain->label_count() < 2) return;
  const dns::Answer& answer = client.ask({*domain, dns::Type::mx});
  for (const auto& mx : answer.exchanges()) {
    if (mx.exchange) own.add_host(*mx.exchange);
  }
}

void learn_from_writer(const Hop& hop, OwnInfrastructure& own) {
  const auto by = host_name(hop.received.by.host);
  if (by && by->label_count() > 1) {
    own.add_host(*by);
  } else if (const Family* family = family_of_writer(hop.received)) {
    // Its inner hosts sign with a bare name or an address.
    own.add_family(*family);
  }
}

bool is_submission(const Received& received) {
  return received.authenticated || received.local_submission;
}

enum class Side { inside, pulled, outside };

struct Client {
  Side side;
  std::string reason;
};

Client place_client(const OwnInfrastructure& own, const Hop& hop, const HostFacts& facts) {
  const Received& received = hop.received;
  if (is_pull(received)) return {Side::pulled, "fetched from the recipient's mailbox"};
  if (received.from.ip && !is_public(*received.from.ip)) {
    return {Side::inside, "handed over from an address inside the recipient's network"};
  }
  if (client_is_own(own, hop, facts))
    return {Side::inside, "handed over between the recipient's own hosts"};
  if (received.from.ip) return {Side::outside, {}};
  if (received.local_submission) return {Side::inside, "handed over inside one host"};
  if (is_inner_transport(received.with) || (!received.from.helo && !received.from.rdns)) {
    return {Side::inside, "an inner transport of the recipient's system"};
  }
  const auto helo = host_name(received.from.helo);
  if (helo && (own.holds(*helo) || text::iequals(helo->text(), "localhost"))) {
    return {Side::inside, "handed over between the recipient's own hosts, by name"};
  }
  return {Side::outside, {}};
}

bool is_result_field(const Field& field) {
  return text::iequals(field.name, "Authentication-Results") ||
         text::iequals(field.name, "Received-SPF") || text::istarts_with(field.name, "ARC-");
}

// Own hosts put their lines on top, so all above the border line is theirs. Some providers write
// their results right below it.
std::size_t own_fields_end(const Message& message, const Hop& border) {
  std::size_t end = border.offset;
  if (results_place(border.received) != ResultsPlace::right_below) return end;
  for (const Field& field : message.fields()) {
    if (field.offset <= border.offset) continue;
    if (!is_result_field(field)) break;
    end = field.offset + field.raw.size();
  }
  return end;
}

// A given --border settles the question: all above it is own.
Boundary forced_border(const Message& message, std::span<const Hop> hops, Boundary boundary,
                       int number) {
  const auto border = static_cast<std::size_t>(number - 1);
  for (std::size_t i = border + 1; i < hops.size(); ++i) {
    boundary.reasons[i] = "above the border named on the command line";
    learn_from_writer(hops[i], boundary.own);
  }
  learn_from_writer(hops[border], boundary.own);
  boundary.reasons[border] = "named as the border on the command line";
  boundary.outside = true;
  boundary.border = border;
  boundary.own_until = own_fields_end(message, hops[border]);
  boundary.submission = is_submission(hops[border].received);
  return boundary;
}

// Inner relays may log in to each other, so an authenticated hop ends the own lines only where the
// line below is not by an own host too.
bool ends_here(const OwnInfrastructure& own, const Hop& hop, const Hop& below, Side side) {
  if (side == Side::outside || !below.received.is_trace) return true;
  if (side == Side::pulled || !is_submission(hop.received)) return false;
  const auto by = host_name(below.received.by.host);
  return !by || !own.holds(*by);
}

// The lowest line that own hosts wrote. Where nothing came from outside it is a submission or an
// inner hop.
void close_at(const Message& message, Boundary& boundary, const Hop& hop, std::size_t index) {
  boundary.border = index;
  boundary.own_until = own_fields_end(message, hop);
  boundary.submission = is_submission(hop.received);
  const bool outside = hop.received.from.ip && is_public(*hop.received.from.ip);
  boundary.outside = outside || boundary.submission;
  if (boundary.submission) {
    boundary.reasons[index] =
        "the recipient's own server took it from an authenticated or local user";
  } else if (outside) {
    boundary.reasons[index] = "written by the recipient's own server about the host that connected";
  }
}

}  // namespace

bool is_pull(const Received& received) {
  return received.with &&
         (text::istarts_with(*received.with, "imap") || text::istarts_with(*received.with, "pop"));
}

void OwnInfrastructure::add_host(const DomainName& host) {
  if (std::find(hosts_.begin(), hosts_.end(), host) == hosts_.end()) hosts_.push_back(host);
  if (const Family* family = family_of_host(host)) add_family(*family);
}

void OwnInfrastructure::add_family(const Family& family) {
  if (std::find(families_.begin(), families_.end(), &family) == families_.end()) {
    families_.push_back(&family);
  }
}

bool OwnInfrastructure::holds(const DomainName& host) const {
  for (const TrustRule& rule : rules_) {
    if (rule.matches(host)) return true;
  }
  if (const Family* family = family_of_host(host)) {
    return std::find(families_.begin(), families_.end(), family) != families_.end();
  }
  return std::any_of(hosts_.begin(), hosts_.end(),
                     [&](const DomainName& own) { return auth::same_organization(own, host); });
}

bool OwnInfrastructure::holds(const ip::Address& address, std::string_view helo) const {
  for (const TrustRule& rule : rules_) {
    if (rule.matches(address)) return true;
  }
  const Family* family = family_of_inner_address(address, helo);
  return family != nullptr &&
         std::find(families_.begin(), families_.end(), family) != families_.end();
}

bool OwnInfrastructure::is_own_outbound(const DomainName& host) const {
  return std::any_of(families_.begin(), families_.end(),
                     [&](const Family* family) { return is_outbound_host(*family, host); });
}

Boundary find_boundary(const Message& message, std::span<const Hop> hops,
                       std::span<const HostFacts> facts, const Given& given, dns::Client& client) {
  Boundary boundary;
  boundary.reasons.resize(hops.size());
  for (const TrustRule& rule : given.trust) boundary.own.add_rule(rule);
  if (hops.empty()) return boundary;
  if (given.border && *given.border >= 1 && *given.border <= static_cast<int>(hops.size())) {
    return forced_border(message, hops, std::move(boundary), *given.border);
  }
  for (std::size_t i = hops.size(); i-- > 0;) {
    const Hop& hop = hops[i];
    learn_from_writer(hop, boundary.own);
    learn_from_results(message, boundary.own, hop.offset);
    learn_from_recipient(hop.received.for_, boundary.own, client);
    const Client from = place_client(boundary.own, hop, facts[i]);
    if (i == 0 || ends_here(boundary.own, hop, hops[i - 1], from.side)) {
      boundary.reasons[i] = from.reason;
      close_at(message, boundary, hop, i);
      return boundary;
    }
    if (from.side == Side::pulled) {
      for (const DomainName& name : supported_names(facts[i])) boundary.own.add_host(name);
      if (facts[i].helo) boundary.own.add_host(*facts[i].helo);
    }
    boundary.reasons[i] = from.reason;
  }
  return boundary;
}

}  // namespace emltrace::trace
