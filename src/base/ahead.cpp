#include "base/ahead.hpp"

#include <algorithm>

#include "base/work.hpp"

namespace emltrace::text {

std::size_t Ahead::from(std::size_t at) {
  if (!found_ || at < asked_ || at > *found_) {
    asked_ = at;
    found_ = bytes_.size() == 1 ? text_.find(bytes_.front(), at) : text_.find_first_of(bytes_, at);
    work::looked_at(std::min(*found_, text_.size()) - std::min(at, text_.size()));
  }
  return *found_;
}

}  // namespace emltrace::text
