#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "intake/item.hpp"
#include "intake/sources.hpp"

namespace emltrace::intake {

/// Counts what holds no message in a folder or an archive, where such files are to be expected: one
/// line at its end takes the place of one for each.
class Tally {
 public:
  using Entry = std::variant<Item, Fault>;

  /// Of what is named, `kind` is what it is for people: `a ZIP archive`; empty for a folder.
  void begin(std::string path, std::string_view kind);
  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] bool is_of_archive() const { return open_ && !kind_.empty(); }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Takes faults that say `no_message` out of the entries, and counts all.
  void count(std::deque<Entry>& entries);
  /// Ends it: the line to be told. `no_message` where there is no message at all, else a `note`.
  [[nodiscard]] std::optional<Fault> end();

 private:
  bool open_ = false;
  std::string path_;
  std::string kind_;
  std::size_t without_ = 0;  ///< files that hold no message
  std::size_t others_ = 0;   ///< messages, and faults of other kinds
};

}  // namespace emltrace::intake
