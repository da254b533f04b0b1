#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/text/details.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kNumber = 5;
constexpr std::size_t kLabel = 14;

void detail(Page& page, Detail label, const Runs& text) {
  page.row({{"", kNumber}, {{say(label), Style::dim}, kLabel}}, text);
}

bool believed(trace::Standing standing) {
  return standing == trace::Standing::own || standing == trace::Standing::border ||
         standing == trace::Standing::corroborated;
}

Runs heading_words(const trace::TracedHop& hop) {
  if (!hop.received.is_trace) return {{say(Phrase::no_trace_line, fmt::arg("text", hop.raw))}};
  return {
      {from_name(hop.received.from)},
      {" → "},
      {by_name(hop.received.by), Style::strong},
      {fmt::format(" ({})", say(Phrase::in_line, fmt::arg("lines", hop.line))), Style::dim, true}};
}

Runs client_words(const trace::TracedHop& hop) {
  const Received::From& from = hop.received.from;
  std::vector<std::string> parts;
  if (from.ip) {
    std::string client = say(Detail::client, fmt::arg("value", from.ip->text()));
    if (from.rdns) client += fmt::format(" ({})", *from.rdns);
    if (from.port) client += " " + say(Detail::client_port, fmt::arg("port", *from.port));
    parts.push_back(std::move(client));
  } else if (from.rdns) {
    parts.push_back(say(Detail::client_named, fmt::arg("name", *from.rdns)));
  }
  if (from.redacted) parts.push_back(say(Detail::blacked_out, fmt::arg("text", *from.redacted)));
  if (from.invalid_ip) parts.push_back(say(Detail::no_address, fmt::arg("text", *from.invalid_ip)));
  if (from.helo) {
    std::string name = from.helo_stated ? say(Detail::helo, fmt::arg("value", *from.helo))
                                        : say(parts.empty() ? Detail::client_named : Detail::named,
                                              fmt::arg("name", *from.helo));
    if (hop.standing == trace::Standing::border) name += " " + say(Detail::clients_word);
    parts.push_back(std::move(name));
  }
  if (from.ident) parts.push_back(say(Detail::ident, fmt::arg("user", *from.ident)));
  if (hop.received.authenticated) {
    parts.push_back(hop.received.auth_user
                        ? say(Detail::logged_in_as, fmt::arg("user", *hop.received.auth_user))
                        : say(Detail::logged_in));
  }
  if (hop.received.local_submission) parts.push_back(say(Detail::submitted));
  return joined(parts);
}

Run written_run(const Received& received) {
  return {"  " + say(Detail::date_written, fmt::arg("date", on_one_line(received.stamp_raw))),
          Style::dim};
}

Runs stamp_row_words(const trace::TracedHop& hop, bool verbose) {
  Runs out = stamp_words(hop);
  if (hop.delay_s && hop.received.stamp) {
    out.emplace_back("  ");
    for (Run& run : delay_words(hop)) out.push_back(std::move(run));
  }
  if (verbose && hop.received.stamp) out.push_back(written_run(hop.received));
  return out;
}

std::string tls_words(const Received::Tls& tls) {
  std::string out = tls.version.value_or(say(Detail::tls));
  if (tls.cipher) out += " " + *tls.cipher;
  if (tls.bits) out += " " + say(Detail::bits, fmt::arg("bits", *tls.bits));
  return out;
}

Runs transfer_words(const Received& received) {
  std::vector<std::string> parts;
  if (received.via) parts.push_back(say(Detail::via, fmt::arg("value", *received.via)));
  if (received.with) parts.push_back(say(Detail::with, fmt::arg("value", *received.with)));
  if (received.tls) parts.push_back(tls_words(*received.tls));
  if (received.id) parts.push_back(say(Detail::id, fmt::arg("value", *received.id)));
  if (received.for_)
    parts.push_back(say(Detail::for_, fmt::arg("value", bracketed(*received.for_))));
  if (received.envelope_from) {
    parts.push_back(
        say(Detail::envelope_from, fmt::arg("value", bracketed(*received.envelope_from))));
  }
  if (received.by.software)
    parts.push_back(say(Detail::software, fmt::arg("value", *received.by.software)));
  return joined(parts);
}

Runs dns_words(const trace::TracedHop& hop) {
  std::vector<std::string> parts;
  const trace::HopDns& dns = hop.dns;
  if (dns.ptr && dns.ptr->empty()) parts.push_back(say(Detail::nameless));
  if (dns.ptr && !dns.ptr->empty()) {
    std::vector<std::string> names;
    for (const DomainName& name : *dns.ptr) names.push_back(name.text());
    std::string text = say(Detail::address_is, fmt::arg("names", text::join(names, ", ")));
    if (dns.forward_confirmed) {
      text += " " + say(*dns.forward_confirmed ? Detail::confirmed : Detail::unconfirmed);
    }
    parts.push_back(std::move(text));
  }
  if (dns.helo_confirmed) {
    parts.push_back(say(*dns.helo_confirmed ? Detail::helo_own : Detail::helo_not_own));
  }
  if (dns.by_exists && !*dns.by_exists) {
    parts.push_back(say(Detail::by_absent, fmt::arg("host", by_name(hop.received.by))));
  }
  return joined(parts, "; ");
}

/// How exactly a token tells the time: `to the second`.
std::string precision_words(std::int64_t seconds) {
  if (seconds <= 1) return say(Detail::to_the_second);
  if (seconds % 3600 == 0) return say(Detail::to_hours, fmt::arg("hours", seconds / 3600));
  return say(Detail::to_seconds, fmt::arg("seconds", seconds));
}

void text_row(Page& page, Detail label, const std::string& text) {
  if (!text.empty()) detail(page, label, {{text}});
}

void hop_block(Page& page, const trace::TracedHop& hop) {
  const auto standing = std::string(trace::to_string(hop.standing));
  page.row({{{fmt::format("{:>3}", hop.number), Style::strong}, kNumber},
            {{standing, style_of(hop.standing)}, kLabel}},
           heading_words(hop));
  hop_client_row(page, hop);
  if (hop.received.is_trace)
    detail(page, Detail::label_stamp, stamp_row_words(hop, page.verbose()));
  hop_rows(page, hop);
  if (!hop.findings.empty()) detail(page, Detail::label_findings, joined(hop.findings));
  // Folds leave tabs and runs of blanks; the exact bytes are in the JSON report.
  if (page.verbose() && hop.received.is_trace) {
    text_row(page, Detail::label_raw, on_one_line(hop.raw));
  }
}

}  // namespace

Runs clock_words(const trace::HopClock& clock, const std::string& token, const std::string& what,
                 bool fits) {
  Runs out{{say(Detail::clock_tells, fmt::arg("thing", token), fmt::arg("time", words(clock.time)),
                fmt::arg("precision", precision_words(clock.precision_s)))}};
  if (!clock.skew_s) return out;
  const Style style = fits ? Style::plain : Style::warn;
  Runs fit =
      told(fits ? Detail::clock_fits : Detail::clock_differs,
           {{"what", {", " + what, style}}, {"skew", {delay(*clock.skew_s), style, true}}}, style);
  for (Run& run : fit) out.push_back(std::move(run));
  return out;
}

std::string from_name(const Received::From& from) {
  if (from.helo) return *from.helo;
  if (from.rdns) return *from.rdns;
  if (from.ip) return from.ip->text();
  return say(Detail::unnamed);
}

std::string by_name(const Received::By& by) {
  if (by.host) return *by.host;
  if (by.ip) return by.ip->text();
  return say(Detail::unnamed);
}

Runs stamp_words(const trace::TracedHop& hop) {
  const Received& received = hop.received;
  if (!received.stamp) {
    return {{received.stamp_raw.empty()
                 ? say(Detail::none)
                 : say(Detail::unreadable, fmt::arg("text", received.stamp_raw))}};
  }
  return {{words(received.stamp->instant), Style::plain, true}};
}

Runs delay_words(const trace::TracedHop& hop) {
  if (!hop.delay_s) return {};
  Runs out{{delay(*hop.delay_s), *hop.delay_s < 0 ? Style::warn : Style::strong, true}};
  if (hop.delay_from_date) out.emplace_back(" " + say(Detail::after_date));
  return out;
}

void hop_client_row(Page& page, const trace::TracedHop& hop) {
  if (!hop.received.is_trace) return;
  const Runs client = client_words(hop);
  if (!client.empty())
    detail(page, believed(hop.standing) ? Detail::label_recorded : Detail::label_claimed, client);
}

void hop_rows(Page& page, const trace::TracedHop& hop) {
  const auto row = [&](Detail label, const Runs& text) {
    if (!text.empty()) detail(page, label, text);
  };
  if (hop.received.is_trace) row(Detail::label_transfer, transfer_words(hop.received));
  row(Detail::label_hop_dns, dns_words(hop));
  const bool mismatch = std::find(hop.findings.begin(), hop.findings.end(),
                                  "clock-token-mismatch") != hop.findings.end();
  if (hop.clock) {
    detail(page, Detail::label_hop_clock,
           clock_words(*hop.clock, say(Detail::the_id, fmt::arg("producer", hop.clock->producer)),
                       say(Detail::the_stamp), !mismatch));
  }
  if (page.verbose() || hop.standing == trace::Standing::contradicted) {
    text_row(page, Detail::label_why, hop.standing_reason);
  }
  if (hop.received.is_trace)
    text_row(page, Detail::label_not_read, hop.received.unread.value_or(""));
}

void route_section(Page& page, const trace::Report& report) {
  page.heading(say(Detail::heading_route));
  if (report.hops.empty()) {
    page.row({{"", 2}}, {{say(Detail::no_received)}});
    return;
  }
  bool first = true;
  for (const trace::TracedHop& hop : report.hops) {
    if (!first) page.blank();
    first = false;
    hop_block(page, hop);
  }
}

}  // namespace emltrace::report
