#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Text in 7 bits that changes its character set by escape sequences (ISO 2022): what programs in
/// East Asia wrote into headers before there were encoded words.
namespace emltrace::iso_2022 {

/// ISO-2022-JP with its extensions (RFC 1468, RFC 1554), ISO-2022-KR (RFC 1557) and the part of
/// ISO-2022-CN (RFC 1922) that is GB 2312, as UTF-8. Null where no escape designates a set of two
/// bytes, or anything does not convert: an escape that a terminal would obey is no text. White
/// space and line ends stay. Linear.
[[nodiscard]] std::optional<std::string> decode(std::string_view text);

}  // namespace emltrace::iso_2022
