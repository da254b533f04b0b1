#pragma once

#ifndef ASIO_STANDALONE
#define ASIO_STANDALONE
#endif
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "dns/resolv_conf.hpp"
#include "dns/wire.hpp"

namespace emltrace::dns {

/// How one query to one server ended.
struct Heard {
  enum class Outcome {
    reply,
    unreachable,  ///< the system says so: connection refused, no route, no socket
    malformed,    ///< a reply that cannot be read
  };
  Outcome outcome = Outcome::reply;
  wire::Reply reply;
  std::string reason;  ///< for all but `reply`: one phrase
};

/// One query put to one server: over UDP, and over TCP where the reply is truncated. Each has an
/// id of its own, drawn at random, and a socket of its own, whose port the system draws at random
/// (RFC 5452 9). Waits as long as it is let, and keeps itself alive until it ends: by a reply, a
/// failure, or `cancel`.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Done = std::function<void(Heard)>;

  Exchange(asio::io_context& io, const Server& server, const Question& question, bool edns);
  /// Calls `done` once, never from within this call.
  void start(Done done);
  /// Closes the socket; `done` will not be called any more.
  void cancel();

 private:
  using Outcome = Heard::Outcome;
  static constexpr std::size_t kMaxUdpReply = 4096;
  static constexpr int kMaxStrays = 100;

  void ask_udp();
  void receive_udp();
  void on_udp();
  void ask_tcp();
  void send_tcp();
  void receive_tcp();
  void decode(std::string_view bytes);
  void finish(Outcome outcome, std::string reason, wire::Reply reply = {});
  void fail(const asio::error_code& error);
  void close();

  Server server_;
  std::string query_;
  asio::ip::udp::socket udp_;
  asio::ip::tcp::socket tcp_;
  Done done_;
  std::array<char, 2> length_{};
  std::string tcp_bytes_;
  int strays_ = 0;
};

}  // namespace emltrace::dns
