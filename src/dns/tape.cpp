#include "dns/tape.hpp"

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"
#include "dns/tape_line.hpp"

namespace emltrace::dns {

Answer Recording::add(const Question& question, Answer answer) {
  const auto found = standing_.find(question);
  if (found != standing_.end()) {
    Answer standing = found->second;
    standing.cached = true;
    return standing;
  }
  lines_.push_back(answer_line(question, answer));
  if (!answer.error()) standing_.emplace(question, answer);
  return answer;
}

std::optional<Answer> Recording::find(const Question& question) const {
  const auto found = standing_.find(question);
  if (found == standing_.end()) return std::nullopt;
  Answer standing = found->second;
  standing.cached = true;
  return standing;
}

std::string Recording::text(const TapeHead& head) const {
  std::string text = head_line(head) + "\n";
  for (const std::string& line : lines_) text += line + "\n";
  return text;
}

Result<void> Recording::write(const std::string& path, const TapeHead& head) const {
  return write_file(path, text(head));
}

void Recorder::fetch(const Question& question, Clock::time_point deadline, Done done) {
  if (auto standing = recording_.find(question)) return done(std::move(*standing));
  source_.fetch(question, deadline, [this, question, done = std::move(done)](Answer answer) {
    done(recording_.add(question, std::move(answer)));
  });
}

Result<Replay> Replay::open(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Error{text.error()};
  return parse(*text, path);
}

Result<Replay> Replay::parse(std::string_view text, const std::string& name) {
  auto table = std::make_shared<Table>();
  std::size_t number = 0;
  for (const std::string_view line : text::split(text, '\n')) {
    ++number;
    const auto error = [&](const std::string& what) {
      return Error{name + ":" + std::to_string(number) + ": " + what};
    };
    if (text::trim(line).empty() && number > 1) continue;
    if (number == 1) {
      auto head = read_head_line(line);
      if (!head) return error(head.error());
      table->head = std::move(*head);
      continue;
    }
    auto read = read_answer_line(line);
    if (!read) return error(read.error());
    table->answers[std::move(read->question)].push_back(std::move(read->answer));
  }
  return Replay(std::move(table));
}

void Replay::fetch(const Question& question, Clock::time_point /*deadline*/, Done done) {
  const std::size_t turn = served_[question]++;
  const auto found = table_->answers.find(question);
  if (found == table_->answers.end()) {
    Answer answer;
    answer.status = Status::refused;
    answer.reason = "not in the recording";
    return done(std::move(answer));
  }
  const std::vector<Answer>& answers = found->second;
  Answer answer = answers[std::min(turn, answers.size() - 1)];
  if (turn >= answers.size() && !answer.error()) answer.cached = true;
  done(std::move(answer));
}

}  // namespace emltrace::dns
