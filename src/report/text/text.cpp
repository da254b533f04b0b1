#include "report/text/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <utility>

#include "base/text.hpp"
#include "report/text/details.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {

std::string words(Instant instant) {
  std::string text = format_rfc3339(instant);
  if (const auto t = text.find('T'); t != std::string::npos) text[t] = ' ';
  return text;
}

std::string words(const std::vector<Mailbox>& mailboxes) {
  std::string out;
  for (const Mailbox& mailbox : mailboxes) {
    if (!out.empty()) out += ", ";
    out += mailbox.display.empty() ? mailbox.address()
                                   : fmt::format("{} <{}>", mailbox.display, mailbox.address());
  }
  return out;
}

std::string delay(std::int64_t seconds) {
  constexpr std::uint64_t kMinute = 60;
  constexpr std::uint64_t kHour = 60 * kMinute;
  constexpr std::uint64_t kDay = 24 * kHour;
  const bool negative = seconds < 0;
  const auto span =
      negative ? 0 - static_cast<std::uint64_t>(seconds) : static_cast<std::uint64_t>(seconds);
  const char* sign = negative ? "−" : "+";
  if (span < 10 * kMinute) return fmt::format("{}{} s", sign, span);
  if (span < kHour) return fmt::format("{}{} min {} s", sign, span / kMinute, span % kMinute);
  if (span < 2 * kDay) {
    return fmt::format("{}{} h {} min", sign, span / kHour, span % kHour / kMinute);
  }
  return fmt::format("{}{} d {} h", sign, span / kDay, span % kDay / kHour);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

Runs joined(const std::vector<std::string>& parts, const char* separator) {
  constexpr std::size_t kShort = 24;
  Runs out;
  for (const std::string& part : parts) {
    if (!out.empty()) out.emplace_back(separator);
    out.emplace_back(part, Style::plain, part.size() <= kShort);
  }
  return out;
}

std::string bracketed(std::string_view path) {
  return fmt::format("<{}>", path);
}

std::string on_one_line(std::string_view raw) {
  return fmt::format("{}", fmt::join(text::words(raw), " "));
}

std::string basis_words(const std::optional<trace::Basis>& basis) {
  if (!basis) return say(Detail::rests_nothing);
  switch (*basis) {
    case trace::Basis::now:
      return say(Detail::rests_now);
    case trace::Basis::recorded:
      return say(Detail::rests_recorded);
    case trace::Basis::both:
      return say(Detail::rests_both);
  }
  return "";
}

std::string unchecked_words(const std::vector<std::string>& codes, std::string_view dns) {
  const std::string facts = dns.empty() ? say(Detail::host_facts) : std::string(dns);
  const std::array<std::pair<std::string_view, std::string_view>, 6> kNames{{{"spf", "SPF"},
                                                                             {"dkim", "DKIM"},
                                                                             {"arc", "ARC"},
                                                                             {"dkim2", "DKIM2"},
                                                                             {"dmarc", "DMARC"},
                                                                             {"dns", facts}}};
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    std::string_view name = code;
    for (const auto& [known, words] : kNames) {
      if (code == known) name = words;
    }
    names.emplace_back(name);
  }
  return text::join(names, ", ");
}

Style style_of(const trace::TraceVerdict& verdict) {
  switch (verdict.level) {
    case trace::Level::clean:
      return verdict.basis || verdict.unchecked.empty() ? Style::good : Style::plain;
    case trace::Level::notice:
      return Style::note;
    case trace::Level::suspicious:
      return Style::warn;
    case trace::Level::forged:
      return Style::bad;
  }
  return Style::plain;
}

Style style_of(trace::Standing standing) {
  switch (standing) {
    case trace::Standing::own:
    case trace::Standing::border:
      return Style::good;
    case trace::Standing::corroborated:
      return Style::note;
    case trace::Standing::unverified:
      return Style::warn;
    case trace::Standing::contradicted:
      return Style::bad;
    case trace::Standing::discarded:
      return Style::dim;
  }
  return Style::plain;
}

Style style_of(trace::Severity severity) {
  switch (severity) {
    case trace::Severity::info:
      return Style::dim;
    case trace::Severity::low:
      return Style::note;
    case trace::Severity::medium:
      return Style::warn;
    case trace::Severity::high:
      return Style::bad;
  }
  return Style::plain;
}

Style style_of(auth::Result result) {
  switch (result) {
    case auth::Result::pass:
      return Style::good;
    case auth::Result::fail:
      return Style::bad;
    case auth::Result::softfail:
    case auth::Result::policy:
    case auth::Result::permerror:
    case auth::Result::temperror:
      return Style::warn;
    case auth::Result::none:
    case auth::Result::neutral:
      return Style::plain;
  }
  return Style::plain;
}

namespace {

void first_screen(TextPage& page, const trace::Report& report) {
  page.row({}, {{title(report), Style::strong}});
  page.blank();
  verdict_rows(page, report);
  identity_rows(page, report);
  contact_rows(page, report);
  answer_parts(page, Phrase::label_checks, checks_in_short(report));
  road_section(page, report);
  if (!page.verbose()) reasons_section(page, report);
  checks_section(page, report);
}

void details(TextPage& page, const trace::Report& report) {
  findings_section(page, report);
  message_section(page, report);
  route_section(page, report);
  if (!report.hops.empty()) {
    page.blank();
    page.row({}, {{say(Phrase::legend), Style::dim}});
  }
  contact_sections(page, report);
  auth_section(page, report);
  recorded_section(page, report);
  notes_section(page, report);
}

}  // namespace

std::string to_text(const trace::Report& report, const TextOptions& options) {
  TextPage page(options);
  first_screen(page, report);
  if (page.verbose())
    details(page, report);
  else
    closing_rows(page, report);
  return page.take();
}

}  // namespace emltrace::report
