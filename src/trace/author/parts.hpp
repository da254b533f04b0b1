#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/headers.hpp"
#include "message/message.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// The tricks in From, Sender, Reply-To and Subject that a reader falls for.
[[nodiscard]] std::vector<Finding> display_findings(const Message& message, const Headers& headers);

/// Fields missing, repeated, misplaced or written oddly, and the Date field.
[[nodiscard]] std::vector<Finding> field_findings(const Message& message, const Headers& headers);

/// Bytes that readers see differently, lines that are no fields, caps reached.
[[nodiscard]] std::vector<Finding> byte_findings(const Message& message);

/// A finding about one field: its line and offset.
[[nodiscard]] Finding field_finding(const Field& field, Sentence sentence, Evidence evidence = {});

/// At most kMaxEvidence bytes of the text, not cut within a UTF-8 sequence.
[[nodiscard]] std::string shorten(std::string_view text);

}  // namespace emltrace::trace
