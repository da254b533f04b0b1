#include "base/text.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {

void read_fetchmail(Draft& draft) {
  take_comments(draft, Clause::for_, "single-drop");
  take_comments(draft, Clause::for_, "multi-drop");
}

bool is_getmail(const Draft& draft) {
  return draft.out.with && text::ifind(*draft.out.with, " getmail") != std::string_view::npos;
}

void read_getmail(Draft& draft) {
  // with POP3 getmail6 msgid:UID
  const std::string all = *draft.out.with;
  const auto words = text::words(all);
  draft.out.with = std::string(words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (text::istarts_with(words[i], "getmail")) {
      draft.out.by.software = std::string(words[i]);
    } else if (text::istarts_with(words[i], "msgid:")) {
      draft.out.id = std::string(words[i].substr(6));
    } else {
      draft.extra.emplace_back(words[i]);
    }
  }
}

}  // namespace emltrace::received
