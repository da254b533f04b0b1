#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emltrace::trace {

enum class Severity { info, low, medium, high };
[[nodiscard]] std::string_view to_string(Severity severity);

/// A row of the catalogue: all that is known of a finding before a message is seen.
struct FindingKind {
  std::string_view code;   ///< stable: `helo-rdns-mismatch`
  Severity severity;       ///< usual severity; a finding may carry another where the evidence is
                           ///< stronger or weaker
  std::string_view title;  ///< one phrase, for the table
  std::string_view reference;  ///< RFC and section; empty if none
  std::string_view meaning;    ///< what it means
  std::string_view evidence;   ///< what is needed to say it
  std::string_view innocent;   ///< what makes it wrong: innocent causes
  std::string_view next;       ///< what to do next
};

/// Every finding the program can make, ordered by code.
[[nodiscard]] std::span<const FindingKind> finding_kinds();
/// Null for an unknown code.
[[nodiscard]] const FindingKind* find_kind(std::string_view code);

/// One finding about one message.
struct Finding {
  std::string code;  ///< of the catalogue
  Severity severity = Severity::info;
  std::optional<int> hop;             ///< number of the hop; null where it is about the message
  std::optional<std::size_t> line;    ///< in the input
  std::optional<std::size_t> offset;  ///< in the input, bytes
  std::string message;  ///< one sentence for people; text from the message in it is raw, escaped by
                        ///< the reports
  std::vector<std::pair<std::string, std::string>>
      evidence;  ///< name → value: bytes of the field, a DNS answer
};

}  // namespace emltrace::trace
