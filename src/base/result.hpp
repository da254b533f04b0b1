#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace emltrace {

/// Why a value could not be had: one line for a person, without a line end.
struct Error {
  std::string message;
};

/// A value, or the reason why there is none. Used where input from outside may be bad.
template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  [[nodiscard]] explicit operator bool() const { return std::holds_alternative<T>(state_); }
  [[nodiscard]] T& value() { return std::get<T>(state_); }
  [[nodiscard]] const T& value() const { return std::get<T>(state_); }
  [[nodiscard]] const std::string& error() const { return std::get<Error>(state_).message; }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// That something went well, or the reason why not.
template <>
class Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] explicit operator bool() const { return !error_.has_value(); }
  [[nodiscard]] const std::string& error() const { return error_->message; }

 private:
  std::optional<Error> error_;
};

}  // namespace emltrace
