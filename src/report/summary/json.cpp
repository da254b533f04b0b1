#include <chrono>
#include <utility>

#include "report/json/values.hpp"
#include "report/json/writer.hpp"
#include "report/summary/summary.hpp"
#include "report/version.hpp"

namespace emltrace::report {
namespace json {
namespace {

constexpr const char* kSchema = "emltrace.summary/1";
/// Rows of each table.
constexpr std::size_t kRows = 50;

std::int64_t milliseconds(dns::Source::Clock::duration time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

/// How many different ones there are; null where that is not known.
template <class Counter>
std::optional<std::size_t> distinct(const Counter& counter) {
  return counter.is_exact() ? std::optional(counter.size()) : std::nullopt;
}

template <class Row>
void write_counts(Writer& out, const Row& row) {
  out.member("messages", row.most);
  out.member("messages_at_least", row.least);
}

}  // namespace

void write(Writer& out, const summary::Place& place) {
  const auto object = out.object();
  out.member("path", place.path);
  out.member("index", place.index);
}

void write(Writer& out, const summary::Repeated& repeated) {
  const auto object = out.object();
  out.member("sha256", repeated.sha256);
  out.member("copies", repeated.copies);
  out.member("first", repeated.first);
}

void write(Writer& out, const summary::RepeatedSigned& repeated) {
  const auto object = out.object();
  out.member("key", repeated.signed_as.key);
  out.member("domain", filled(repeated.signed_as.domain));
  out.member("copies", repeated.copies);
  out.member("identical", repeated.identical);
  out.member("signed_for", repeated.signed_as.recipients);
  out.member("exploded", repeated.signed_as.exploded);
  out.member("delivered_elsewhere", repeated.elsewhere);
  out.member("first", repeated.first);
}

void write(Writer& out, const dns::Wait& wait) {
  const auto object = out.object();
  out.member("name", wait.question.name.text());
  out.member("type", to_string(wait.question.type));
  out.member("longest_ms", milliseconds(wait.time));
}

void write(Writer& out, const summary::HeavyHitters<summary::Campaign>::Row& row) {
  const auto object = out.object();
  out.member("network", row.detail.network);
  out.member("author_domain", row.detail.author_domain);
  out.member("subject_shape", row.detail.shape);
  out.member("subject", row.detail.subject);
  write_counts(out, row);
  out.member("first", row.detail.first);
}

}  // namespace json

namespace summary {

void Summary::write_counter(json::Writer& out, std::string_view name, const char* value,
                            const Counter& counter) const {
  const auto object = out.object(name);
  out.member("distinct", json::distinct(counter));
  const auto rows = out.array("top");
  for (const Counter::Row& row : counter.top(json::kRows)) {
    const auto each = out.object();
    out.member(value, row.value);
    json::write_counts(out, row);
  }
}

std::string Summary::to_json(JsonLayout layout) const {
  json::Writer out(layout);
  {
    const auto object = out.object();
    out.member("schema", json::kSchema);
    {
      const auto tool = out.object("tool");
      out.member("name", "emltrace");
      out.member("version", version());
    }
    out.member("complete", complete_);
    out.member("messages", messages_);
    out.member("unread", unread_);
    out.member("failed", failed_);
    {
      const auto levels = out.object("levels");
      for (std::size_t i = 0; i < levels_.size(); ++i)
        out.member(trace::to_string(static_cast<trace::Level>(i)), levels_[i]);
    }
    write_counter(out, "origins", "ip", origins_);
    write_counter(out, "networks", "network", networks_);
    write_counter(out, "systems", "system", systems_);
    write_counter(out, "author_domains", "domain", author_domains_);
    write_counter(out, "dkim_signers", "domain", signers_);
    {
      const auto rows = out.array("findings");
      for (const auto& [code, told] : findings()) {
        const auto each = out.object();
        out.member("code", code);
        out.member("severity", trace::to_string(told.severity));
        out.member("messages", told.messages);
      }
    }
    {
      const auto each = out.object("campaigns");
      out.member("exact", campaigns_.is_exact());
      out.member("top", campaigns(json::kRows));
    }
    out.member("slowest", slowest());
    {
      const auto each = out.object("repeated");
      out.member("exact", all_hashes_);
      out.member("top", repeated(json::kRows));
    }
    {
      const auto each = out.object("repeated_dkim2");
      out.member("exact", all_copies_);
      out.member("top", repeated_signed(json::kRows));
    }
  }
  return std::move(out).take();
}

}  // namespace summary
}  // namespace emltrace::report
