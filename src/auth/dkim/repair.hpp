#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "auth/dkim/damaged.hpp"

/// Trial repair: what was done to a message on its way, proved by a signature that verifies once it
/// is undone. Anything that does not verify is a guess and is not told.
namespace emltrace::dkim {

/// True where the signature matches this digest of the signed header.
using Verifies = std::function<bool(const std::string& hashed)>;

/// Bounds of one signature's trials; header and body are counted apart.
inline constexpr int kMaxTrials = 200;
inline constexpr std::size_t kMaxTrialBytes = std::size_t{16} << 20;  ///< bytes hashed
inline constexpr int kMaxRepairsAtOnce = 3;                           ///< of header, and of body

/// The codes of the repairs after which body hash and signature both match, header first; empty
/// where none was found. The signature covers bh= itself, so header and body are mended apart; of
/// each the fewest repairs that verify are told. Codes are stable:
///   `crlf-line-ends`       bare CR or LF read as line ends, CR CR LF as one
///   `strip-subject-tag`    a list's or filter's tag taken off Subject
///   `restore-subject`, `restore-message-id`, `restore-from`, `restore-date`, `restore-to`
///                          the value that another field kept
///   `remove-added-field`   a field taken out that was added above the signed ones
///   `strip-last-part`      the MIME part that a list appended, its wrapping undone
///   `restore-8bit`         quoted-printable or base64 turned back into 8bit
///   `refold`               other folding or white space in a header signed as `simple`
///   `copied-fields`        the fields as z= copied them
///   `unescape-from-line`   `>From ` at the start of a body line back to `From `
///   `unstuff-dots`         a doubled dot at the start of a body line made one
///   `strip-added-space`    blank lines at the start, white space at line ends taken off
///   `join-split-lines`     lines joined that were cut with `!` at 990 bytes
///   `strip-banner`, `strip-footer`  lines added at the start or end of the body
[[nodiscard]] std::vector<std::string> find_repairs(const Damaged& damaged,
                                                    const Verifies& verifies);

}  // namespace emltrace::dkim
