#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "message/received/draft.hpp"

/// Inside of the Received parser: what the field says about the client.
namespace emltrace::received {

/// Reads the from clause, or the comment that some writers put it into.
void read_from(Draft& draft);

/// Decides which name of the from clause is the HELO and which was looked up, by its shape alone.
void read_from_names(Draft& draft);

/// The name where a server can have looked it up: null for an address, for `unknown` and its like,
/// and for what is no host name.
[[nodiscard]] std::optional<std::string> looked_up_name(std::string_view name);

}  // namespace emltrace::received
