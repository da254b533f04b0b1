#include "cli/job.hpp"

#include <fmt/format.h>

#include "cli/complaint.hpp"

namespace emltrace::cli {

Outcome broken(const Job& job, const std::exception& error) {
  const std::string place =
      job.item.index > 1 ? fmt::format("message {}: ", job.item.index) : std::string();
  Outcome outcome;
  outcome.complaint = fmt::format("{}: {}{}", job.item.path, place, reason_of(error));
  outcome.status = Status::internal_error;
  return outcome;
}

}  // namespace emltrace::cli
