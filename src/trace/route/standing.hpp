#pragma once

#include <string>
#include <string_view>

namespace emltrace::trace {

/// How far a hop can be believed.
enum class Standing {
  own,           ///< inside the recipient's infrastructure
  border,        ///< written by it about the outside
  corroborated,  ///< a claim that independent evidence supports
  unverified,    ///< a claim that nothing supports or contradicts
  contradicted,  ///< evidence is against it
  discarded,     ///< below a contradicted hop
};
[[nodiscard]] std::string_view to_string(Standing standing);

/// Written by the recipient's own hosts.
[[nodiscard]] constexpr bool is_recipients(Standing standing) {
  return standing == Standing::own || standing == Standing::border;
}
/// Written by them, or by a host that evidence supports.
[[nodiscard]] constexpr bool is_believed(Standing standing) {
  return is_recipients(standing) || standing == Standing::corroborated;
}
/// Refuted, or below a refuted one.
[[nodiscard]] constexpr bool is_disproved(Standing standing) {
  return standing == Standing::contradicted || standing == Standing::discarded;
}

/// What is thought of one hop, and why: one phrase for people.
struct Judgement {
  Standing standing = Standing::unverified;
  std::string reason;
  bool proven =
      false;  ///< of a contradicted one: impossible by facts that the forger could not write
};

}  // namespace emltrace::trace
