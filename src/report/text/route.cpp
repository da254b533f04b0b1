#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kNumber = 5;
constexpr std::size_t kLabel = 14;

void detail(Page& page, const char* label, const Runs& text) {
  page.row({{"", kNumber}, {{label, Style::dim}, kLabel}}, text);
}

bool believed(trace::Standing standing) {
  return standing == trace::Standing::own || standing == trace::Standing::border ||
         standing == trace::Standing::corroborated;
}

Runs heading_words(const trace::TracedHop& hop) {
  if (!hop.received.is_trace) return {{"no trace line: "}, {hop.raw}};
  return {{from_name(hop.received.from)},
          {" → "},
          {by_name(hop.received.by), Style::strong},
          {fmt::format(" (line {})", hop.line), Style::dim, true}};
}

Runs client_words(const trace::TracedHop& hop) {
  const Received::From& from = hop.received.from;
  std::vector<std::string> parts;
  if (from.ip) {
    std::string client = "client " + from.ip->text();
    if (from.rdns) client += fmt::format(" ({})", *from.rdns);
    if (from.port) client += fmt::format(" port {}", *from.port);
    parts.push_back(std::move(client));
  } else if (from.rdns) {
    parts.push_back("client named " + *from.rdns);
  }
  if (from.redacted) parts.push_back(fmt::format("address blacked out (\"{}\")", *from.redacted));
  if (from.invalid_ip) parts.push_back(fmt::format("\"{}\" is no address", *from.invalid_ip));
  if (from.helo) {
    const char* word = from.helo_stated ? "HELO" : parts.empty() ? "client named" : "named";
    const char* whose = hop.standing == trace::Standing::border ? " (the client's word)" : "";
    parts.push_back(fmt::format("{} {}{}", word, *from.helo, whose));
  }
  if (from.ident) parts.push_back("ident " + *from.ident);
  if (hop.received.authenticated) {
    parts.push_back(hop.received.auth_user ? "authenticated as " + *hop.received.auth_user
                                           : "authenticated");
  }
  if (hop.received.local_submission) parts.emplace_back("submitted on that host");
  return joined(parts);
}

Run written_run(const Received& received) {
  return {fmt::format("  (written {})", fmt::join(text::words(received.stamp_raw), " ")),
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
  std::string out = tls.version.value_or("TLS");
  if (tls.cipher) out += " " + *tls.cipher;
  if (tls.bits) out += fmt::format(" {} bits", *tls.bits);
  return out;
}

Runs transfer_words(const Received& received) {
  std::vector<std::string> parts;
  if (received.via) parts.push_back("via " + *received.via);
  if (received.with) parts.push_back("with " + *received.with);
  if (received.tls) parts.push_back(tls_words(*received.tls));
  if (received.id) parts.push_back("id " + *received.id);
  if (received.for_) parts.push_back("for " + bracketed(*received.for_));
  if (received.envelope_from) {
    parts.push_back("envelope-from " + bracketed(*received.envelope_from));
  }
  if (received.by.software) parts.push_back("software " + *received.by.software);
  return joined(parts);
}

Runs dns_words(const trace::TracedHop& hop) {
  std::vector<std::string> parts;
  const trace::HopDns& dns = hop.dns;
  if (dns.ptr && dns.ptr->empty()) parts.emplace_back("the address has no name");
  if (dns.ptr && !dns.ptr->empty()) {
    std::vector<std::string> names;
    for (const DomainName& name : *dns.ptr) names.push_back(name.text());
    std::string text = fmt::format("the address is {}", fmt::join(names, ", "));
    if (dns.forward_confirmed) {
      text += *dns.forward_confirmed ? " (confirmed)" : " (that name does not have the address)";
    }
    parts.push_back(std::move(text));
  }
  if (dns.helo_confirmed) {
    parts.emplace_back(*dns.helo_confirmed ? "the HELO name belongs to it"
                                           : "the HELO name does not belong to it");
  }
  if (dns.by_exists && !*dns.by_exists) {
    parts.push_back(fmt::format("{} does not exist", by_name(hop.received.by)));
  }
  return joined(parts, "; ");
}

/// How exactly a token tells the time: `to the second`.
std::string precision_words(std::int64_t seconds) {
  if (seconds <= 1) return "to the second";
  if (seconds % 3600 == 0) return fmt::format("to {} h", seconds / 3600);
  return fmt::format("to {} s", seconds);
}

void text_row(Page& page, const char* label, const std::string& text) {
  if (!text.empty()) detail(page, label, {{text}});
}

void hop_block(Page& page, const trace::TracedHop& hop) {
  const auto standing = std::string(trace::to_string(hop.standing));
  page.row({{{fmt::format("{:>3}", hop.number), Style::strong}, kNumber},
            {{standing, style_of(hop.standing)}, kLabel}},
           heading_words(hop));
  hop_client_row(page, hop);
  if (hop.received.is_trace) detail(page, "stamp", stamp_row_words(hop, page.verbose()));
  hop_rows(page, hop);
  if (!hop.findings.empty()) detail(page, "findings", joined(hop.findings));
  // Folds leave tabs and runs of blanks; the exact bytes are in the JSON report.
  if (page.verbose() && hop.received.is_trace) {
    text_row(page, "raw", fmt::format("{}", fmt::join(text::words(hop.raw), " ")));
  }
}

}  // namespace

Runs clock_words(const trace::HopClock& clock, const std::string& token, const char* what,
                 bool fits) {
  Runs out{{fmt::format("{} tells {} ({})", token, words(clock.time),
                        precision_words(clock.precision_s))}};
  if (!clock.skew_s) return out;
  const Style style = fits ? Style::plain : Style::warn;
  out.emplace_back(fmt::format(", {} {} ", what, fits ? "fits:" : "does not fit:"), style);
  out.emplace_back(delay(*clock.skew_s), style, true);
  return out;
}

std::string from_name(const Received::From& from) {
  if (from.helo) return *from.helo;
  if (from.rdns) return *from.rdns;
  if (from.ip) return from.ip->text();
  return "(unnamed)";
}

std::string by_name(const Received::By& by) {
  if (by.host) return *by.host;
  if (by.ip) return by.ip->text();
  return "(unnamed)";
}

Runs stamp_words(const trace::TracedHop& hop) {
  const Received& received = hop.received;
  if (!received.stamp) {
    return {{received.stamp_raw.empty() ? "none" : "not readable: " + received.stamp_raw}};
  }
  return {{words(received.stamp->instant), Style::plain, true}};
}

Runs delay_words(const trace::TracedHop& hop) {
  if (!hop.delay_s) return {};
  Runs out{{delay(*hop.delay_s), *hop.delay_s < 0 ? Style::warn : Style::strong, true}};
  if (hop.delay_from_date) out.emplace_back(" after the Date");
  return out;
}

void hop_client_row(Page& page, const trace::TracedHop& hop) {
  if (!hop.received.is_trace) return;
  const Runs client = client_words(hop);
  if (!client.empty()) detail(page, believed(hop.standing) ? "recorded" : "claimed", client);
}

void hop_rows(Page& page, const trace::TracedHop& hop) {
  const auto row = [&](const char* label, const Runs& text) {
    if (!text.empty()) detail(page, label, text);
  };
  if (hop.received.is_trace) row("transfer", transfer_words(hop.received));
  row("DNS", dns_words(hop));
  const bool mismatch = std::find(hop.findings.begin(), hop.findings.end(),
                                  "clock-token-mismatch") != hop.findings.end();
  if (hop.clock) {
    detail(page, "clock",
           clock_words(*hop.clock, "the " + hop.clock->producer + " id", "the stamp", !mismatch));
  }
  if (page.verbose() || hop.standing == trace::Standing::contradicted) {
    text_row(page, "why", hop.standing_reason);
  }
  if (hop.received.is_trace) text_row(page, "not read", hop.received.unread.value_or(""));
}

void route_section(Page& page, const trace::Report& report) {
  page.heading("Route, oldest hop first");
  if (report.hops.empty()) {
    page.row({{"", 2}}, {{"No Received field."}});
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
