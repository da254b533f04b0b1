#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "dns/answer.hpp"
#include "dns/question.hpp"
#include "dns/tape.hpp"

/// The lines of a recording as JSON, without line ends. See tape.hpp for what they look like.
namespace emltrace::dns {

struct TapeLine {
  Question question;
  Answer answer;          ///< its `cached` is not written: it follows from `input`
  std::size_t input = 0;  ///< the message that it was the answer for; 0 is the first
};

[[nodiscard]] std::string head_line(const TapeHead& head);
[[nodiscard]] std::string answer_line(const TapeLine& line);
/// An error says what is wrong with the line, a field by its name.
[[nodiscard]] Result<TapeHead> read_head_line(std::string_view line);
[[nodiscard]] Result<TapeLine> read_answer_line(std::string_view line);

}  // namespace emltrace::dns
