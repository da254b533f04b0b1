#include "auth/dkim/damaged.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::dkim {

bool is_signed(const Damaged& damaged, std::string_view name) {
  const auto& headers = damaged.signature.headers;
  return std::find(headers.begin(), headers.end(), text::lower(name)) != headers.end();
}

bool has_stray_line_ends(const Message& message) {
  return message.line_ending() == LineEnding::mixed || message.defects().bare_cr;
}

}  // namespace emltrace::dkim
