#include "intake/mend/tags.hpp"

#include "base/text.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kLongestTag = 4'096;

}  // namespace

std::size_t Tags::end_of(std::size_t at) {
  const char next = at + 1 < page_.size() ? page_[at + 1] : ' ';
  const bool tag = text::is_alpha(next) || next == '/' || next == '!';
  const std::size_t close = tag ? close_.from(at) : std::string_view::npos;
  if (close == std::string_view::npos || close - at >= kLongestTag) return at;
  // `<a@b.example>` left raw by a careless page is an address, not a tag.
  return sign_.from(at) < word_end_.from(at) ? at : close + 1;
}

}  // namespace emltrace::intake::rows
