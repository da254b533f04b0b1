#pragma once

#include <string_view>

namespace emltrace::trace {

/// The date that a Received field (folded or not) has in brackets between `from` and `by`, where
/// the client's name and address stand (RFC 5321 4.4): `from x ([Tue, 17 Sep 2019 04:52:27 +0500])
/// by y`. Empty where there is none.
[[nodiscard]] std::string_view client_date(std::string_view received);

}  // namespace emltrace::trace
