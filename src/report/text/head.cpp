#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/text/details.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kAnswerLabel = 10;
constexpr std::size_t kHeaderLabel = 14;

/// ` (hop 1)`, ` (X-Originating-IP, line 9)`; empty where the claim has no place.
std::string claim_place(const trace::Origin& origin) {
  if (origin.claimed_hop)
    return fmt::format(" ({})", say(Phrase::in_hop, fmt::arg("hops", *origin.claimed_hop)));
  if (!origin.claimed_by) return "";
  return fmt::format(" ({})", say(Detail::claimed_in_field, fmt::arg("field", *origin.claimed_by),
                                  fmt::arg("line", origin.claimed_line.value_or(0))));
}

Runs origin_words(const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  // Below the border it is the word of another host, not a record of the recipient's.
  const bool claim = report.envelope.from_hop && origin.hop < report.envelope.from_hop;
  Runs out;
  if (!origin.ip) {
    out.emplace_back(say(Phrase::origin_unknown), Style::strong);
    if (!origin.reason.empty()) out.emplace_back(": " + origin.reason);
  } else {
    out.push_back(value_run(origin.ip->text(), Style::strong));
    if (origin.rdns) out.emplace_back(fmt::format(" ({})", *origin.rdns));
    if (origin.recorded_by) {
      out.emplace_back(", " + say(claim ? Detail::stated_by : Detail::recorded_by,
                                  fmt::arg("host", *origin.recorded_by)));
    }
    if (origin.hop) {
      out.emplace_back(" ");
      for (Run& run : told(
               Detail::in_hop,
               {{"hop", {say(Phrase::in_hop, fmt::arg("hops", *origin.hop)), Style::plain, true}}}))
        out.push_back(std::move(run));
    }
    out.emplace_back("; " + say(Phrase::confidence, fmt::arg("level", origin.confidence)));
    if (!origin.reason.empty()) out.emplace_back(": " + origin.reason);
  }
  if (origin.claimed_ip && origin.claimed_ip != origin.ip) {
    out.emplace_back(" " + say(Detail::only_claimed,
                               fmt::arg("what", origin.claimed_ip->text() + claim_place(origin))));
  }
  return out;
}

std::string aligned_methods(const trace::Report& report) {
  const bool spf = report.dmarc.spf_aligned.value_or(false);
  const bool dkim = report.dmarc.dkim_aligned.value_or(false);
  if (spf && dkim) return say(Detail::methods_both);
  if (dkim && trace::is_signed_in_part(report)) return say(Detail::methods_in_part);
  if (dkim) return say(Detail::methods_dkim);
  if (spf) return say(Detail::methods_spf);
  if (trace::is_signed_by_dkim2(report)) return say(Detail::methods_dkim2);
  return say(Detail::methods_none);
}

std::string policy_words(const dmarc::Verdict& dmarc) {
  if (!dmarc.record_domain) return say(Detail::policy_none);
  if (dmarc.result != auth::Result::fail) {
    return say(Phrase::policy, fmt::arg("domain", *dmarc.record_domain),
               fmt::arg("policy", dmarc.policy.value_or("none")));
  }
  return say(Phrase::policy_asks, fmt::arg("domain", *dmarc.record_domain),
             fmt::arg("policy", dmarc.disposition.value_or(dmarc.policy.value_or("none"))));
}

std::string author_reason(const trace::Report& report) {
  if (report.dmarc.problem) return *report.dmarc.problem;
  return say(Detail::author_reason, fmt::arg("result", auth::to_string(report.dmarc.result)),
             fmt::arg("methods", aligned_methods(report)),
             fmt::arg("policy", policy_words(report.dmarc)));
}

Runs author_words(const trace::Report& report) {
  const Run name = value_run(author_name(report.headers));
  const std::string reason = author_reason(report);
  if (name.text.empty()) return {{say(Detail::none), Style::warn}, {": " + reason}};
  const auto is = [&](Detail sentence, const std::string& state, Style style) {
    return told(sentence, {{"author", name}, {"state", {state, style}}, {"reason", {reason}}});
  };
  switch (report.verdict.author) {
    case trace::AuthorState::authenticated:
      return is(Detail::author_is, say(Phrase::author_authenticated), Style::good);
    case trace::AuthorState::unauthenticated:
      return is(Detail::author_is, say(Phrase::author_unauthenticated), Style::warn);
    case trace::AuthorState::contradicted:
      return is(Detail::author_is, say(Phrase::author_contradicted), Style::bad);
    case trace::AuthorState::unknown:
      return is(Detail::author_could, say(Detail::not_be_checked), Style::warn);
  }
  return {};
}

std::string route_words(const trace::Report& report) {
  if (report.hops.empty()) return say(Detail::route_absent);
  const auto with = [&](trace::Standing standing) {
    return static_cast<std::size_t>(
        std::count_if(report.hops.begin(), report.hops.end(),
                      [&](const trace::TracedHop& hop) { return hop.standing == standing; }));
  };
  std::string out =
      say(Detail::route_counts, fmt::arg("state", trace::to_string(report.verdict.route)),
          fmt::arg("hops", counted(report.hops.size(), "hop")));
  for (const auto standing :
       {trace::Standing::own, trace::Standing::border, trace::Standing::corroborated,
        trace::Standing::unverified, trace::Standing::contradicted, trace::Standing::discarded}) {
    if (const auto count = with(standing); count > 0) {
      out += ", " + say(Detail::route_with, fmt::arg("count", count),
                        fmt::arg("standing", trace::to_string(standing)));
    }
  }
  return out;
}

void header_row(Page& page, Detail label, const Runs& text) {
  page.row({{"", 2}, {{say(label), Style::dim}, kHeaderLabel}}, text);
}

void mailbox_row(Page& page, Detail label, const std::vector<Mailbox>& list) {
  if (list.empty()) return;
  header_row(page, label, {value_run(words(list))});
}

Runs date_words(const Headers& headers) {
  if (headers.date) {
    return {{words(headers.date->instant), Style::plain, true},
            {" " + say(Detail::date_written, fmt::arg("date", headers.date_raw)), Style::dim}};
  }
  if (headers.date_raw.empty()) return {{say(Detail::none)}};
  return {{say(Detail::unreadable, fmt::arg("text", headers.date_raw))}};
}

void envelope_row(Page& page, const trace::Envelope& envelope) {
  Runs text;
  const auto part = [&text](Detail what, std::string value) {
    if (!text.empty()) text.emplace_back(", ");
    for (Run& run : told(what, {{"value", value_run(std::move(value))}}))
      text.push_back(std::move(run));
  };
  if (envelope.client_ip) part(Detail::client, envelope.client_ip->text());
  if (envelope.helo) part(Detail::helo, *envelope.helo);
  if (envelope.mail_from) part(Detail::mail_from, bracketed(*envelope.mail_from));
  if (envelope.rcpt_to) part(Detail::rcpt_to, bracketed(*envelope.rcpt_to));
  if (text.empty()) return;
  if (envelope.from_hop)
    text.emplace_back(
        fmt::format(" ({})", say(Phrase::in_hop, fmt::arg("hops", *envelope.from_hop))));
  if (!envelope.overridden.empty())
    text.emplace_back("; " +
                      say(Detail::given, fmt::arg("names", text::join(envelope.overridden, ", "))));
  header_row(page, Detail::label_envelope, text);
}

void wrapper_row(Page& page, const intake::WrapperFacts& wrapper) {
  if (wrapper.wrapper.empty()) return;
  header_row(page, Detail::label_found, {{found_words(wrapper)}});
}

}  // namespace

std::string place(const trace::Report& report) {
  std::string text = report.path == "-" ? say(Detail::standard_input) : report.path;
  if (report.index > 1) text += ", " + say(Detail::nth_message, fmt::arg("index", report.index));
  if (report.part) text += ", " + say(Detail::attached_part, fmt::arg("part", *report.part));
  return text;
}

std::string title(const trace::Report& report) {
  const bool headers = report.kind == intake::Kind::headers;
  return place(report) + (headers ? " " + say(Detail::header_alone) : "");
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
  const auto row = [&](Phrase label, const Runs& text) {
    page.row({{{say(label), Style::strong}, kAnswerLabel}}, text);
  };
  row(Phrase::label_origin, origin_words(report));
  row(Phrase::label_author, author_words(report));
  row(Phrase::label_route, {{route_words(report)}});
}

void message_section(Page& page, const trace::Report& report) {
  const Headers& headers = report.headers;
  page.heading(say(Detail::heading_header));
  wrapper_row(page, report.wrapper);
  mailbox_row(page, Detail::label_from, headers.from);
  mailbox_row(page, Detail::label_sender, headers.sender);
  mailbox_row(page, Detail::label_reply_to, headers.reply_to);
  mailbox_row(page, Detail::label_to, headers.to);
  if (!headers.to_raw.empty())
    header_row(page, Detail::label_to,
               {{say(Detail::to_unread, fmt::arg("text", headers.to_raw))}});
  mailbox_row(page, Detail::label_cc, headers.cc);
  if (headers.subject) header_row(page, Detail::label_subject, {value_run(*headers.subject)});
  header_row(page, Detail::label_date, date_words(headers));
  for (const trace::MessageClock& clock : report.clocks) {
    header_row(page, Detail::label_clock,
               clock_words(clock.clock, say(Detail::the_thing, fmt::arg("thing", clock.place)),
                           say(Detail::the_date), clock.agrees.value_or(true)));
  }
  header_row(page, Detail::label_message_id,
             {headers.message_id ? value_run(*headers.message_id) : Run(say(Detail::none))});
  if (headers.return_path)
    header_row(page, Detail::label_return_path, {value_run(bracketed(*headers.return_path))});
  envelope_row(page, report.envelope);
  if (!page.verbose()) return;
  for (const trace::SideLine& line : report.beside) {
    header_row(page, Detail::label_beside,
               {{say(Detail::side_line, fmt::arg("line", line.line), fmt::arg("name", line.name),
                     fmt::arg("value", on_one_line(line.value)))}});
  }
}

}  // namespace emltrace::report
