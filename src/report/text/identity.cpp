#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "report/text/fold.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/hosts.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "trace/author/author_state.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::report {
namespace {

std::string network_words(const trace::Network& network) {
  std::string text;
  if (network.number) text = say(Phrase::network, fmt::arg("number", *network.number));
  if (!network.also.empty()) text += fmt::format(" (AS{})", fmt::join(network.also, ", AS"));
  if (network.name) text += (text.empty() ? "" : " ") + *network.name;
  for (const auto* more : {&network.prefix, &network.country}) {
    if (*more) text += (text.empty() ? "" : ", ") + **more;
  }
  return text;
}

/// The road has a row of the hop, and names the host in it.
bool is_in_road(const std::vector<trace::TracedHop>& hops, int hop, const std::string& host) {
  return std::ranges::any_of(fold_hops(hops), [&](const Fold& fold) {
    const trace::TracedHop& first = hops[fold.first];
    return fold.count() == 1 && first.number == hop && by_name(first.received.by) == host;
  });
}

Runs recorder_words(const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  if (!origin.hop) return {};
  if (!origin.recorded_by) return {{say(Phrase::origin_inside, fmt::arg("hop", *origin.hop))}};
  const auto border = report.envelope.from_hop;
  const bool named = !is_in_road(report.hops, *origin.hop, *origin.recorded_by);
  // Below the border it is the word of another host, not a record of the recipient's.
  const Phrase phrase = border && origin.hop < border
                            ? named ? Phrase::origin_stated_by : Phrase::origin_stated
                        : border && origin.hop == border
                            ? named ? Phrase::origin_at_border_by : Phrase::origin_at_border
                        : named ? Phrase::origin_at_hop_by
                                : Phrase::origin_at_hop;
  return {{say(phrase, fmt::arg("host", *origin.recorded_by), fmt::arg("hop", *origin.hop))}};
}

/// What block lists say. That one did not answer is told: it was asked for, and silence would be
/// read as 'not listed'.
void listing_rows(TextPage& page, const trace::Enrichment& enrichment, const std::string& origin) {
  std::vector<std::string> clear;
  for (const trace::Listing& listing : enrichment.dnsbl) {
    const bool other = !listing.subject.empty() && listing.subject != origin;
    const std::string zone =
        other ? fmt::format("{} ({})", listing.zone, listing.subject) : listing.zone;
    if (!listing.listed) {
      answer_row(page, Phrase::label_more,
                 {{say(Phrase::list_unknown, fmt::arg("zone", zone),
                       fmt::arg("problem", listing.problem.value_or("it did not answer"))),
                   Style::dim}});
      continue;
    }
    if (!*listing.listed) {
      clear.push_back(zone);
      continue;
    }
    std::string text = say(Phrase::listed, fmt::arg("zone", zone));
    if (listing.meaning) text += ": " + *listing.meaning;
    if (!listing.codes.empty()) text += fmt::format(" ({})", fmt::join(listing.codes, ", "));
    answer_row(page, Phrase::label_more, {{text, Style::warn}});
    if (page.verbose() && listing.reason)
      answer_row(page, Phrase::label_more,
                 {{say(Phrase::list_says, fmt::arg("reason", *listing.reason)), Style::dim}});
  }
  if (clear.empty()) return;
  const std::string zones = fmt::format("{}", fmt::join(clear, ", "));
  answer_row(page, Phrase::label_more, {{say(Phrase::not_listed, fmt::arg("zones", zones))}});
}

void origin_rows(TextPage& page, const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  if (!origin.ip) {
    Runs text{{say(Phrase::origin_unknown), Style::warn}};
    if (!origin.reason.empty()) text.emplace_back(": " + origin.reason);
    return answer_row(page, Phrase::label_origin, text);
  }
  std::vector<Runs> parts;
  Runs text{strong_run(origin.ip->text())};
  text.back().value = true;
  if (origin.rdns) {
    text.emplace_back("  ");
    for (Run& run : host_runs(*origin.rdns)) text.push_back(std::move(run));
  }
  parts.push_back(std::move(text));
  if (report.enrichment.asn) parts.push_back({{network_words(*report.enrichment.asn)}});
  parts.push_back(recorder_words(report));
  parts.push_back({{say(Phrase::confidence, fmt::arg("level", origin.confidence))}});
  const auto& border = report.envelope;
  if (border.from_hop && origin.hop < border.from_hop && border.client_ip &&
      border.client_ip != origin.ip) {
    parts.push_back({{say(Phrase::origin_border_saw, fmt::arg("hop", *border.from_hop),
                          fmt::arg("ip", border.client_ip->text()))}});
  }
  answer_parts(page, Phrase::label_origin, parts);
  if (page.verbose() && !origin.reason.empty())
    answer_row(page, Phrase::label_more, {{origin.reason, Style::dim}});
  listing_rows(page, report.enrichment, origin.ip->text());
}

/// Lower addresses that only others than the recipient tell of.
void claimed_rows(TextPage& page, const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  AnswerRows rows(page, Phrase::label_claimed);
  const auto row = [&](const std::string& address, const std::string& whose,
                       const std::optional<trace::Network>& network = std::nullopt) {
    Runs text{value_run(address)};
    add_part(text, {{whose}});
    if (network) add_part(text, {{network_words(*network)}});
    rows.add(text);
  };
  if (origin.claimed_ip && origin.claimed_ip != origin.ip) {
    row(origin.claimed_ip->text(),
        origin.claimed_hop
            ? say(Phrase::claimed_by_hop, fmt::arg("hop", *origin.claimed_hop))
            : say(Phrase::claimed_by_field, fmt::arg("field", origin.claimed_by.value_or("?")),
                  fmt::arg("line", origin.claimed_line.value_or(0))),
        report.enrichment.claimed_asn);
  }
  for (const trace::Handle& handle : report.handles) {
    if (handle.kind != trace::HandleKind::client_address) continue;
    const auto address = ip::Address::parse(handle.value);
    if (address && (address == origin.ip || address == origin.claimed_ip)) continue;
    row(handle.value, handle.operator_name && handle.trusted
                          ? say(Phrase::claimed_by_provider, fmt::arg("who", *handle.operator_name),
                                fmt::arg("field", handle.header), fmt::arg("line", handle.line))
                          : say(Phrase::claimed_by_field, fmt::arg("field", handle.header),
                                fmt::arg("line", handle.line)));
  }
  rows.close();
}

Run state_run(const trace::Report& report) {
  switch (report.verdict.author) {
    case trace::AuthorState::authenticated:
      return {say(Phrase::author_authenticated), Style::good};
    case trace::AuthorState::unauthenticated:
      return {say(Phrase::author_unauthenticated), Style::warn};
    case trace::AuthorState::contradicted:
      return strong_run(say(Phrase::author_contradicted), Style::bad);
    case trace::AuthorState::unknown:
      return {say(is_offline(report) ? Phrase::author_unasked : Phrase::author_unknown),
              Style::warn};
  }
  return "";
}

std::string methods_words(const trace::Report& report) {
  const bool spf = report.dmarc.spf_aligned.value_or(false);
  const bool dkim = report.dmarc.dkim_aligned.value_or(false);
  if (dkim && trace::is_signed_in_part(report)) return say(Phrase::by_dkim_in_part);
  if (spf && dkim) return say(Phrase::by_both);
  if (dkim) return say(Phrase::by_dkim);
  if (spf) return say(Phrase::by_spf);
  if (trace::is_signed_by_dkim2(report)) return say(Phrase::by_dkim2);
  return "";
}

/// Of DMARC where it failed, or where nothing else stands behind the author: else the row of the
/// checks tells it.
std::string dmarc_words(const trace::Report& report) {
  const std::string now(auth::to_string(report.dmarc.result));
  const auto then = trace::recorded_dmarc(report);
  const bool failed = (now == "fail" && !is_offline(report)) || then == "fail";
  const bool alone =
      report.verdict.author == trace::AuthorState::authenticated && methods_words(report).empty();
  if (!failed && !alone) return "";
  if (!then)
    return is_offline(report) ? std::string() : say(Phrase::dmarc_now, fmt::arg("now", now));
  if (is_offline(report)) return say(Phrase::dmarc_at_receipt, fmt::arg("then", *then));
  if (*then == now) return say(Phrase::dmarc_alike, fmt::arg("now", now));
  return say(Phrase::dmarc_both, fmt::arg("now", now), fmt::arg("then", *then));
}

/// What the domain asks for where it does not vouch for the message.
std::string policy_words(const dmarc::Verdict& dmarc) {
  if (dmarc.result != auth::Result::fail || !dmarc.record_domain) return "";
  const std::string policy = dmarc.disposition.value_or(dmarc.policy.value_or("none"));
  return say(policy == "none" ? Phrase::policy : Phrase::policy_asks,
             fmt::arg("domain", *dmarc.record_domain), fmt::arg("policy", policy));
}

/// Where answers would go, if not to the author's organization.
Runs reply_words(const Headers& headers) {
  for (const Mailbox& reply : headers.reply_to) {
    const bool at_author = std::ranges::any_of(headers.from, [&](const Mailbox& from) {
      const auto name = from.domain_name();
      return from.address() == reply.address() || (name && name == reply.domain_name()) ||
             trace::same_organization(name, reply.domain_name());
    });
    if (at_author) continue;
    return {{say(Phrase::replies_go_to, fmt::arg("address", words({reply}))), Style::warn}};
  }
  return {};
}

void author_rows(TextPage& page, const trace::Report& report) {
  const Headers& headers = report.headers;
  std::vector<Runs> parts;
  parts.push_back({headers.from.empty() ? Run(say(Phrase::author_none), Style::warn)
                                        : value_run(words(headers.from))});
  Runs state{state_run(report)};
  if (const std::string methods = methods_words(report); !methods.empty())
    state.emplace_back(" " + methods);
  parts.push_back(std::move(state));
  for (const std::string& part : {dmarc_words(report), policy_words(report.dmarc)}) {
    if (!part.empty()) parts.push_back({{part}});
  }
  parts.push_back(reply_words(headers));
  answer_parts(page, Phrase::label_author, parts);
}

void found_row(TextPage& page, const intake::WrapperFacts& wrapper) {
  if (!wrapper.wrapper.empty()) answer_row(page, Phrase::label_found, {{found_words(wrapper)}});
}

}  // namespace

std::string found_words(const intake::WrapperFacts& wrapper) {
  std::string text = wrapper.wrapper_from.empty()
                         ? say(Phrase::found_attached, fmt::arg("wrapper", wrapper.wrapper))
                         : say(Phrase::found_from, fmt::arg("wrapper", wrapper.wrapper),
                               fmt::arg("from", wrapper.wrapper_from));
  if (!wrapper.wrapper_subject.empty()) text += fmt::format(", \"{}\"", wrapper.wrapper_subject);
  return text;
}

void identity_rows(TextPage& page, const trace::Report& report) {
  origin_rows(page, report);
  claimed_rows(page, report);
  author_rows(page, report);
  if (report.headers.subject)
    answer_row(page, Phrase::label_subject, {value_run(*report.headers.subject)});
  found_row(page, report.wrapper);
}

}  // namespace emltrace::report
