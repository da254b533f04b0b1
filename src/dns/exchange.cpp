#include "dns/exchange.hpp"

#include <net/if.h>

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/connect.hpp>
#include <asio/post.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <random>
#include <utility>

#include "base/text.hpp"

namespace emltrace::dns {
namespace {

std::uint16_t random_id() {
  static thread_local std::random_device device;
  return static_cast<std::uint16_t>(device());
}

/// The number of an interface that is named or numbered; 0 is none.
asio::ip::scope_id_type scope_of(const std::string& zone) {
  if (const auto number = text::parse_unsigned(zone)) {
    return static_cast<asio::ip::scope_id_type>(*number);
  }
  return zone.empty() ? 0 : ::if_nametoindex(zone.c_str());
}

asio::ip::address address_of(const Server& server) {
  const auto bytes = server.address.bytes();
  if (server.address.is_v4()) {
    asio::ip::address_v4::bytes_type v4{};
    std::copy(bytes.begin(), bytes.end(), v4.begin());
    return asio::ip::address_v4(v4);
  }
  asio::ip::address_v6::bytes_type v6{};
  std::copy(bytes.begin(), bytes.end(), v6.begin());
  return asio::ip::address_v6(v6, scope_of(server.zone));
}

}  // namespace

Exchange::Exchange(asio::io_context& io, const Server& server, const Question& question, bool edns)
    : server_(server),
      query_(wire::encode_query(question, random_id(), edns)),
      udp_(io),
      tcp_(io) {}

void Exchange::start(Done done) {
  done_ = std::move(done);
  asio::post(udp_.get_executor(), [self = shared_from_this()] {
    if (self->done_) self->ask_udp();
  });
}

void Exchange::cancel() {
  done_ = nullptr;
  close();
}

void Exchange::ask_udp() {
  const asio::ip::udp::endpoint peer(address_of(server_), server_.port);
  asio::error_code error;
  // A connected socket takes datagrams of this peer alone, and tells when the port is closed.
  if (udp_.open(peer.protocol(), error) || udp_.non_blocking(true, error) ||
      udp_.connect(peer, error))
    return fail(error);
  udp_.send(asio::buffer(query_), 0, error);
  if (error) return fail(error);
  receive_udp();
}

// Many queries wait at once: room for a reply is had when there is one.
void Exchange::receive_udp() {
  udp_.async_wait(asio::socket_base::wait_read,
                  [self = shared_from_this()](const asio::error_code& error) {
                    if (!self->done_) return;
                    if (error) return self->fail(error);
                    self->on_udp();
                  });
}

void Exchange::on_udp() {
  std::array<char, kMaxUdpReply> bytes;
  asio::error_code error;
  const std::size_t size = udp_.receive(asio::buffer(bytes), 0, error);
  // A datagram that the system drops for its checksum wakes all the same.
  if (error == asio::error::would_block) return receive_udp();
  if (error) return fail(error);
  const std::string_view reply(bytes.data(), size);
  if (!wire::answers(query_, reply)) {
    if (++strays_ <= kMaxStrays) return receive_udp();
    return finish(Outcome::malformed, "too many replies to other questions from " + server_.text());
  }
  if (wire::truncated(reply)) return ask_tcp();
  decode(reply);
}

void Exchange::ask_tcp() {
  asio::error_code ignored;
  static_cast<void>(udp_.close(ignored));
  const std::uint16_t id = random_id();
  query_[0] = static_cast<char>(id >> 8U);
  query_[1] = static_cast<char>(id & 0xFFU);
  const asio::ip::tcp::endpoint peer(address_of(server_), server_.port);
  tcp_.async_connect(peer, [self = shared_from_this()](const asio::error_code& error) {
    if (!self->done_) return;
    if (error) return self->fail(error);
    self->send_tcp();
  });
}

void Exchange::send_tcp() {
  tcp_bytes_ = {static_cast<char>(query_.size() >> 8U), static_cast<char>(query_.size() & 0xFFU)};
  tcp_bytes_ += query_;
  asio::async_write(tcp_, asio::buffer(tcp_bytes_),
                    [self = shared_from_this()](const asio::error_code& error, std::size_t) {
                      if (!self->done_) return;
                      if (error) return self->fail(error);
                      self->receive_tcp();
                    });
}

void Exchange::receive_tcp() {
  const auto body = [self = shared_from_this()](const asio::error_code& error, std::size_t) {
    if (!self->done_) return;
    if (error) return self->fail(error);
    if (!wire::answers(self->query_, self->tcp_bytes_)) {
      return self->finish(Outcome::malformed,
                          "a reply to another question over TCP from " + self->server_.text());
    }
    // Cut short where nothing needs to be: what is left out could be anything.
    if (wire::truncated(self->tcp_bytes_)) {
      return self->finish(Outcome::malformed,
                          "a truncated reply over TCP from " + self->server_.text());
    }
    self->decode(self->tcp_bytes_);
  };
  asio::async_read(tcp_, asio::buffer(length_),
                   [self = shared_from_this(), body](const asio::error_code& error, std::size_t) {
                     if (!self->done_) return;
                     if (error) return self->fail(error);
                     const auto high = static_cast<std::uint8_t>(self->length_[0]);
                     const auto low = static_cast<std::uint8_t>(self->length_[1]);
                     self->tcp_bytes_.assign(high * 256U + low, '\0');
                     asio::async_read(self->tcp_, asio::buffer(self->tcp_bytes_), body);
                   });
}

void Exchange::decode(std::string_view bytes) {
  auto reply = wire::decode_reply(bytes);
  if (!reply) return finish(Outcome::malformed, reply.error() + " from " + server_.text());
  finish(Outcome::reply, "", std::move(*reply));
}

void Exchange::fail(const asio::error_code& error) {
  const bool closed = error == asio::error::eof;
  const std::string what = closed ? "closed the connection without a whole reply" : error.message();
  finish(Outcome::unreachable, server_.text() + ": " + what);
}

void Exchange::finish(Outcome outcome, std::string reason, wire::Reply reply) {
  const auto self = shared_from_this();
  const Done done = std::exchange(done_, nullptr);
  close();
  if (done) done(Heard{outcome, std::move(reply), std::move(reason)});
}

void Exchange::close() {
  asio::error_code ignored;
  static_cast<void>(udp_.close(ignored));
  static_cast<void>(tcp_.close(ignored));
}

}  // namespace emltrace::dns
