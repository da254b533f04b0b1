#include "dns/record_walk.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "dns/question.hpp"

namespace emltrace::dns::wire {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kClassIn = 1;

/// The bytes of a message from front to back. Once they are used up every read fails.
class Walk {
 public:
  explicit Walk(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  std::optional<std::string_view> take(std::size_t size) {
    if (size > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::optional<std::size_t> number8() {
    const auto bytes = take(1);
    if (!bytes) return std::nullopt;
    return static_cast<std::uint8_t>(bytes->front());
  }
  std::optional<std::size_t> number16() {
    const auto bytes = take(2);
    if (!bytes) return std::nullopt;
    return static_cast<std::uint8_t>((*bytes)[0]) * 256U + static_cast<std::uint8_t>((*bytes)[1]);
  }
  /// A name ends with the root or with a pointer (RFC 1035 4.1.4), which is not followed.
  bool skip_name() {
    constexpr std::size_t kPointer = 0xC0;
    while (const auto length = number8()) {
      if (*length == 0) return true;
      if (*length >= kPointer) return take(1).has_value();
      if (!take(*length)) return false;
    }
    return false;
  }
  /// A character-string (RFC 1035 3.3).
  bool skip_string() {
    const auto length = number8();
    return length && take(*length);
  }

 private:
  std::string_view rest_;
};

bool fits(Type type, std::string_view data) {
  constexpr std::size_t kPreference = 2;
  Walk walk(data);
  switch (type) {
    case Type::a:
      return data.size() == 4;
    case Type::aaaa:
      return data.size() == 16;
    case Type::ns:
    case Type::cname:
    case Type::dname:
    case Type::ptr:
      return walk.skip_name() && walk.at_end();
    case Type::mx:
      return walk.take(kPreference) && walk.skip_name() && walk.at_end();
    case Type::txt:
    case Type::spf:
      while (walk.skip_string()) {
        if (walk.at_end()) return true;
      }
      return false;
    case Type::hinfo:
      return walk.skip_string() && walk.skip_string() && walk.at_end();
    case Type::soa:
      break;
  }
  return true;
}

bool record_fits(Walk& walk) {
  constexpr std::size_t kTtl = 4;
  if (!walk.skip_name()) return false;
  const auto type = walk.number16();
  const auto record_class = walk.number16();
  if (!walk.take(kTtl)) return false;
  const auto length = walk.number16();
  const auto data = length ? walk.take(*length) : std::nullopt;
  if (!data) return false;
  return *record_class != kClassIn || fits(static_cast<Type>(*type), *data);
}

}  // namespace

bool answer_lengths_fit(std::string_view message) {
  constexpr std::size_t kTypeAndClass = 4;
  constexpr std::size_t kCounts = 4;
  Walk walk(message);
  walk.take(kCounts);
  const auto questions = walk.number16();
  const auto answers = walk.number16();
  if (!walk.take(kHeaderSize - 2 * kCounts)) return false;
  for (std::size_t i = 0; i < *questions; ++i) {
    if (!walk.skip_name() || !walk.take(kTypeAndClass)) return false;
  }
  for (std::size_t i = 0; i < *answers; ++i) {
    if (!record_fits(walk)) return false;
  }
  return true;
}

}  // namespace emltrace::dns::wire
