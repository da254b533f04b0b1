#pragma once

#include "auth/dkim/repair_rows.hpp"

/// Rows of trial repair for Subject and encoded words.
namespace emltrace::dkim {

/// Tags of lists and filters at the start or end of Subject, in plain text, as an encoded word of
/// their own, or inside encoded words.
bool strip_subject_tag(const Damaged& damaged, const HeaderVariant& from,
                       const HeaderAttempt& attempt);
/// Subject and display names in other encoded words.
bool restore_encoded_words(const Damaged& damaged, const HeaderVariant& from,
                           const HeaderAttempt& attempt);

}  // namespace emltrace::dkim
