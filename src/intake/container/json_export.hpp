#pragma once

#include <optional>
#include <string_view>

#include "intake/container/exported.hpp"

/// Messages in JSON, as interfaces of mail services and the logs made from them give them:
/// Microsoft Graph (`internetMessageHeaders`), Gmail (`payload.headers`, `raw`), Amazon SES,
/// SendGrid, Mailgun, Postmark, SparkPost; alone, in lists, or one a line. What counts is the
/// shape, not who wrote it: pairs of name and value, an object of fields, the text of a header or
/// of a whole message, plain or in base64, with names that mail alone has.
namespace emltrace::intake::container {

/// Null where the input is no JSON: then others may try to read it.
[[nodiscard]] std::optional<Export> read_export(std::string_view bytes);

}  // namespace emltrace::intake::container
