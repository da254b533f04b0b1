#pragma once

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dns/answer.hpp"
#include "dns/exchange.hpp"
#include "dns/resolver.hpp"
#include "dns/server_notes.hpp"

namespace emltrace::dns {

/// The way from one question to its answer: from server to server until one knows, and from alias
/// to alias until the records are there. The query of a try that gave way to the next stays open
/// until the time of the question is up: a late answer is an answer.
class Lookup : public std::enable_shared_from_this<Lookup> {
 public:
  using Clock = Source::Clock;
  /// `ttl`: seconds for which the answer holds.
  using Done = std::function<void(Answer, std::uint32_t ttl)>;

  /// Sockets that one lookup has open at once at most; where there are more tries the oldest gives
  /// way.
  static constexpr std::size_t kMaxSockets = 16;
  [[nodiscard]] static std::size_t most_sockets(const Resolver::Options& options);

  Lookup(asio::io_context& io, const Resolver::Options& options, ServerNotes& notes,
         const Question& question);
  /// Calls `done` once, never from within this call.
  void start(Done done);
  /// `done` will not be called any more.
  void cancel();

 private:
  /// A query under way.
  struct Try {
    std::shared_ptr<Exchange> exchange;
    std::size_t number;  ///< of the try that made it
    std::size_t server;
    bool edns;
  };

  void begin_tries();
  void ask();
  void send(std::size_t number, std::size_t server, bool edns);
  void wait();
  void on_silence();
  void on_heard(const Exchange* exchange, Heard heard);
  void on_reply(const Try& from, const wire::Reply& reply);
  void learn(const Try& from, const wire::Reply& reply);
  void refuse(const Try& from, const wire::Reply& reply);
  void fail_try(const Try& from, std::string& kind, std::string reason);
  void follow(const Try& from, const wire::Reply& reply);
  bool take(const wire::Reply& reply, Type type);
  void conclude(Status status, std::uint32_t ttl);
  void give_up();
  void fail(std::string reason);
  void finish(Answer answer, std::uint32_t ttl);
  void close_all();

  [[nodiscard]] std::size_t server_of(std::size_t number) const;
  [[nodiscard]] const Server& server(std::size_t index) const { return options_.servers[index]; }

  asio::io_context& io_;
  const Resolver::Options& options_;
  ServerNotes& notes_;
  Question question_;  ///< with the name that the aliases have led to
  Done done_;
  std::vector<Try> open_;  ///< oldest first
  asio::steady_timer retry_;
  Clock::time_point until_;
  std::size_t first_server_ = 0;
  std::size_t try_ = 0;    ///< the newest
  std::size_t tries_ = 0;  ///< for the present name

  Answer answer_;
  std::set<DomainName> visited_;
  std::uint32_t ttl_;

  // What the tries so far came to; a reason of the gravest.
  std::string failure_;
  std::string silence_;
  std::string refusal_;
  std::string unreachable_;
};

}  // namespace emltrace::dns
