#pragma once

#include <array>
#include <span>
#include <string_view>

#include "trace/finding/code.hpp"

namespace emltrace::trace {

/// A row of the catalogue: all that is known of a finding before a message is seen.
struct FindingKind {
  Code code;
  std::string_view title;      ///< one phrase, for the table
  std::string_view reference;  ///< RFC and section; empty if none
  std::string_view meaning;    ///< what it means
  std::string_view evidence;   ///< what is needed to say it
  std::string_view innocent;   ///< what makes it wrong: innocent causes
  std::string_view next;       ///< what to do next

  [[nodiscard]] Severity severity() const { return code.severity(); }
};

/// Every finding the program can make, ordered by code.
[[nodiscard]] std::span<const FindingKind> finding_kinds();
[[nodiscard]] const FindingKind& kind_of(Code code);
/// Null for an unknown code.
[[nodiscard]] const FindingKind* find_kind(std::string_view code);

/// The rows by subject, in no order.
namespace kinds {
[[nodiscard]] std::span<const FindingKind> auth();
[[nodiscard]] std::span<const FindingKind> dkim2();
[[nodiscard]] std::span<const FindingKind> author();
[[nodiscard]] std::span<const FindingKind> route();
[[nodiscard]] std::span<const FindingKind> sign();
[[nodiscard]] std::span<const FindingKind> time();
}  // namespace kinds

}  // namespace emltrace::trace
