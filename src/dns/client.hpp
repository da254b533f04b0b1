#pragma once

#include "dns/answer.hpp"
#include "dns/question.hpp"

namespace emltrace::dns {

/// What evaluators ask. An answer that is not known yet is `pending`, and the question is noted;
/// the evaluator goes on with what else it will need, and is run again when the answers are in. No
/// evaluator waits.
class Client {
 public:
  virtual ~Client() = default;
  /// The reference lives as long as the client.
  virtual const Answer& ask(const Question& question) = 0;
};

}  // namespace emltrace::dns
