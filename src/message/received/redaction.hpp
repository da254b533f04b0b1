#pragma once

#include <string_view>

/// Inside of the Received parser: what people and paste tools leave where an address stood.
namespace emltrace::received {

/// A word that says that something was taken out: `REDACTED`, `masked`, `ip removed`.
[[nodiscard]] bool is_redaction_word(std::string_view text);

/// An address with parts blacked out (`x.x.x.x`, `1.2.3.xxx`, `192.0.2.#`, `2001:db8:xxxx::1`,
/// `***`) or broken (bytes that are no text, U+FFFD), or a redaction word. False for every
/// readable address and for host names.
[[nodiscard]] bool is_blacked_out(std::string_view text);

/// As `is_blacked_out`, for text in brackets, where no name can stand: `a.b.c.d` and `??` too.
[[nodiscard]] bool is_blacked_out_literal(std::string_view text);

}  // namespace emltrace::received
