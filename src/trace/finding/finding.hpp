#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "message/received/hop.hpp"
#include "trace/finding/code.hpp"

namespace emltrace::trace {

/// Name → value: bytes of the field, a DNS answer. Raw, in order.
using Evidence = std::vector<std::pair<std::string, std::string>>;

/// One finding about one message.
struct Finding {
  Code code;
  Severity severity = Severity::info;
  std::optional<int> hop;             ///< number of the hop; null where it is about the message
  std::optional<std::size_t> line;    ///< in the input
  std::optional<std::size_t> offset;  ///< in the input, bytes
  std::string message;  ///< one sentence for people; text from the message in it is raw, escaped by
                        ///< the reports
  Evidence evidence;
};

/// What a finding says, and the code that it says it of (sentence.hpp).
struct Sentence {
  Code code;
  std::string text;
};

/// A finding about the message, with the usual severity of its code.
[[nodiscard]] Finding make_finding(Sentence sentence, Evidence evidence = {});
/// The same about one hop, at its place.
[[nodiscard]] Finding make_finding(const Hop& hop, Sentence sentence, Evidence evidence = {});

}  // namespace emltrace::trace
