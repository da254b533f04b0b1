#include "trace/route/boundary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "message/received/handover.hpp"
#include "message/results/recorded.hpp"
#include "trace/route/client_place.hpp"
#include "trace/route/families.hpp"
#include "trace/route/links.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

class Walk {
 public:
  Walk(const BoundaryEvidence& evidence, const Given& given, dns::Client& client)
      : evidence_(evidence), hops_(evidence.hops), dns_(client) {
    for (const TrustRule& rule : given.trust) out_.own.add_rule(rule);
    out_.reasons.resize(hops_.size());
  }

  Boundary run(const std::optional<int>& border) {
    if (hops_.empty()) return std::move(out_);
    if (border && *border >= 1 && *border <= static_cast<int>(hops_.size())) {
      force(static_cast<std::size_t>(*border - 1));
    } else {
      walk();
    }
    note_trusted_names();
    return std::move(out_);
  }

 private:
  // A given --border settles the question: all above it is own.
  void force(std::size_t border) {
    for (std::size_t i = border + 1; i < hops_.size(); ++i) {
      out_.reasons[i] = "above the border named on the command line";
      learn(i);
    }
    learn(border);
    close(border,
          is_submission(hops_[border].received) ? BorderClient::user : BorderClient::outside,
          "named as the border on the command line");
  }

  void walk() {
    for (std::size_t i = hops_.size(); i-- > 0;) {
      learn(i);
      const ClientPlace place = place_client({out_.own, hops_, evidence_.facts, i});
      if (place.side == Side::user) return close(i, BorderClient::user, kFromUser);
      const bool inside = place.side == Side::inside || place.side == Side::pulled;
      if (inside && i == 0) return end_at(i, place);
      if (inside && next_is_own({out_.own, hops_, evidence_.facts, i}, place)) {
        go_on(i, place);
        continue;
      }
      if (const auto lower = hop_of_statement(i)) return cross_gateway(i, *lower);
      if (!inside && i > 0 && from_gateway(i)) {
        out_.reasons[i] =
            "handed over by a host that takes in mail for the recipient's domain (MX)";
        continue;
      }
      return end_at(i, place);
    }
  }

  void go_on(std::size_t i, const ClientPlace& place) {
    out_.reasons[i] = place.reason;
    if (place.side != Side::pulled) return;
    for (const DomainName& name : supported_names(evidence_.facts[i])) out_.own.add_host(name);
    if (evidence_.facts[i].helo) out_.own.add_host(*evidence_.facts[i].helo);
  }

  // The client of the last own line is told where its address can be looked up, be it an own host.
  void end_at(std::size_t i, const ClientPlace& place) {
    const bool pulled = place.side == Side::pulled;
    const auto& ip = hops_[i].received.from.ip;
    const bool told = ip && is_public(*ip) && !place.by_user && !pulled && !place.transport &&
                      !out_.own.holds(*ip, hops_[i].received.from.helo.value_or(""));
    if (place.side == Side::outside || told || (!pulled && statement_above(i))) {
      close(i, BorderClient::outside,
            "written by the recipient's own server about the host that connected");
    } else if (pulled || (i == 0 && place.side == Side::inside)) {
      close(i, BorderClient::none, place.reason);
    } else {
      close(i, BorderClient::hidden, kHidden);
    }
  }

  void close(std::size_t i, BorderClient client, std::string_view reason) {
    out_.border = i;
    out_.client = client;
    out_.reasons[i] = reason;
    out_.own_fields = find_own_fields(evidence_.message, hops_[i]);
    if (client != BorderClient::outside) return;
    out_.statement = statement_above(i);
    out_.likely_gateway = likely_gateway(evidence_.message, hops_, evidence_.facts, i, gateways_);
    if (!out_.statement || !hops_[i].received.from.ip) return;
    if (out_.statement->client == *hops_[i].received.from.ip) {
      out_.reasons[i] += ", and its own results name the same client";
    }
  }

  // The recipient's own results name the client of a lower hop: what stands between is its gateway.
  void cross_gateway(std::size_t i, std::size_t lower) {
    const std::string client = hops_[lower].received.from.ip->text();
    for (std::size_t k = i; k > lower; --k) {
      out_.reasons[k] = fmt::format(
          "a gateway of the recipient: its own results name {}, the client of hop {}, as the "
          "sender",
          client, hops_[lower].number);
      learn_writer(k);
    }
    learn_writer(lower);
    const auto statement = statement_above(i);
    close(lower, BorderClient::outside, {});
    out_.reasons[lower] = "the recipient's own results name this client as the sender";
    out_.statement = statement;
  }

  // Own statements about line `i`: above it, or right below where that provider writes there.
  template <class Visit>
  void each_statement(std::size_t i, Visit visit) const {
    const OwnFields fields = find_own_fields(evidence_.message, hops_[i]);
    for (const ClientStatement& statement : evidence_.statements) {
      if (fields.hold(statement.offset) && !is_answered(i, statement) && is_own_id(i, statement))
        visit(statement);
    }
  }

  // It told of a newer own line, which has that client.
  bool is_answered(std::size_t i, const ClientStatement& statement) const {
    for (std::size_t k = i + 1; k < hops_.size(); ++k) {
      if (hops_[k].received.from.ip == statement.client) return true;
    }
    return false;
  }

  bool is_own_id(std::size_t i, const ClientStatement& statement) const {
    if (!statement.authserv_id) return true;
    const auto& by = hops_[i].received.by.host;
    if (by && text::iequals(*by, *statement.authserv_id)) return true;
    const auto id = host_name(statement.authserv_id);
    return id && out_.own.holds(*id);
  }

  std::optional<ClientStatement> statement_above(std::size_t i) const {
    std::optional<ClientStatement> found;
    const auto& ip = hops_[i].received.from.ip;
    each_statement(i, [&](const ClientStatement& statement) {
      if (!is_public(statement.client)) return;
      // Of several the one that the line confirms counts, else the newest.
      if (!found || (ip && statement.client == *ip)) found = statement;
    });
    return found;
  }

  std::optional<std::size_t> hop_of_statement(std::size_t i) const {
    std::optional<std::size_t> lower;
    bool confirmed = false;
    const auto& ip = hops_[i].received.from.ip;
    each_statement(i, [&](const ClientStatement& statement) {
      confirmed = confirmed || (ip && statement.client == *ip);
      for (std::size_t k = i; !lower && is_public(statement.client) && k-- > 0;) {
        if (hops_[k].received.from.ip == statement.client) lower = k;
      }
    });
    return confirmed ? std::nullopt : lower;
  }

  // The writer of the line below must be the gateway that connected, and the border another's host.
  bool from_gateway(std::size_t i) {
    learn_claimed_recipients(i);
    const auto writer = writer_of(hops_[i]);
    const auto below = writer_of(hops_[i - 1]);
    const auto names = names_not_disproved(evidence_.facts[i]);
    for (const DomainName& name : names) {
      if (!gateways_.hold(name, out_.own) || related(name, writer)) continue;
      if (!below || !related(name, below)) continue;
      if (const Family* family = family_of_host(name);
          family && family->many_customers && !family->filter_service) {
        out_.own.add_family(*family);
      } else {
        out_.own.add_single(name);
        out_.own.add_single(*below);
      }
      return true;
    }
    return false;
  }

  void learn(std::size_t i) {
    learn_writer(i);
    learn_from_results(hops_[i].offset);
    if (const auto domain = domain_of_address(hops_[i].received.for_)) learn_recipient(*domain);
    for (const char* name : {"Delivered-To", "X-Original-To"}) {
      const Field* field = evidence_.message.find(name);
      if (!field || field->offset >= hops_[i].offset) continue;
      if (const auto domain = domain_of_address(unfold(field->body))) learn_recipient(*domain);
    }
  }

  void learn_writer(std::size_t i) {
    const Received& received = hops_[i].received;
    const auto by = writer_of(hops_[i]);
    if (by && by->label_count() > 1) out_.own.add_host(*by);
    // Inner hosts of providers sign with a bare name or an address.
    if (const Family* family = family_of_writer(received)) out_.own.add_family(*family);
  }

  // The authserv-id of the topmost result field is the recipient's own, as long as it stands above
  // the lines in question: nobody outside can put a field on top of what the last host adds.
  void learn_from_results(std::size_t above_offset) {
    for (const Field& field : evidence_.message.fields()) {
      if (field.offset >= above_offset) return;
      if (!text::iequals(field.name, "Authentication-Results") &&
          !text::iequals(field.name, "Received-SPF"))
        continue;
      const auto host = host_name(authserv_id_of(field));
      if (host && host->label_count() > 1) out_.own.add_host(*host);
      return;
    }
  }

  void learn_recipient(const DomainName& domain) { gateways_.learn(dns_, domain); }

  // Where no own line names the recipient: the header's are the sender's word, but for a domain
  // that is the border's own.
  void learn_claimed_recipients(std::size_t i) {
    constexpr std::size_t kMaxDomains = 3;
    std::vector<DomainName> domains;
    const auto add = [&](const std::optional<DomainName>& domain) {
      if (domain && domains.size() < kMaxDomains &&
          std::ranges::find(domains, *domain) == domains.end())
        domains.push_back(*domain);
    };
    add(domain_of_address(hops_[i - 1].received.for_));
    for (const auto* list : {&evidence_.headers.to, &evidence_.headers.cc}) {
      for (const Mailbox& mailbox : *list) add(mailbox.domain_name());
    }
    for (const DomainName& domain : domains) {
      if (out_.own.holds(domain)) {
        learn_recipient(domain);
      } else {
        gateways_.learn_claimed(dns_, domain);
      }
    }
  }

  // A --trust that names the writer of an own line was of use, though nothing hung on it.
  void note_trusted_names() {
    for (std::size_t i = out_.border.value_or(hops_.size()); i < hops_.size(); ++i) {
      const auto by = writer_of(hops_[i]);
      if (by) static_cast<void>(out_.own.is_trusted(*by));
      if (hops_[i].received.by.ip) static_cast<void>(out_.own.is_trusted(*hops_[i].received.by.ip));
    }
  }

  static constexpr std::string_view kFromUser =
      "the recipient's own server took it from an authenticated or local user";
  static constexpr std::string_view kHidden =
      "the lowest line of the recipient's own hosts; the client behind it is not told, and the "
      "line below is by no host that is known for its own";

  const BoundaryEvidence& evidence_;
  std::span<const Hop> hops_;
  dns::Client& dns_;
  Gateways gateways_;
  Boundary out_;
};

}  // namespace

bool is_own_result(const Recorded& recorded, const Boundary& boundary, std::span<const Hop> hops) {
  if (!boundary.border || recorded.passed_on) return false;
  if (!boundary.own_fields.hold(recorded.offset)) return false;
  if (!recorded.authserv_id) return true;
  // A bare name is that of an own host where an own line bears it.
  for (std::size_t i = *boundary.border; i < hops.size(); ++i) {
    const auto& by = hops[i].received.by.host;
    if (by && text::iequals(*by, *recorded.authserv_id)) return true;
  }
  const auto host = DomainName::parse(*recorded.authserv_id);
  return host && boundary.own.holds(*host);
}

Boundary find_boundary(const BoundaryEvidence& evidence, const Given& given, dns::Client& client) {
  return Walk(evidence, given, client).run(given.border);
}

}  // namespace emltrace::trace
