#pragma once

#include <string_view>

#include "message/received/draft.hpp"

/// Inside of the Received parser: what the writer says about itself.
namespace emltrace::received {

void read_by(Draft& draft);

/// Reads the comments of a clause that are not taken yet; `software`: an unknown one names the
/// server.
void read_comments(Draft& draft, const Region& region, bool software);

/// `8.8.5`, `8.15.2/8.14.4/Submit`, `5.61/1.34`: a version where others write a name.
[[nodiscard]] bool is_version(std::string_view text);

}  // namespace emltrace::received
