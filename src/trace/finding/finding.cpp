#include "trace/finding/finding.hpp"

namespace emltrace::trace {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::low:
      return "low";
    case Severity::medium:
      return "medium";
    case Severity::high:
      return "high";
  }
  return "info";
}

Finding make_finding(Sentence sentence, Evidence evidence) {
  return {.code = sentence.code,
          .severity = sentence.code.severity(),
          .hop = {},
          .line = {},
          .offset = {},
          .message = std::move(sentence.text),
          .evidence = std::move(evidence)};
}

Finding make_finding(const Hop& hop, Sentence sentence, Evidence evidence) {
  Finding finding = make_finding(std::move(sentence), std::move(evidence));
  finding.hop = hop.number;
  finding.line = hop.line;
  finding.offset = hop.offset;
  return finding;
}

}  // namespace emltrace::trace
