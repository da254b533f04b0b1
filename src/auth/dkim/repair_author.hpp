#pragma once

#include "auth/dkim/repair_rows.hpp"

/// Rows of trial repair for From and for the addresses that lists put beside it.
namespace emltrace::dkim {

/// The author whom a list kept in another field (X-Original-From, Reply-To, Cc) or inside the
/// address that it wrote instead (`joe=example.org@list.example`).
bool restore_from(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt);
/// An address taken off Cc or To, where lists add the author or themselves.
bool restore_cc(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt);

/// The addresses of a list as they are written, without the white space around them: parts between
/// the commas that stand outside quotes, comments and brackets.
[[nodiscard]] std::vector<std::string_view> written_addresses(std::string_view value);

}  // namespace emltrace::dkim
