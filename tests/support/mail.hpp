#pragma once

#include <string>
#include <vector>

namespace emltrace::test {

/// A clean message from the project's own folders.
struct Mail {
  std::string name;
  std::string bytes;
};

/// The messages under tests/support/mail and samples/, in the order of their names.
std::vector<Mail> clean_mail();

/// A message made by chance from `seed`: valid by RFC 5322, with what mail holds that looks like
/// damage: `>` lines, long lines, header-like bodies, From lines, folds of spaces, 8-bit text.
std::string random_message(unsigned seed);

}  // namespace emltrace::test
