#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// Mail for the benchmarks: messages of one kind, and the DNS that goes with them.
namespace emltrace::bench {

/// As real mail is made: the border's Received line above the sender's own, a signature by RSA-2048
/// (relaxed/relaxed) that holds, SPF and DMARC that pass. Lines end in LF.
struct Plan {
  std::size_t domains = 1;      ///< message n is from domain n modulo this
  std::size_t body = 20'000;    ///< bytes, about
  std::size_t received = 2;     ///< Received fields, two at least
  std::size_t signatures = 1;   ///< DKIM-Signature fields of the author's domain
  std::size_t recorded = 1;     ///< methods in the border's Authentication-Results field
  std::size_t other_bytes = 0;  ///< of further header fields, about
  std::size_t depth = 1;        ///< multiparts, one in another
  std::size_t includes = 0;     ///< include terms of the author's SPF record, side by side
};

/// The message numbered `n`.
[[nodiscard]] std::string message(const Plan& plan, std::size_t n);
/// All the DNS, as a master file, that the messages numbered below `count` ask for.
[[nodiscard]] std::string zone(const Plan& plan, std::size_t count);
/// The clock that the messages are to be looked at by: shortly after they came.
[[nodiscard]] std::string_view clock();

}  // namespace emltrace::bench
