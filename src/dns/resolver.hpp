#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/resolv_conf.hpp"
#include "dns/source.hpp"

namespace emltrace::dns {

/// Asks recursive resolvers (RFC 1035, 5452, 6891, 7766): over UDP from a random port with a random
/// id, over TCP where the reply is truncated; replies from elsewhere, with another id or to another
/// question are passed over. A server that fails, refuses or is silent gives way to the next, but a
/// late answer is taken as long as the question has time. What a policy of the server stands in for
/// (RFC 8914: blocked, filtered) is a failure. Data that name what can never be asked, such as an
/// alias to the root, are no data. A reply that contradicts itself (NXDOMAIN with the records,
/// records of other names alone, a cut over TCP) is neither answer nor absence, but a failure.
/// Aliases are followed. A question that several messages ask at once is asked once, and its answer
/// is kept for the messages to come. So many questions are under way as the servers take
/// (AskingWindow). For use by one thread; errors are answers, never exceptions.
class Resolver final : public Source {
 public:
  struct Options {
    std::vector<Server> servers;              ///< in order of asking; none: every question fails
    std::chrono::milliseconds timeout{3000};  ///< for one question, all its tries together
    int attempts = 2;                         ///< rounds through the servers for one question
    /// Open at once, but no more than half of what the process may open; questions beyond wait.
    std::size_t max_sockets = 256;
    std::size_t max_cached = 65536;  ///< answers kept
    bool keep = false;    ///< answers that are no errors stand for good, however many and how old
    bool rotate = false;  ///< each question begins at the next server
    /// The longest wait for one try; null: what is left of `timeout`, shared by the tries left.
    std::optional<std::chrono::milliseconds> retry_after = std::nullopt;
  };
  /// The options that resolv.conf(5) asks for. Its `timeout` is the wait for one try, and the
  /// question has that of all its tries together; where `timeout` is given it goes before that.
  [[nodiscard]] static Options options_of(
      const ResolvConf& conf, std::optional<std::chrono::milliseconds> timeout = std::nullopt);

  explicit Resolver(Options options);
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver() override;

  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override;

  // For one that serves others from a thread of its own, see Hub.

  /// Does what is fetched and posted until `stop` is called.
  void serve();
  /// Ends `serve`; from within it.
  void stop();
  /// Has `serve` call that; from any thread.
  void post(std::function<void()> call);
  /// A question that is fetched now is sent now: nothing waits for a socket.
  [[nodiscard]] bool has_room() const;
  /// The answer is kept: no question needs to be sent for it.
  [[nodiscard]] bool knows(const Question& question) const;

  [[nodiscard]] std::string_view mode() const override { return "live"; }
  [[nodiscard]] std::vector<std::string> servers() const override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace emltrace::dns
