#include "base/base64.hpp"

#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::int8_t kForeign = -1;

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = kForeign;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
constexpr auto kValues = make_values();

// The alphabet for URLs and file names has two other characters (RFC 4648 5).
constexpr std::array<std::int8_t, 256> make_either_values() {
  auto values = kValues;
  values['-'] = values['+'];
  values['_'] = values['/'];
  return values;
}
constexpr auto kEitherValues = make_either_values();

std::optional<std::string> decode(std::string_view text, const std::array<std::int8_t, 256>& values,
                                  bool lenient) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  std::size_t characters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (text::is_space(c)) continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::int8_t value = values[static_cast<unsigned char>(c)];
    if (value == kForeign || padding > 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    ++characters;
    if (characters % 4 != 1)
      out += static_cast<char>((bits >> (6 - 2 * ((characters + 3) % 4))) & 0xFFU);
  }
  const std::size_t needed = (4 - characters % 4) % 4;
  if (needed == 3) return std::nullopt;
  if (padding != needed && !(lenient && padding == 0)) return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::string> base64_decode(std::string_view text, bool lenient) {
  return decode(text, kValues, lenient);
}

std::optional<std::string> base64_decode_either(std::string_view text) {
  return decode(text, kEitherValues, true);
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = bytes.size() - at < 3 ? bytes.size() - at : 3;
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = (group << 8U) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= count ? kAlphabet[(group >> (18 - 6 * i)) & 0x3FU] : '=';
    }
  }
  return out;
}

}  // namespace emltrace
