#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "report/summary/summary.hpp"
#include "report/text/page.hpp"
#include "report/text/section.hpp"

namespace emltrace::report::summary {
namespace {

constexpr std::size_t kIndent = 2;
/// Of a count, to its right end; what is longer stands as it is.
constexpr std::size_t kCount = 6;
constexpr std::size_t kGap = 2;
/// Rows of each table; all there are with -v, as far as the JSON has them.
constexpr std::size_t kRows = 10;
constexpr std::size_t kMoreRows = 50;

std::size_t rows_of(const Page& page) {
  return page.verbose() ? kMoreRows : kRows;
}

/// `12`, or `10 to 12` where it is not known exactly.
template <class Row>
std::string count_words(const Row& row) {
  return row.least == row.most ? std::to_string(row.most)
                               : fmt::format("{} to {}", row.least, row.most);
}

void row(Page& page, const std::string& count, const Runs& text) {
  const std::string told = fmt::format("{:>{}}", count, kCount);
  page.row({{"", kIndent}, {{told}, std::max(told.size(), kCount) + kGap}}, text);
}

void note(Page& page, const std::string& text) {
  page.row({{"", kIndent}}, {{text, Style::dim}});
}

std::string place_words(const Place& place) {
  return fmt::format("{}:{}", place.path, place.index);
}

template <class Counter>
void counter_section(Page& page, const char* heading, const Counter& counter) {
  if (counter.size() == 0) return;
  const std::size_t shown = rows_of(page);
  page.heading(heading);
  for (const auto& each : counter.top(shown)) row(page, count_words(each), {value_run(each.value)});
  if (!counter.is_exact()) {
    note(page, fmt::format("More than {} different ones: a count of two numbers lies between them.",
                           Summary::kCapacity));
  } else if (counter.size() > shown) {
    note(page, fmt::format("and {} more", counter.size() - shown));
  }
}

void levels_section(Page& page, const std::array<std::uint64_t, 4>& levels) {
  page.heading("Levels");
  for (std::size_t i = levels.size(); i-- > 0;) {
    if (levels[i] == 0) continue;
    trace::TraceVerdict verdict;
    verdict.level = static_cast<trace::Level>(i);
    row(page, std::to_string(levels[i]),
        {{std::string(trace::to_string(verdict.level)), style_of(verdict)}});
  }
}

void campaign_rows(Page& page, const std::vector<HeavyHitters<Campaign>::Row>& rows, bool exact) {
  if (rows.empty()) return;
  page.heading("Campaigns: one network, author domain and form of subject");
  for (const auto& each : rows) {
    const Campaign& campaign = each.detail;
    row(page, count_words(each),
        {{campaign.network},
         {", " + campaign.author_domain + ": "},
         {campaign.shape.empty() ? "(no subject)" : campaign.shape, Style::strong},
         {", first " + place_words(campaign.first), Style::dim}});
  }
  if (!exact) note(page, "Too many to count them all: rare ones may be missing.");
}

void slowest_rows(Page& page, const std::vector<dns::Wait>& waits) {
  constexpr std::chrono::milliseconds kWorthTelling{1};
  if (waits.empty() || waits.front().time < kWorthTelling) return;
  page.heading("Slowest DNS answers");
  for (const dns::Wait& wait : waits) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait.time).count();
    row(page, fmt::format("{} ms", ms), {value_run(dns::to_string(wait.question))});
  }
}

void repeated_rows(Page& page, const std::vector<Repeated>& rows, bool exact) {
  if (rows.empty() && exact) return;
  page.heading("Messages that came more than once");
  for (const Repeated& each : rows) {
    row(page, std::to_string(each.copies),
        {{each.sha256.substr(0, 16) + "…", Style::dim}, {" first " + place_words(each.first)}});
  }
  if (!exact)
    note(page,
         fmt::format("Only the first {} different messages were compared.", Summary::kMaxHashes));
}

void repeated_signed_rows(Page& page, const std::vector<RepeatedSigned>& rows, bool exact) {
  if (rows.empty() && exact) return;
  page.heading("Messages that came more than once under one DKIM2 signature");
  for (const RepeatedSigned& each : rows) {
    const SignedCopy& copy = each.signed_as;
    std::string words = fmt::format(", signed for {}", counted(copy.recipients, "recipient"));
    if (copy.exploded) words += " of a message that goes to many";
    if (each.elsewhere > 0)
      words +=
          fmt::format("; {} came to another address",
                      each.elsewhere == 1 ? "1 copy" : fmt::format("{} copies", each.elsewhere));
    if (each.identical) words += "; the same bytes";
    row(page, std::to_string(each.copies),
        {value_run(copy.domain.empty() ? "an unnamed domain" : copy.domain),
         {words},
         {", first " + place_words(each.first), Style::dim}});
  }
  note(page, "A mailbox may rightly hold a copy for each of its addresses among the recipients.");
  if (!exact)
    note(page,
         fmt::format("Only the first {} different messages were compared.", Summary::kMaxHashes));
}

}  // namespace

std::string Summary::to_text(const TextOptions& options) const {
  TextPage page(options);
  std::string title = "Summary of " + counted(messages_, "message");
  if (unread_ > 0) title += "; " + counted(unread_, "input") + " not read";
  if (failed_ > 0) title += "; " + counted(failed_, "message") + " met a fault of the program";
  if (!complete_) title += "; the run was interrupted";
  page.row({}, {{title, Style::strong}});
  levels_section(page, levels_);
  counter_section(page, "Origins", origins_);
  counter_section(page, "Networks of the origins", networks_);
  counter_section(page, "Autonomous systems of the origins", systems_);
  counter_section(page, "Author domains", author_domains_);
  counter_section(page, "DKIM signers that pass", signers_);
  const auto codes = findings();
  if (!codes.empty()) page.heading("Findings, by messages");
  for (const auto& [code, told] : codes)
    row(page, std::to_string(told.messages),
        {{code}, {fmt::format(" ({})", trace::to_string(told.severity)), style_of(told.severity)}});
  campaign_rows(page, campaigns(rows_of(page)), campaigns_.is_exact());
  slowest_rows(page, slowest());
  repeated_rows(page, repeated(rows_of(page)), all_hashes_);
  repeated_signed_rows(page, repeated_signed(rows_of(page)), all_copies_);
  return page.take();
}

}  // namespace emltrace::report::summary
