#include "dns/tape.hpp"

#include "dns/zone.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

/// What a recording answers to each question that stands in `questions`.
dns::Answer answer_of(dns::Replay& replay, const dns::Question& question) {
  dns::Answer out;
  replay.fetch(question, {}, [&](dns::Answer answer) { out = std::move(answer); });
  return out;
}

// The questions that the lines of a recording are about, read for itself.
std::vector<dns::Question> questions_in(std::string_view text) {
  constexpr std::size_t kMost = 100;
  std::vector<dns::Question> out;
  constexpr std::string_view kName = R"({"name":")";
  std::size_t at = 0;
  while (out.size() < kMost && (at = text.find(kName, at)) != std::string_view::npos) {
    at += kName.size();
    const auto name = DomainName::parse_octets(text.substr(at, text.find('"', at) - at));
    if (!name) continue;
    for (const auto type : {dns::Type::a, dns::Type::mx, dns::Type::txt, dns::Type::ptr}) {
      out.push_back({*name, type});
    }
  }
  return out;
}

void run(std::string_view input) {
  auto replay = dns::Replay::parse(input, "fuzz.jsonl");
  if (!replay) {
    expect(replay.error().starts_with("fuzz.jsonl"), "an error names the file");
    return;
  }
  dns::Recording recording;
  std::vector<std::pair<dns::Question, dns::Answer>> standing;
  for (const dns::Question& question : questions_in(input)) {
    dns::Answer answer = answer_of(*replay, question);
    expect(!answer.pending(), "a recording answers at once");
    recording.add(0, question, answer);
    standing.emplace_back(question, std::move(answer));
  }
  const std::string text = recording.text(replay->head());
  auto again = dns::Replay::parse(text, "again.jsonl");
  expect(static_cast<bool>(again), "a recording that is written again is read");
  expect(again->head().inputs == replay->head().inputs && again->head().now == replay->head().now,
         "the head comes back");
  for (const auto& [question, answer] : standing) {
    if (answer.error() || answer.cached) continue;  // of these there may be several lines
    expect(answer_of(*again, question) == answer, "an answer comes back");
  }
}

// The answers that the zones give to what stands in them, recorded.
Inputs seeds() {
  Inputs out = files({".dns", ".jsonl"});
  for (const std::string& text : zones()) {
    dns::Zone zone;
    const auto file = dns::wire::read_master_file(text, "seed");
    if (!file || !zone.add_text(text, "seed")) continue;
    dns::Recording recording;
    for (const dns::wire::Entry& entry : file->entries) {
      if (!entry.record) continue;
      const dns::Question question{entry.owner, entry.record->type};
      recording.add(0, question, zone.lookup(question));
    }
    out.push_back(recording.text({"0.1.0", {}, {"192.0.2.53:53"}, Instant{}}));
  }
  return out;
}

const Registration registration({"tape", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
