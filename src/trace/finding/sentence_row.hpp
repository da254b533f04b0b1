#pragma once

#include <string_view>

namespace emltrace::trace::sentence_rows {

struct Row {
  std::string_view key;   ///< the code; behind a slash which of its sentences, where it has several
  std::string_view text;  ///< with `{names}` of values
};

}  // namespace emltrace::trace::sentence_rows
