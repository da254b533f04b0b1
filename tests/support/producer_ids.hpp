#pragma once

#include <cstdint>
#include <string>

#include "base/date.hpp"

/// Ids with the clock that is hidden in them (the layouts are those of the software).
namespace emltrace::test {

[[nodiscard]] std::string postfix_short_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string postfix_long_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string sendmail_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string exim_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string old_exim_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string gmail_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string gmail_submission_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string gmail_out_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string gmail_inner_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string coremail_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string dovecot_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string sina_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string richmail_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string id_of_263(Instant at, std::uint32_t serial);
[[nodiscard]] std::string aliyun_id(Instant at, std::uint32_t serial);
/// No clock: a build number, letters.
[[nodiscard]] std::string exchange_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string outlook_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string mapi_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string letters_id(Instant at, std::uint32_t serial);
[[nodiscard]] std::string hex_id(Instant at, std::uint32_t serial);

}  // namespace emltrace::test
