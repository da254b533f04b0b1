#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "dns/answer.hpp"

namespace emltrace::dns {

/// How many questions may be under way at once. Forwarders of small networks refuse what is more
/// than they can hold (dnsmasq: 150), large resolvers take thousands; so the window begins small,
/// grows by one with each answer, and is halved where a server refuses what was sent into a crowd.
class AskingWindow {
 public:
  static constexpr std::size_t kFloor = 128;

  /// `most`: sockets are for no more.
  explicit AskingWindow(std::size_t most) : most_(most), size_(std::min(most, kFloor)) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  /// What is remembered of a question that was sent.
  struct Ticket {
    std::size_t beside = 0;    ///< questions under way then, itself included
    std::uint64_t number = 0;  ///< of those sent
  };
  [[nodiscard]] Ticket send(std::size_t under_way) { return {under_way, ++sent_}; }

  /// True where the answer is a refusal that may be owed to the crowd: the question is worth asking
  /// again when there is less of it. A window that was cut never grows again, so a question is asked
  /// no more often than the window can be halved.
  bool on_answer(const Ticket& ticket, Status status) {
    if (status != Status::refused) {
      if (!cut_ && status != Status::timed_out) size_ = std::min(most_, size_ + 1);
      return false;
    }
    if (ticket.beside <= kFloor) return false;
    // One cut for one crowd: what was sent into it before the cut says nothing new.
    if (ticket.number > cut_after_) {
      size_ = std::max(std::min(most_, kFloor), size_ / 2);
      cut_after_ = sent_;
      cut_ = true;
    }
    return true;
  }

 private:
  std::size_t most_;
  std::size_t size_;
  std::uint64_t sent_ = 0;
  std::uint64_t cut_after_ = 0;
  bool cut_ = false;  ///< a limit was met: the window grows no more
};

}  // namespace emltrace::dns
