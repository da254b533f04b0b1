#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

namespace emltrace::text {

/// One line of a text: LF or CRLF ends it, or the end of the text.
struct Line {
  std::string_view text;   ///< without its line end
  std::string_view raw;    ///< with it
  std::size_t offset = 0;  ///< of both in the text
  std::size_t next = 0;    ///< offset of the line after it
};

/// The line that begins at `offset`, which is below the size of `text`. Where `end` is CR, CR alone
/// ends it: a text without any LF.
[[nodiscard]] Line line_at(std::string_view text, std::size_t offset, char end = '\n');

/// The lines of a text that begin in [begin, end), for a range-based for. A line end at the end of
/// the text begins no further line.
class Lines {
 public:
  explicit Lines(std::string_view text, std::size_t begin = 0,
                 std::size_t end = std::string_view::npos)
      : text_(text), begin_(begin), end_(end < text.size() ? end : text.size()) {}

  class Iterator {
   public:
    Iterator(std::string_view text, std::size_t at, std::size_t end) : text_(text), end_(end) {
      go_to(at);
    }
    const Line& operator*() const { return line_; }
    Iterator& operator++() {
      go_to(line_.next);
      return *this;
    }
    bool operator==(std::default_sentinel_t /*end*/) const { return line_.offset >= end_; }

   private:
    void go_to(std::size_t at) {
      if (at < end_) {
        line_ = line_at(text_, at);
      } else {
        line_.offset = end_;
      }
    }

    std::string_view text_;
    std::size_t end_;
    Line line_;
  };

  [[nodiscard]] Iterator begin() const { return {text_, begin_, end_}; }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
};

}  // namespace emltrace::text
