#pragma once

#include <string_view>

namespace emltrace::cli {

/// One whole line on standard error, `emltrace: ` in front; the reason is escaped here. Where
/// standard error is closed there is nobody to tell.
void complain(std::string_view reason);

/// People who start the command without an argument wonder why nothing happens: says what is read
/// from the terminal, names of files or a message.
void greet_terminal(bool reads_names);

}  // namespace emltrace::cli
