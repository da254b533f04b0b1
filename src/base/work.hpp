#pragma once

#include <cstddef>
#include <cstdint>

/// Work that searches do, in bytes that they look at, for tests that hold a cost to be linear. It
/// is counted where EMLTRACE_COUNT_WORK is defined, which a release does not; else nothing is
/// compiled.
namespace emltrace::work {

#ifdef EMLTRACE_COUNT_WORK
inline thread_local std::uint64_t counted = 0;
inline void looked_at(std::size_t bytes) {
  counted += bytes;
}
#else
inline void looked_at(std::size_t /*bytes*/) {}
#endif

}  // namespace emltrace::work
