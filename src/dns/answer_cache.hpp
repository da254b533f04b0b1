#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "dns/answer.hpp"
#include "dns/source.hpp"

namespace emltrace::dns {

/// Answers that other messages may use too. Holds at most `capacity`; the oldest goes first.
class AnswerCache {
 public:
  using Clock = Source::Clock;
  /// A shorter TTL is taken as this one: the messages of one run see one state of the DNS.
  static constexpr std::uint32_t kMinTtl = 30;

  explicit AnswerCache(std::size_t capacity) : capacity_(capacity) {}
  /// Null where it is not known or too old.
  [[nodiscard]] const Answer* find(const Question& question, Clock::time_point now) const;
  /// `ttl` in seconds.
  void add(const Question& question, const Answer& answer, std::uint32_t ttl,
           Clock::time_point now);

 private:
  struct Entry {
    Answer answer;
    Clock::time_point expiry;
  };
  std::size_t capacity_;
  std::unordered_map<Question, Entry> entries_;
  std::deque<Question> order_;  ///< of entry
};

}  // namespace emltrace::dns
