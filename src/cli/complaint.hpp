#pragma once

#include <string_view>

namespace emltrace::cli {

/// One whole line on standard error, `emltrace: ` in front; the reason is escaped here. Where
/// standard error is closed there is nobody to tell.
void complain(std::string_view reason);

}  // namespace emltrace::cli
