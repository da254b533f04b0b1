#pragma once

#include <algorithm>
#include <ctime>

namespace emltrace::test {

/// Seconds of CPU time that this process has used.
[[nodiscard]] inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// The least CPU time, in seconds, of so many runs of `work`: what else the machine does only adds.
template <class Work>
[[nodiscard]] double least_cpu_seconds(int runs, const Work& work) {
  double least = 1e9;
  for (int run = 0; run < runs; ++run) {
    const double start = cpu_seconds();
    work();
    least = std::min(least, cpu_seconds() - start);
  }
  return least;
}

}  // namespace emltrace::test
