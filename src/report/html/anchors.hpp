#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace emltrace::report {

/// The names of the places of one message on the page, which may hold many.
class Anchors {
 public:
  /// `number`: 1 is the first message of the page.
  explicit Anchors(std::size_t number) : message_(fmt::format("m{}", number)) {}

  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] std::string hop(int number) const {
    return fmt::format("{}-h{}", message_, number);
  }
  /// `index` in Report::findings.
  [[nodiscard]] std::string finding(std::size_t index) const {
    return fmt::format("{}-f{}", message_, index + 1);
  }
  /// A line of the input.
  [[nodiscard]] std::string line(std::size_t number) const {
    return fmt::format("{}-l{}", message_, number);
  }

 private:
  std::string message_;
};

}  // namespace emltrace::report
