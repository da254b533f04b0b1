#include "trace/author/coverage.hpp"

#include <algorithm>

#include "auth/dkim/change.hpp"
#include "base/text.hpp"

namespace emltrace::trace {

bool leaves_text_open(const dkim::Verdict& verdict, const Message& message, bool list_mail) {
  if (verdict.unsigned_bytes == 0) return false;
  if (std::ranges::find(verdict.unsigned_fields, "content-type") != verdict.unsigned_fields.end())
    return true;
  const std::string_view body = message.body();
  const auto rest =
      text::trim(body.substr(body.size() - std::min(body.size(), verdict.unsigned_bytes)));
  return !rest.empty() && !(list_mail && dkim::is_known_footer(rest));
}

}  // namespace emltrace::trace
