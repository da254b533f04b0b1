#include "dns/tape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"
#include "dns/tape_line.hpp"

namespace emltrace::dns {

bool Recording::add(std::size_t input, const Question& question, Answer answer) {
  // Who asked first is a matter of chance where several wait; here the first in order is.
  answer.cached = false;
  const auto found = standing_.find(question);
  if (found != standing_.end() && found->second == answer) return false;
  lines_.push_back(answer_line({question, answer, input}));
  standing_.insert_or_assign(question, std::move(answer));
  return true;
}

std::string Recording::text(const TapeHead& head) const {
  std::string text = head_line(head) + "\n";
  for (const std::string& line : lines_) text += line + "\n";
  return text;
}

Result<void> Recording::write(const std::string& path, const TapeHead& head) const {
  return write_file(path, text(head));
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
      return Error{fmt::format("{}:{}: {}", name, number, what)};
    };
    if (text::trim(line).empty() && number > 1) continue;
    if (number == 1) {
      auto head = read_head_line(line);
      if (!head) return error(head.error());
      table->head = std::move(*head);
      for (std::size_t i = 0; i < table->head.inputs.size(); ++i)
        table->inputs.try_emplace(table->head.inputs[i], i);
      continue;
    }
    auto read = read_answer_line(line);
    if (!read) return error(read.error());
    table->answers[std::move(read->question)].push_back({read->input, std::move(read->answer)});
  }
  for (auto& [question, lines] : table->answers) std::ranges::stable_sort(lines, {}, &Line::input);
  return Replay(std::move(table));
}

std::optional<std::size_t> Replay::find_input(const std::string& sha256, std::size_t index) const {
  const std::vector<std::string>& inputs = table_->head.inputs;
  if (index < inputs.size() && inputs[index] == sha256) return index;
  const auto found = table_->inputs.find(sha256);
  if (found == table_->inputs.end()) return std::nullopt;
  return found->second;
}

Replay Replay::of_input(std::size_t input) const {
  Replay copy = *this;
  copy.input_ = input;
  return copy;
}

void Replay::fetch(const Question& question, Clock::time_point /*deadline*/, Done done) {
  const auto found = table_->answers.find(question);
  if (found == table_->answers.end()) {
    Answer answer;
    answer.status = Status::refused;
    answer.reason = "not in the recording";
    return done(std::move(answer));
  }
  const std::vector<Line>& lines = found->second;
  auto line = std::ranges::upper_bound(lines, input_, {}, &Line::input);
  if (line != lines.begin()) --line;
  Answer answer = line->answer;
  answer.cached = line->input < input_;
  done(std::move(answer));
}

}  // namespace emltrace::dns
