#pragma once

#include <map>
#include <set>
#include <vector>

#include "dns/client.hpp"

namespace emltrace::dns {

/// The table of known answers of one message. What is asked and not there is noted as missing.
class Known final : public Client {
 public:
  const Answer& ask(const Question& question) override;
  /// The first answer to a question stands: a later one is dropped, references stay as they are.
  void add(const Question& question, Answer answer);
  /// The questions asked since the last call that have no answer, each once, in order of asking.
  [[nodiscard]] std::vector<Question> take_missing();
  /// All that was ever asked and answered, ordered by name and type.
  [[nodiscard]] const std::map<Question, Answer>& answers() const { return answers_; }

 private:
  std::map<Question, Answer> answers_;
  std::vector<Question> missing_;
  std::set<Question> noted_;  ///< what is in `missing_`
};

}  // namespace emltrace::dns
