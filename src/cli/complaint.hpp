#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace emltrace::cli {

/// One whole line on standard error, `emltrace: ` in front; the reason is escaped here. Where
/// standard error is closed there is nobody to tell.
void complain(std::string_view reason);

/// How a failure inside the program is told.
[[nodiscard]] std::string reason_of(const std::exception& error);
/// That memory ran out, told without any.
void complain_of_memory();

/// People who start the command without an argument wonder why nothing happens: says what is read
/// from the terminal, names of files or a message.
void greet_terminal(bool reads_names);

}  // namespace emltrace::cli
