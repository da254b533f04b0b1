#pragma once

#include <cstddef>
#include <string>

namespace emltrace::intake {

/// One kind of mend and how often it was made.
struct Repair {
  std::string code;      ///< `leading-text`, `fold-lost` …: stable names
  std::size_t line = 0;  ///< of the first one, in the input
  std::size_t count = 0;
  bool touches_signed_bytes =
      false;           ///< true where a signature over the fields or the body may suffer from it
  std::string detail;  ///< one sentence for people
};

}  // namespace emltrace::intake
