#pragma once

#include <cstddef>
#include <map>
#include <utility>

namespace emltrace::cli {

/// Puts what comes in any order into the order of its numbers, which begin at 0 and leave none out.
/// For use by one thread at a time.
template <class T>
class InOrder {
 public:
  /// Calls `each` with the value if its turn has come, then with those that waited for it.
  template <class Each>
  void put(std::size_t number, T value, Each&& each) {
    waiting_.emplace(number, std::move(value));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      ++next_;
      each(std::move(waiting_.extract(waiting_.begin()).mapped()));
    }
  }
  /// Those that still wait, in order: the ones before them will not come.
  template <class Each>
  void drain(Each&& each) {
    while (!waiting_.empty()) each(std::move(waiting_.extract(waiting_.begin()).mapped()));
  }

 private:
  std::map<std::size_t, T> waiting_;
  std::size_t next_ = 0;
};

}  // namespace emltrace::cli
