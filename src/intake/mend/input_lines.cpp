#include "intake/mend/input_lines.hpp"

#include <algorithm>
#include <array>

namespace emltrace::intake {
namespace {

// A byte order mark apart, ASCII text of 16 units has a zero in every other byte.
constexpr std::size_t kUtf16Sample = 1'024;

Utf16 guess_by_zeros(std::string_view bytes) {
  const std::size_t size = std::min(bytes.size(), kUtf16Sample) & ~std::size_t{1};
  if (size < 16) {
    return Utf16::none;
  }
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < size; ++i) {
    zeros[i % 2] += bytes[i] == '\0' ? 1U : 0U;
  }
  if (zeros[0] == 0 && zeros[1] * 4 >= size) {
    return Utf16::little;
  }
  return zeros[1] == 0 && zeros[0] * 4 >= size ? Utf16::big : Utf16::none;
}

}  // namespace

Utf16 utf16_order(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) {
    return Utf16::little;
  }
  if (bytes.starts_with("\xFE\xFF")) {
    return Utf16::big;
  }
  return guess_by_zeros(bytes);
}

InputLines::InputLines(std::string_view input) : starts_{0} {
  const Utf16 order = utf16_order(input);
  const std::size_t step = order == Utf16::none ? 1 : 2;
  const std::size_t low = order == Utf16::big ? 1 : 0;
  const auto is = [&](std::size_t at, char c) {
    return input[at + low] == c && (step == 1 || input[at + (1 - low)] == '\0');
  };
  const char end = input.find('\n') == std::string_view::npos ? '\r' : '\n';
  for (std::size_t at = 0; at + step <= input.size(); at += step) {
    if (is(at, end)) {
      starts_.push_back(at + step);
    }
  }
}

std::size_t InputLines::line_of(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(starts_, offset);
  return static_cast<std::size_t>(after - starts_.begin());
}

}  // namespace emltrace::intake
