#pragma once

#include <cstddef>
#include <string_view>

#include "base/ahead.hpp"

namespace emltrace::intake::rows {

/// The tags of a page, asked for from front to back; all answers together look at each byte once.
class Tags {
 public:
  /// The page must outlive this.
  explicit Tags(std::string_view page)
      : page_(page), close_(page, ">"), word_end_(page, " \t>"), sign_(page, "@") {}

  /// The end of the tag that begins with the '<' at `at`, or `at` where a lone '<' stands.
  [[nodiscard]] std::size_t end_of(std::size_t at);

 private:
  std::string_view page_;
  text::Ahead close_;
  text::Ahead word_end_;
  text::Ahead sign_;
};

}  // namespace emltrace::intake::rows
