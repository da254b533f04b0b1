#include "message/received/quirk_tools.hpp"

#include "base/text.hpp"

namespace emltrace::received {

bool with_is(const Draft& draft, std::string_view word) {
  return draft.out.with && text::iequals(*draft.out.with, word);
}

std::string_view software_of(const Draft& draft) {
  return draft.out.by.software ? std::string_view(*draft.out.by.software) : std::string_view();
}

bool is_made_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool no_weekday(const Draft& draft) {
  return !draft.out.stamp_raw.empty() && text::is_digit(draft.out.stamp_raw.front());
}

void correct_address(Draft& draft, const ip::Address& address) {
  Received::From& from = draft.out.from;
  for (auto* text : {&from.invalid_ip, &from.redacted}) {
    if (*text) draft.extra.push_back(**text);
    text->reset();
  }
  from.ip = address;
}

void take_comments(Draft& draft, Clause clause, std::string_view start) {
  const Region region = draft.region(clause);
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind == Kind::comment &&
        text::istarts_with(draft.tokens[at].inner, start)) {
      draft.taken[at] = true;
    }
  }
}

bool take_phrase(Draft& draft, Clause clause, std::string_view phrase) {
  const Region region = draft.region(clause);
  const std::size_t count = text::words(phrase).size();
  for (std::size_t at = region.first; at + count <= region.last; ++at) {
    if (text::iequals(draft.slice(at, at + count), phrase)) {
      draft.take(at, at + count);
      return true;
    }
  }
  return false;
}

void take_sender_name(Draft& draft) {
  Received& out = draft.out;
  if (draft.from.tcp || !out.from.helo || out.from.helo->find('@') == std::string::npos) {
    return;
  }
  if (!out.envelope_from) {
    out.envelope_from = out.from.helo;
  }
  out.from.helo.reset();
}

}  // namespace emltrace::received
