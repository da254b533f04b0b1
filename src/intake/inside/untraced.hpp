#pragma once

#include <string>

namespace emltrace::intake {

/// A part that holds a message, or may hold one, and that this run does not trace.
struct Untraced {
  enum class Why {
    not_asked,   ///< attached to what is no wrapper, or `--attached never`
    in_text,     ///< a header that stands in the text of the part
    too_deep,    ///< messages inside messages, beyond the limit
    too_many,    ///< behind the first ones, up to the limit
    tnef,        ///< winmail.dat (MS-OXTNEF), which is not read
    unreadable,  ///< its transfer encoding or its Outlook file is damaged, or no header is in it
  };
  std::string part;  ///< MIME part number
  Why why = Why::not_asked;
};

}  // namespace emltrace::intake
