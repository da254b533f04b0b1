#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/damaged.hpp"
#include "auth/dkim/verdict.hpp"

/// Trial repair: what was done to a message on its way, proved by a signature that verifies once it
/// is undone. Anything that does not verify is a guess and is not told.
namespace emltrace::dkim {

/// Bounds of one signature's trials; header and body are counted apart.
inline constexpr std::size_t kMaxTrials = 6'000;
inline constexpr std::size_t kMaxVerifications =
    400;  ///< of trials that need public-key arithmetic
inline constexpr std::size_t kMaxTrialBytes = std::size_t{24} << 20;  ///< bytes hashed or read
inline constexpr int kMaxHeaderRepairs = 3;                           ///< at once
inline constexpr int kMaxBodyRepairs = 2;                             ///< at once, a footer beside
/// Lines from the end of the body of which each may be the first of a footer.
inline constexpr std::size_t kMaxFooterLines = 5'000;

struct Found {
  std::vector<std::string> codes;  ///< header first; empty where nothing was found
  Repair repair;
};

/// The repairs after which body hash and signature both match. The signature covers bh= itself, so
/// header and body are mended apart, few repairs before many. Codes are stable:
///   `crlf-line-ends`       bare CR or LF read as line ends, CR CR LF as one
///   `strip-subject-tag`    a list's or filter's tag taken off Subject, also out of encoded words
///   `restore-subject`, `restore-message-id`, `restore-date`, `restore-to`
///                          the value that another field kept
///   `restore-from`         the author that another field, or the address itself, kept
///   `restore-cc`           an address taken off Cc or To
///   `restore-encoded-words` Subject or a display name in other encoded words
///   `remove-added-field`   fields taken out that h= had shut out
///   `strip-last-part`      the MIME part that a list appended, its wrapping undone
///   `restore-8bit`, `restore-quoted-printable`, `restore-base64`
///                          the body, or its text parts, in another transfer encoding
///   `join-folded-token`    a fold taken out that was put inside a word
///   `restore-form`         quoting, case and blanks of addresses, parameters and dates
///   `refold`               other folding or white space in a header signed as `simple`
///   `copied-fields`        the fields as z= copied them
///   `unescape-from-line`   `>From ` at the start of a body line back to `From `
///   `unstuff-dots`         a doubled dot at the start of a body line made one
///   `strip-added-space`    blank lines at the start, white space at line ends taken off
///   `join-split-lines`     lines joined that were cut with `!` at 990 bytes
///   `strip-banner`, `strip-footer`  text added at the start or end of the body or its text parts
///   `restore-links`        links that a filter had led through itself
[[nodiscard]] Found find_repairs(const Damaged& damaged, const Proof& proof);

}  // namespace emltrace::dkim
