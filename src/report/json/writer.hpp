#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace emltrace::report {

enum class JsonLayout {
  indented,  ///< one object over several lines, two spaces a level
  line,      ///< one object on one line
};

}  // namespace emltrace::report

namespace emltrace::report::json {

/// Writes one JSON text (RFC 8259) from front to back: members stand in the order in which they are
/// told. Linear in what is written. Each name of an object is to be told once.
///
/// A type of the project is a value where there is a `write(Writer&, const T&)` in this very
/// namespace (not an unnamed one): it is found by its argument.
class Writer {
 public:
  /// An object or array that is open; it ends with the scope.
  class [[nodiscard]] Scope {
   public:
    Scope(Writer& out, char end) : out_(out), end_(end) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { out_.end(end_); }

   private:
    Writer& out_;
    char end_;
  };

  explicit Writer(JsonLayout layout) : indented_(layout == JsonLayout::indented) {}

  Scope object();
  Scope array();
  Scope object(std::string_view name);
  Scope array(std::string_view name);

  /// Null for an absent value, an array for a vector.
  template <class T>
  void value(const T& value);
  template <class T>
  void member(std::string_view name, const T& value) {
    key(name);
    this->value(value);
  }

  /// The name of the member whose value comes next.
  void key(std::string_view name);

  /// The whole text, ended by a line end. Every scope has ended.
  [[nodiscard]] std::string take() &&;

 private:
  void begin(char bracket);
  void end(char bracket);
  /// What stands before a value or a name: comma, line end, indentation.
  void separate();
  void break_line();
  void string(std::string_view text);
  void number(std::int64_t value);
  void number(std::uint64_t value);
  void number(double value);
  void word(std::string_view word);

  std::string out_;
  std::size_t depth_ = 0;
  bool indented_;
  bool empty_ = true;       ///< nothing stands in the innermost object or array yet
  bool after_key_ = false;  ///< the next value belongs to a name
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
void Writer::value(const T& value) {
  if constexpr (std::same_as<T, std::nullptr_t>) {
    word("null");
  } else if constexpr (std::same_as<T, bool>) {
    word(value ? "true" : "false");
  } else if constexpr (std::signed_integral<T>) {
    number(static_cast<std::int64_t>(value));
  } else if constexpr (std::unsigned_integral<T>) {
    number(static_cast<std::uint64_t>(value));
  } else if constexpr (std::floating_point<T>) {
    number(static_cast<double>(value));
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    string(value);
  } else if constexpr (IsOptional<T>::value) {
    if (value) {
      this->value(*value);
    } else {
      word("null");
    }
  } else if constexpr (IsVector<T>::value) {
    const auto scope = array();
    for (const auto& each : value) this->value(each);
  } else {
    write(*this, value);
  }
}

}  // namespace emltrace::report::json
