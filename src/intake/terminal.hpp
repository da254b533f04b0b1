#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/descriptor.hpp"
#include "intake/typed_text.hpp"

namespace emltrace::intake {

/// A terminal while a person pastes into it. A terminal that collects lines itself keeps no more
/// than 4,095 bytes of one; here it passes on what it gets and TypedText makes text of it, shown as
/// it is typed. Bracketed paste is asked for. The terminal is as it was before when this is gone,
/// when a signal ends or stops the program (it is set again when that goes on), and one Ctrl-D ends
/// the text, in the middle of a line too. One at a time.
class Terminal {
 public:
  /// Null where the descriptor is no terminal. It must stay open as long as what is returned.
  [[nodiscard]] static std::unique_ptr<Terminal> open(int descriptor);
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  /// As read(2): the number of bytes, 0 at the end of the text, below 0 with `errno`.
  [[nodiscard]] std::ptrdiff_t read(char* into, std::size_t most);

 private:
  Terminal(int descriptor, Descriptor screen, EditKeys keys);
  void show(std::string echo);

  int descriptor_;
  Descriptor screen_;     ///< where text is shown; closed where the terminal does that itself
  bool stalled_ = false;  ///< nobody looks: what is typed is not waited for to be shown
  TypedText typed_;
  std::string ready_;
  std::size_t given_ = 0;  ///< of `ready_`
};

}  // namespace emltrace::intake
