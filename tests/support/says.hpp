#pragma once

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "support/catch.hpp"

namespace emltrace::test {

/// Whether a report says these words, wherever its lines are broken.
inline bool says(const std::string& text, std::string_view words) {
  std::string flat;
  for (const auto word : text::words(text)) flat.append(word) += ' ';
  if (flat.find(words) != std::string::npos) return true;
  UNSCOPED_INFO("not said: " << words << "\n" << text);
  return false;
}

}  // namespace emltrace::test
