#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/domain.hpp"
#include "trace/author/protected.hpp"

namespace emltrace::trace {

/// How a strange domain is made to be taken for an own one, the plainest way first.
enum class Imitation {
  letters,    ///< the same to the eye: look-alikes of other scripts, `rn` for `m`, `0` for `o`
  contained,  ///< the own domain stands in it: `own.example.evil.test`, `own-example.evil.test`
  spelling,   ///< the label is one slip of the finger away
  part,       ///< the own label is a part of theirs: `example-login.test`
  suffix,     ///< the same label under another public suffix: `own.test`
};

struct OwnImitation {
  DomainName own;
  Imitation how;
};

/// The own domain that the name imitates most plainly; null where there is none, and for names that
/// are own. Spelling is compared where the registrable label has kMinLabel letters or more: among
/// short labels all are near.
[[nodiscard]] std::optional<OwnImitation> find_own_imitation(const DomainName& name,
                                                             const Protected& ours);

/// The display name (UTF-8) is that of one of the people, in any order of its words (`Roe, Ann`),
/// as a reader reads it, alone or with words in brackets behind it; empty where it is none's.
[[nodiscard]] std::string find_person(std::string_view display, const Protected& ours);

}  // namespace emltrace::trace
