#include "trace/report.hpp"

#include <array>

namespace emltrace::trace {

std::string_view to_string(Standing standing) {
  static constexpr std::array<std::string_view, 6> kWords{
      "own", "border", "corroborated", "unverified", "contradicted", "discarded"};
  return kWords[static_cast<std::size_t>(standing)];
}

std::string_view to_string(Level level) {
  static constexpr std::array<std::string_view, 4> kWords{"clean", "notice", "suspicious",
                                                          "forged"};
  return kWords[static_cast<std::size_t>(level)];
}

std::string_view to_string(Route route) {
  static constexpr std::array<std::string_view, 4> kWords{"consistent", "unverified",
                                                          "contradicted", "absent"};
  return kWords[static_cast<std::size_t>(route)];
}

std::string_view to_string(Author author) {
  static constexpr std::array<std::string_view, 4> kWords{"authenticated", "unauthenticated",
                                                          "contradicted", "unknown"};
  return kWords[static_cast<std::size_t>(author)];
}

Finding make_finding(std::string code, std::string message, Evidence evidence) {
  Finding finding;
  if (const FindingKind* kind = find_kind(code)) finding.severity = kind->severity;
  finding.code = std::move(code);
  finding.message = std::move(message);
  finding.evidence = std::move(evidence);
  return finding;
}

Finding make_finding(const Hop& hop, std::string code, std::string message, Evidence evidence) {
  Finding finding = make_finding(std::move(code), std::move(message), std::move(evidence));
  finding.hop = hop.number;
  finding.line = hop.line;
  finding.offset = hop.offset;
  return finding;
}

}  // namespace emltrace::trace
