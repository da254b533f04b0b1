#include "cli/status.hpp"

#include <algorithm>
#include <array>

namespace emltrace::cli {

Status worse(Status a, Status b) {
  constexpr std::array kOrder{Status::interrupted,   Status::internal_error, Status::reader_gone,
                              Status::not_written,   Status::wrong_usage,    Status::not_read,
                              Status::level_reached, Status::undecided,      Status::traced};
  return *std::min(std::ranges::find(kOrder, a), std::ranges::find(kOrder, b));
}

}  // namespace emltrace::cli
