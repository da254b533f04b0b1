#pragma once

#include <string>
#include <string_view>

namespace emltrace::dns::wire {

/// A master file's text with `CLASS TTL` written as `TTL CLASS`, of the same length and lines:
/// RFC 1035 5.1 allows both orders, ldns reads the second one alone.
[[nodiscard]] std::string ttl_before_class(std::string_view text);

}  // namespace emltrace::dns::wire
