#include "intake/name_list.hpp"

#include <sys/stat.h>

#include <string_view>

#include "base/text.hpp"

namespace emltrace::intake {
namespace {

// A list that was written on Windows; but a name may end with CR.
void drop_carriage_return(std::string& name) {
  struct stat status{};
  if (name.ends_with('\r') && ::lstat(name.c_str(), &status) != 0) name.pop_back();
}

}  // namespace

// The next name, empty ones too.
std::optional<Result<std::string>> NameList::take() {
  std::size_t seen = 0;
  bool too_long = false;
  while (true) {
    const std::size_t at = input_.view().find(end_, seen);
    const std::size_t size = at == std::string_view::npos ? input_.view().size() : at;
    if (too_long || size > kMaxNameBytes) {
      too_long = true;
      input_.advance(size);
      seen = 0;
    } else {
      seen = size;
    }
    if (at != std::string_view::npos || !input_.grow()) break;
  }
  if (input_.view().empty() && !too_long) return std::nullopt;
  std::string name(input_.view().substr(0, seen));
  input_.advance(seen + (input_.view().size() > seen ? 1 : 0));
  if (too_long) {
    return Error{"holds a name of more than " + std::to_string(kMaxNameBytes) + " bytes"};
  }
  return name;
}

std::optional<Result<std::string>> NameList::next() {
  while (!ended_) {
    auto name = take();
    if (!name) {
      ended_ = true;
      if (!input_.status()) return Error{input_.status().error()};
      return std::nullopt;
    }
    if (!*name || end_ == '\0') {
      if (*name && (*name)->empty()) continue;
      return name;
    }
    std::string& line = **name;
    if (!begun_ && line.starts_with(text::kByteOrderMark))
      line.erase(0, text::kByteOrderMark.size());
    begun_ = true;
    if (line.find('\0') != std::string::npos) {
      ended_ = true;
      return Error{"holds a NUL, which no name does: say -0 if its names end with NUL"};
    }
    drop_carriage_return(line);
    if (!line.empty()) return name;
  }
  return std::nullopt;
}

}  // namespace emltrace::intake
