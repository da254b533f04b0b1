#pragma once

#include <span>
#include <string>
#include <string_view>

namespace emltrace::test {

/// When a kind of damage happens: what a clipboard does to the bytes comes after what a mail
/// program or a page did to the text.
enum class DamageStage { text, bytes };

/// One way in which a header suffers between the mail server and the person who pastes it.
struct Damage {
  std::string_view name;
  std::string_view family;  ///< two of one family are not combined
  DamageStage stage;
  std::string (*apply)(const std::string& clean);  ///< lines end with LF
};

/// All kinds; to add one is one row in damage.cpp.
std::span<const Damage> damages();

}  // namespace emltrace::test
