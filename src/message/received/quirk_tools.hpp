#pragma once

#include <string_view>

#include "base/ip.hpp"
#include "message/received/draft.hpp"

/// Inside of the Received parser: what the readings of single producers share.
namespace emltrace::received {

/// The `with` words are this word.
[[nodiscard]] bool with_is(const Draft& draft, std::string_view word);
/// Empty where none is named.
[[nodiscard]] std::string_view software_of(const Draft& draft);
/// Not empty, and of these letters alone.
[[nodiscard]] bool is_made_of(std::string_view text, std::string_view letters);
/// The stamp has no weekday: `20 May 2026 05:58:35 -0700`.
[[nodiscard]] bool no_weekday(const Draft& draft);

/// The producer's own words tell the client's address: a text that seemed to stand for it is left
/// unread.
void correct_address(Draft& draft, const ip::Address& address);

/// Takes the comments of a clause that start with the text: nothing of them is needed.
void take_comments(Draft& draft, Clause clause, std::string_view start);
/// True, and taken, where these words follow each other in the clause.
bool take_phrase(Draft& draft, Clause clause, std::string_view phrase);
/// The name in front is the envelope sender where it holds an '@': no HELO does.
void take_sender_name(Draft& draft);

}  // namespace emltrace::received
