#pragma once

#include <functional>
#include <string>
#include <vector>

/// What lists, gateways, filters and relays do to a message that was signed.
namespace emltrace::test {

/// A message, CRLF throughout, and a name for it. The author is Joe Author <joe@example.org>.
struct Original {
  std::string name;
  std::string text;
};
/// Plain text, HTML and both, in the usual transfer encodings.
[[nodiscard]] const std::vector<Original>& originals();

/// The fields that the signer of `originals` names: those of the message, and some to shut out.
[[nodiscard]] std::vector<std::string> signed_fields();

/// One kind of damage. `apply` gives the message back as it is where the damage does not apply.
struct Rewriting {
  std::string group;
  std::string name;
  std::function<std::string(const std::string&)> apply;
};
[[nodiscard]] const std::vector<Rewriting>& rewritings();
/// Changes of what the message says: nothing may explain them.
[[nodiscard]] const std::vector<Rewriting>& falsifications();
/// Texts put in by a stranger: they may be found, and never be told as harmless.
[[nodiscard]] const std::vector<Rewriting>& insertions();

}  // namespace emltrace::test
