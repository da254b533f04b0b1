#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace emltrace::test {

/// Input of one kind and of any size, made to cost as much as it can for that size: reading it
/// twice as large should take twice as long.
struct Growing {
  std::string_view name;
  std::string (*make)(std::size_t bytes);  ///< of about that many bytes
};
[[nodiscard]] std::span<const Growing> growing_inputs();

}  // namespace emltrace::test
