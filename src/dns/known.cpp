#include "dns/known.hpp"

#include <utility>

namespace emltrace::dns {

const Answer& Known::ask(const Question& question) {
  static const Answer kPending;
  if (const auto found = answers_.find(question); found != answers_.end()) return found->second;
  if (noted_.insert(question).second) missing_.push_back(question);
  return kPending;
}

void Known::add(const Question& question, Answer answer) {
  answers_.try_emplace(question, std::move(answer));
}

std::vector<Question> Known::take_missing() {
  noted_.clear();
  std::vector<Question> taken = std::exchange(missing_, {});
  std::erase_if(taken, [this](const Question& question) { return answers_.contains(question); });
  return taken;
}

}  // namespace emltrace::dns
