#pragma once

#include <cstddef>
#include <memory>

#include "cli/job.hpp"
#include "dns/resolver.hpp"

namespace emltrace::cli {

/// Many messages at once: worker threads, each of which goes on with whatever message has its
/// answers or is new, and a dns::Hub where there are servers to ask. What is read ahead, under way
/// or finished and waiting for its turn is bounded in number and in bytes, whatever is read: `add`
/// waits. Used by one thread.
class Batch {
 public:
  struct Limits {
    std::size_t jobs;       ///< worker threads; each is started when there is a message for it
    std::size_t in_flight;  ///< messages under way at once, in all of them together
    std::size_t bytes;      ///< of all entries; one is always taken
    std::size_t entries;    ///< read and not yet delivered
    bool in_order;          ///< delivered in the order of `add`, else as they are ready
  };

  /// `resolver`: null where each `step` finds its answers. Both must outlive the batch.
  Batch(const Limits& limits, Work& work, dns::Resolver* resolver);
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  /// As `stop`.
  ~Batch();

  /// Waits until there is room. False: it was not taken, since the batch has ended by `deliver` or
  /// by a signal.
  [[nodiscard]] bool add(Job job);
  /// An entry that is finished already: only its place in the order counts.
  [[nodiscard]] bool add(Outcome outcome);
  /// Waits until all is delivered, or the batch has ended.
  void finish();
  /// Lets go what is not finished. What is finished is delivered all the same.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace emltrace::cli
