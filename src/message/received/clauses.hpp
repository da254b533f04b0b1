#pragma once

#include "message/received/draft.hpp"

/// Inside of the Received parser: the general grammar.
namespace emltrace::received {

/// Finds the date, cuts the rest into clauses and reads each by the rules that all writers share.
void read_clauses(Draft& draft);

/// Decides which name of the from clause is the HELO and which was looked up, by its shape alone.
void read_from_names(Draft& draft);

/// Reads the comments of a clause that are not taken yet; `software`: an unknown one names the
/// server.
void read_comments(Draft& draft, const Region& region, bool software);

/// `8.8.5`, `8.15.2/8.14.4/Submit`, `5.61/1.34`: a version where others write a name.
[[nodiscard]] bool is_version(std::string_view text);

}  // namespace emltrace::received
