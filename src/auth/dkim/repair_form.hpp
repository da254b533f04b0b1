#pragma once

#include "auth/dkim/repair_rows.hpp"

/// Rows of trial repair for header fields that say the same in other bytes.
namespace emltrace::dkim {

/// A fold that was put inside a word, which relaxed canonicalization reads as a blank.
bool join_folded_token(const Damaged& damaged, const HeaderVariant& from,
                       const HeaderAttempt& attempt);
/// Quoting of names, case and quoting of parameters, forms of dates, as servers that keep messages
/// in parts write them again.
bool restore_form(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt);
/// Folding and white space of a header signed as `simple`.
bool refold(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt);

}  // namespace emltrace::dkim
