#include "cli/job.hpp"

#include <fmt/format.h>

namespace emltrace::cli {

Outcome broken(const Job& job, const std::string& what) {
  const std::string place =
      job.item.index > 1 ? fmt::format("message {}: ", job.item.index) : std::string();
  Outcome outcome;
  outcome.complaint = fmt::format("{}: {}internal error: {}", job.item.path, place, what);
  outcome.status = Status::internal_error;
  return outcome;
}

}  // namespace emltrace::cli
