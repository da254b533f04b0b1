#include "trace/author/message_findings.hpp"

#include <iterator>

#include "base/text.hpp"
#include "trace/author/parts.hpp"

namespace emltrace::trace {

Finding field_finding(const Field& field, Sentence sentence, Evidence evidence) {
  Finding finding = make_finding(std::move(sentence), std::move(evidence));
  finding.line = field.line;
  finding.offset = field.offset;
  return finding;
}

std::string shorten(std::string_view text) {
  if (text.size() <= kMaxEvidence) return std::string(text);
  return std::string(text::head_of(text, kMaxEvidence)) + "…";
}

std::vector<Finding> message_findings(const Message& message, const Headers& headers) {
  std::vector<Finding> findings = display_findings(message, headers);
  for (auto part : {field_findings(message, headers), byte_findings(message)}) {
    findings.insert(findings.end(), std::make_move_iterator(part.begin()),
                    std::make_move_iterator(part.end()));
  }
  return findings;
}

}  // namespace emltrace::trace
