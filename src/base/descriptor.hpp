#pragma once

#include <string_view>

namespace emltrace {

/// A file descriptor that is closed at its end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  /// Below 0 where there is none.
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  /// False, with `errno`, where the system could not write what it still held.
  [[nodiscard]] bool close();

 private:
  int number_ = -1;
};

/// Writes all bytes, in as many steps as it takes. False, with `errno`, where the system refuses.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);

}  // namespace emltrace
