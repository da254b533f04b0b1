#pragma once

#include <cstddef>
#include <string_view>

#include "message/body/content.hpp"

namespace emltrace::body {

/// Takes what was found in a body.
class Collector {
 public:
  virtual ~Collector() = default;
  virtual void link(Use use, Url url) = 0;
  virtual void address(std::string_view address) = 0;
};

/// The links and addresses of a text (UTF-8).
void read_text(std::string_view text, Use use, Collector& into);
/// Those of a page of HTML (UTF-8): the attributes that hold links, against `<base>`; its texts;
/// its scripts and styles as far as links stand in them undone. `depth`: pages around it.
void read_page(std::string_view page, std::size_t depth, Collector& into);

}  // namespace emltrace::body
