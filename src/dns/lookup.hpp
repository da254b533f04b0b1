#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dns/answer.hpp"
#include "dns/exchange.hpp"
#include "dns/resolver.hpp"

namespace emltrace::dns {

/// What the lookups of one resolver learn about its servers.
struct ServerNotes {
  std::size_t preferred = 0;    ///< the one that answered last: asked first
  std::set<std::size_t> plain;  ///< those that do not take EDNS
};

/// The way from one question to its answer: from server to server until one knows, and from alias
/// to alias until the records are there.
class Lookup : public std::enable_shared_from_this<Lookup> {
 public:
  /// `ttl`: seconds for which the answer holds.
  using Done = std::function<void(Answer, std::uint32_t ttl)>;

  Lookup(asio::io_context& io, const Resolver::Options& options, ServerNotes& notes,
         const Question& question);
  /// Calls `done` once, never from within this call.
  void start(Done done);
  /// `done` will not be called any more.
  void cancel();

 private:
  void try_next();
  void ask();
  void on_heard(Heard heard);
  void on_reply(wire::Reply reply);
  void follow(const wire::Reply& reply);
  bool take(const wire::Reply& reply, Type type);
  void ask_on();
  void conclude(Status status, std::uint32_t ttl);
  void give_up();
  void fail(std::string reason);
  void finish(Answer answer, std::uint32_t ttl);

  [[nodiscard]] std::size_t tries() const;
  [[nodiscard]] std::size_t server_index() const;
  [[nodiscard]] const Server& server() const { return options_.servers[server_index()]; }

  asio::io_context& io_;
  const Resolver::Options& options_;
  ServerNotes& notes_;
  Question question_;  ///< with the name that the aliases have led to
  Done done_;
  std::shared_ptr<Exchange> exchange_;
  Exchange::Clock::time_point until_;
  std::size_t first_server_ = 0;
  std::size_t try_ = 0;
  bool edns_ = true;  ///< of the exchange under way

  Answer answer_;
  std::set<DomainName> visited_;
  std::uint32_t ttl_;

  // What the tries so far came to; a reason of the gravest.
  std::size_t refused_ = 0;
  std::string failure_;
  std::string silence_;
  std::string refusal_;
  std::string unreachable_;
};

}  // namespace emltrace::dns
