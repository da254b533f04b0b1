#include <fmt/format.h>

#include <algorithm>

#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kAnswerLabel = 10;
constexpr std::size_t kHeaderLabel = 14;

Runs origin_words(const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  // Below the border it is the word of another host, not a record of the recipient's.
  const bool claim = report.envelope.from_hop && origin.hop < report.envelope.from_hop;
  Runs out;
  if (!origin.ip) {
    out.emplace_back("unknown", Style::strong);
    if (!origin.reason.empty()) out.emplace_back(": " + origin.reason);
  } else {
    out.push_back(value_run(origin.ip->text(), Style::strong));
    if (origin.rdns) out.emplace_back(fmt::format(" ({})", *origin.rdns));
    if (origin.recorded_by) {
      out.emplace_back((claim ? ", stated by " : ", recorded by ") + *origin.recorded_by);
    }
    if (origin.hop) {
      out.emplace_back(" in ");
      out.emplace_back(fmt::format("hop {}", *origin.hop), Style::plain, true);
    }
    out.emplace_back(fmt::format("; confidence {}", origin.confidence));
    if (!origin.reason.empty()) out.emplace_back(": " + origin.reason);
  }
  if (origin.claimed_ip && origin.claimed_ip != origin.ip) {
    out.emplace_back(fmt::format(
        " Only the sender's lines claim {}{}.", origin.claimed_ip->text(),
        origin.claimed_hop ? fmt::format(" (hop {})", *origin.claimed_hop)
        : origin.claimed_by
            ? fmt::format(" ({}, line {})", *origin.claimed_by, origin.claimed_line.value_or(0))
            : std::string()));
  }
  return out;
}

std::string aligned_methods(const trace::Report& report) {
  const bool spf = report.dmarc.spf_aligned.value_or(false);
  const bool dkim = report.dmarc.dkim_aligned.value_or(false);
  if (spf && dkim) return "SPF and DKIM pass and are aligned";
  if (dkim && trace::is_signed_in_part(report))
    return "a DKIM signature of its domain passes, but leaves open text that is shown";
  if (dkim) return "a DKIM signature of its domain passes";
  if (spf) return "SPF passes for its domain";
  if (trace::is_signed_by_dkim2(report))
    return "no aligned SPF or DKIM pass, but a DKIM2 chain that holds shows its domain";
  return "no aligned SPF or DKIM pass";
}

std::string policy_words(const dmarc::Verdict& dmarc) {
  if (!dmarc.record_domain) return "no DMARC policy is published";
  if (dmarc.result != auth::Result::fail) {
    return fmt::format("the policy of {} is {}", *dmarc.record_domain,
                       dmarc.policy.value_or("none"));
  }
  return fmt::format("{} asks for {}", *dmarc.record_domain,
                     dmarc.disposition.value_or(dmarc.policy.value_or("none")));
}

std::string author_reason(const trace::Report& report) {
  if (report.dmarc.problem) return *report.dmarc.problem;
  return fmt::format("DMARC {}: {}; {}", auth::to_string(report.dmarc.result),
                     aligned_methods(report), policy_words(report.dmarc));
}

Runs author_words(const trace::Report& report) {
  const Run name = value_run(author_name(report.headers));
  if (name.text.empty()) return {{"none", Style::warn}, {": " + author_reason(report)}};
  switch (report.verdict.author) {
    case trace::AuthorState::authenticated:
      return {name, {" is "}, {"authenticated", Style::good}, {", " + author_reason(report)}};
    case trace::AuthorState::unauthenticated:
      return {name, {" is "}, {"not authenticated", Style::warn}, {", " + author_reason(report)}};
    case trace::AuthorState::contradicted:
      return {name, {" is "}, {"contradicted", Style::bad}, {", " + author_reason(report)}};
    case trace::AuthorState::unknown:
      return {name, {" could "}, {"not be checked", Style::warn}, {", " + author_reason(report)}};
  }
  return {};
}

std::string route_words(const trace::Report& report) {
  if (report.hops.empty()) return "absent: there is no Received field, nothing to trace";
  const auto with = [&](trace::Standing standing) {
    return static_cast<std::size_t>(
        std::count_if(report.hops.begin(), report.hops.end(),
                      [&](const trace::TracedHop& hop) { return hop.standing == standing; }));
  };
  std::string out = fmt::format("{}: {}", trace::to_string(report.verdict.route),
                                counted(report.hops.size(), "hop"));
  for (const auto standing :
       {trace::Standing::own, trace::Standing::border, trace::Standing::corroborated,
        trace::Standing::unverified, trace::Standing::contradicted, trace::Standing::discarded}) {
    if (const auto count = with(standing); count > 0) {
      out += fmt::format(", {} {}", count, trace::to_string(standing));
    }
  }
  return out;
}

void header_row(Page& page, const char* label, const Runs& text) {
  page.row({{"", 2}, {{label, Style::dim}, kHeaderLabel}}, text);
}

void mailbox_row(Page& page, const char* label, const std::vector<Mailbox>& list) {
  if (list.empty()) return;
  header_row(page, label, {value_run(words(list))});
}

Runs date_words(const Headers& headers) {
  if (headers.date) {
    return {{words(headers.date->instant), Style::plain, true},
            {" (written " + headers.date_raw + ")", Style::dim}};
  }
  if (headers.date_raw.empty()) return {{"none"}};
  return {{"not readable: " + headers.date_raw}};
}

void envelope_row(Page& page, const trace::Envelope& envelope) {
  Runs text;
  const auto part = [&text](const char* name, std::string value) {
    if (!text.empty()) text.emplace_back(", ");
    text.emplace_back(name);
    text.push_back(value_run(std::move(value)));
  };
  if (envelope.client_ip) part("client ", envelope.client_ip->text());
  if (envelope.helo) part("HELO ", *envelope.helo);
  if (envelope.mail_from) part("MAIL FROM ", bracketed(*envelope.mail_from));
  if (envelope.rcpt_to) part("RCPT TO ", bracketed(*envelope.rcpt_to));
  if (text.empty()) return;
  if (envelope.from_hop) text.emplace_back(fmt::format(" (hop {})", *envelope.from_hop));
  if (!envelope.overridden.empty()) {
    text.emplace_back(
        fmt::format("; given by command line: {}", fmt::join(envelope.overridden, ", ")));
  }
  header_row(page, "Envelope", text);
}

void wrapper_row(Page& page, const intake::WrapperFacts& wrapper) {
  if (wrapper.wrapper.empty()) return;
  std::string text = "attached to a " + wrapper.wrapper;
  if (!wrapper.wrapper_from.empty()) text += " from " + wrapper.wrapper_from;
  if (!wrapper.wrapper_subject.empty()) text += fmt::format(", \"{}\"", wrapper.wrapper_subject);
  header_row(page, "Found", {{text}});
}

}  // namespace

std::string title(const trace::Report& report) {
  std::string text = report.path == "-" ? "standard input" : report.path;
  if (report.index > 1) text += fmt::format(", message {}", report.index);
  if (report.part) text += fmt::format(", attached as part {}", *report.part);
  if (report.kind == intake::Kind::headers) text += " (header alone)";
  return text;
}

std::string author_name(const Headers& headers) {
  std::string out;
  for (const Mailbox& mailbox : headers.from) {
    if (!out.empty()) out += ", ";
    out += mailbox.address();
  }
  return out;
}

void answer_rows(Page& page, const trace::Report& report) {
  const auto row = [&](const char* label, const Runs& text) {
    page.row({{{label, Style::strong}, kAnswerLabel}}, text);
  };
  row("Origin", origin_words(report));
  row("Author", author_words(report));
  row("Route", {{route_words(report)}});
}

void message_section(Page& page, const trace::Report& report) {
  const Headers& headers = report.headers;
  page.heading("Header, in the sender's words");
  wrapper_row(page, report.wrapper);
  mailbox_row(page, "From", headers.from);
  mailbox_row(page, "Sender", headers.sender);
  mailbox_row(page, "Reply-To", headers.reply_to);
  mailbox_row(page, "To", headers.to);
  if (!headers.to_raw.empty()) header_row(page, "To", {{headers.to_raw + ", no address"}});
  mailbox_row(page, "Cc", headers.cc);
  if (headers.subject) header_row(page, "Subject", {value_run(*headers.subject)});
  header_row(page, "Date", date_words(headers));
  for (const trace::MessageClock& clock : report.clocks) {
    header_row(
        page, "Clock",
        clock_words(clock.clock, "the " + clock.place, "the Date", clock.agrees.value_or(true)));
  }
  header_row(page, "Message-ID",
             {headers.message_id ? value_run(*headers.message_id) : Run("none")});
  if (headers.return_path)
    header_row(page, "Return-Path", {value_run(bracketed(*headers.return_path))});
  envelope_row(page, report.envelope);
  if (!page.verbose()) return;
  for (const trace::SideLine& line : report.beside) {
    header_row(page, "beside",
               {{fmt::format("line {}: {}: {}", line.line, line.name, line.value)}});
  }
}

}  // namespace emltrace::report
