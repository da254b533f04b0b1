#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace emltrace::report::json {

/// The names of one object whose members may come under one name more than once.
class Names {
 public:
  /// The name itself the first time, then `NAME_2`, `NAME_3` …: one that is not taken. With `twin`
  /// its `…_base64` is not taken either. Names are compared as JSON shows them: ill-formed UTF-8 is
  /// U+FFFD.
  [[nodiscard]] std::string told_apart(std::string_view name, bool twin);
  /// How many names were tried in all.
  [[nodiscard]] std::size_t tried() const { return tried_; }

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> next_;  ///< number with which the search for a name goes on
  std::size_t tried_ = 0;
};

}  // namespace emltrace::report::json
