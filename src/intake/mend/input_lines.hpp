#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace emltrace::intake {

/// Bytes of one UTF-16 unit order, told by a byte order mark or by the zeros of ASCII text.
enum class Utf16 { none, little, big };
[[nodiscard]] Utf16 utf16_order(std::string_view bytes);

/// Lines of an input by the offset of their first byte, where CR, LF, CRLF, or UTF-16 forms end
/// them.
class InputLines {
 public:
  explicit InputLines(std::string_view input);
  /// 1 is the first line.
  [[nodiscard]] std::size_t line_of(std::size_t offset) const;

 private:
  std::vector<std::size_t> starts_;
};

}  // namespace emltrace::intake
