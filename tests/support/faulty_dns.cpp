#include "support/faulty_dns.hpp"

#include <sys/socket.h>

#ifndef ASIO_STANDALONE
#define ASIO_STANDALONE
#endif
#include <algorithm>
#include <array>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <asio/post.hpp>
#include <asio/read.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/text.hpp"
#include "dns/zone.hpp"

namespace emltrace::test {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using dns::Type;

constexpr std::size_t kPlainUdp = 512;
constexpr std::uint16_t kExtendedError = 15;
constexpr std::uint16_t kBogus = 6;
constexpr std::uint16_t kFiltered = 17;
constexpr std::uint8_t kYxDomain = 6;
constexpr std::chrono::milliseconds kStrayLead{30};
constexpr std::chrono::milliseconds kPieceGap{2};
constexpr std::chrono::milliseconds kDripGap{150};
constexpr int kFlood = 200;

std::string forged(const Query& query) {
  std::string out = reply_head(query, 0, true, {1, 0});
  put_record(out, query.asked.name, Type::a, 300, bytes_of(*ip::Address::parse(kForgedAddress)));
  return out;
}

std::string alias_loop(const Query& query) {
  const std::string other = "loop." + query.asked.name;
  std::string out = reply_head(query, 0, false, {2, 0});
  put_record(out, query.asked.name, Type::cname, 300, rdata_of(*DomainName::parse(other)));
  put_record(out, other, Type::cname, 300, rdata_of(*DomainName::parse(query.asked.name)));
  return out;
}

std::string alias_alone(const Query& query, bool ad) {
  std::string out = reply_head(query, 0, ad, {1, 0});
  put_record(out, query.asked.name, Type::cname, 300,
             rdata_of(*DomainName::parse("alias." + query.asked.name)));
  return out;
}

std::string referral(const Query& query) {
  std::string out = reply_head(query, 0, false, {0, 1});
  put_record(out, query.asked.name, Type::ns, 300,
             rdata_of(*DomainName::parse("ns." + query.asked.name)));
  return out;
}

/// SERVFAIL or NXDOMAIN with an OPT record that holds one extended error (RFC 8914 2).
std::string with_error(const Query& query, std::uint8_t rcode, std::uint16_t code,
                       std::string_view text) {
  std::string option;
  put16(option, kExtendedError);
  put16(option, 2 + text.size());
  put16(option, code);
  option += text;
  std::string out = reply_head(query, rcode, false, {});
  out[11] = 1;  // one additional record
  out += '\0';
  put16(out, kOptRecord);
  put16(out, kPlainUdp);
  out += std::string(4, '\0');
  put16(out, option.size());
  return out + option;
}

std::string of_root(const Query& query, Type type) {
  std::string out = reply_head(query, 0, false, {1, 0});
  const std::string preference(type == Type::mx ? 2 : 0, '\0');
  put_record(out, query.asked.name, type, 300, preference + '\0');
  return out;
}

bool over_tcp(Fault fault) {
  switch (fault) {
    case Fault::truncated:
    case Fault::tcp_silent:
    case Fault::tcp_closed:
    case Fault::tcp_cut_short:
    case Fault::tcp_in_pieces:
    case Fault::tcp_drips:
      return true;
    default:
      return false;
  }
}

/// How a reply goes out over TCP.
struct Pieces {
  std::size_t size;
  std::chrono::milliseconds gap;
};

struct Rule {
  Fault fault;
  int times;
};

}  // namespace

class FaultyDns::Impl {
 public:
  Impl(std::string_view zone_text, const std::string& address, std::uint16_t port)
      : address_(asio::ip::make_address(address)),
        udp_(io_),
        other_(io_),
        neighbour_(io_),
        acceptor_(io_) {
    if (auto added = zone_.add_text(zone_text, "test.zone"); !added) {
      throw std::runtime_error(added.error());
    }
    open(port);
    receive();
    accept();
    thread_ = std::thread([this] { io_.run(); });
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    io_.stop();
    thread_.join();
  }

  void on(std::string_view name, std::optional<Type> type, Rule rule) {
    const std::lock_guard lock(mutex_);
    rules_[{text::lower(name), type}] = rule;
  }
  void otherwise(Fault fault) {
    const std::lock_guard lock(mutex_);
    otherwise_ = fault;
  }
  void make(Maker maker) {
    const std::lock_guard lock(mutex_);
    maker_ = std::move(maker);
    otherwise_ = Fault::made;
  }
  void vouch(bool authenticated) { vouch_ = authenticated; }
  void refuse_tcp() {
    asio::post(io_, [this] {
      asio::error_code ignored;
      acceptor_.close(ignored);
    });
  }
  void delay(std::chrono::milliseconds time) { delay_ = time; }
  void hold_at_most(std::size_t questions) { most_held_ = questions; }
  std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  std::uint16_t port() const { return port_; }
  std::string server() const {
    const std::string host = address_.to_string();
    return (address_.is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(port_);
  }

 private:
  // A server that shares the processor with who asks it comes late to a crowd of questions: they
  // wait where the system lets them, instead of being lost.
  static void hold_crowds(udp::socket& socket) {
    constexpr int kBytes = 8 << 20;
    if (::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVBUFFORCE, &kBytes, sizeof kBytes) ==
        0)
      return;
    asio::error_code ignored;
    static_cast<void>(socket.set_option(udp::socket::receive_buffer_size(kBytes), ignored));
  }

  /// A port that is free for UDP and TCP, or the given one.
  void open(std::uint16_t given) {
    constexpr int kTries = 50;
    for (int i = 0; i < kTries; ++i) {
      udp_ = udp::socket(io_, udp::endpoint(address_, given));
      hold_crowds(udp_);
      port_ = udp_.local_endpoint().port();
      const tcp::endpoint endpoint(address_, port_);
      asio::error_code error;
      acceptor_ = tcp::acceptor(io_, endpoint.protocol());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      if (acceptor_.bind(endpoint, error)) continue;
      if (acceptor_.listen(tcp::acceptor::max_listen_connections, error)) continue;
      other_ = udp::socket(io_, udp::endpoint(address_, 0));
      if (address_.is_v4())
        neighbour_ = udp::socket(io_, {asio::ip::make_address("127.0.0.2"), port_});
      return;
    }
    throw std::runtime_error("no port is free for UDP and TCP");
  }

  void receive() {
    udp_.async_receive_from(asio::buffer(buffer_), peer_,
                            [this](asio::error_code error, std::size_t size) {
                              if (!error) serve_udp({buffer_.data(), size});
                              receive();
                            });
  }

  void send(
      udp::socket& socket, std::string bytes, udp::endpoint to,
      std::chrono::milliseconds after = {}, std::function<void()> sent = [] {}) {
    auto timer = std::make_shared<asio::steady_timer>(io_, after);
    timer->async_wait(
        [timer, &socket, bytes = std::move(bytes), to, sent = std::move(sent)](asio::error_code) {
          asio::error_code ignored;
          socket.send_to(asio::buffer(bytes), to, 0, ignored);
          sent();
        });
  }

  void serve_udp(std::string_view bytes) {
    auto query = read_query(bytes);
    if (!query) return;
    query->asked.source_port = peer_.port();
    query->asked.tcp = false;
    const Fault fault = note(*query);
    const std::string right = right_reply(*query, fault);
    const std::size_t limit = std::max(kPlainUdp, query->asked.edns_payload);
    const bool cut = over_tcp(fault) || (right.size() > limit && fault != Fault::made);
    const std::string reply = cut ? truncate(*query, right) : right;
    switch (fault) {
      case Fault::silence:
        return;
      case Fault::silent_to_edns:
        if (query->asked.edns_payload != 0) return;
        return send(udp_, reply, peer_, delay_);
      case Fault::late:
        return send(udp_, reply, peer_, kLateBy);
      case Fault::stray_id: {
        Query other = *query;
        other.asked.id ^= 0x5555;
        send(udp_, forged(other), peer_);
        return send(udp_, reply, peer_, kStrayLead);
      }
      case Fault::stray_question: {
        Query other = *query;
        other.section[1] = static_cast<char>(other.section[1] ^ 0x01);
        send(udp_, forged(other), peer_);
        return send(udp_, reply, peer_, kStrayLead);
      }
      case Fault::stray_flood:
        for (int i = 0; i < kFlood; ++i) send(udp_, "no reply", peer_);
        return;
      case Fault::empty:
        send(udp_, "", peer_);
        return send(udp_, reply, peer_, kStrayLead);
      case Fault::stray_address:
        send(neighbour_, forged(*query), peer_);
        return send(udp_, reply, peer_, kStrayLead);
      case Fault::stray_port:
        send(other_, forged(*query), peer_);
        return send(udp_, reply, peer_, kStrayLead);
      default:
        return hold(*query, reply);
    }
  }

  void hold(const Query& query, const std::string& reply) {
    if (held_ >= most_held_) return send(udp_, reply_head(query, kRefused, false, {}), peer_);
    ++held_;
    send(udp_, reply, peer_, delay_, [this] { --held_; });
  }

  /// What the server says, apart from how it is delivered.
  std::string right_reply(const Query& query, Fault fault) {
    if (fault == Fault::made) return maker()(query);
    switch (fault) {
      case Fault::servfail:
        return reply_head(query, kServFail, false, {});
      case Fault::refused:
        return reply_head(query, kRefused, false, {});
      case Fault::notimp:
        return reply_head(query, 4, false, {});
      case Fault::garbage:
        return reply_head(query, 0, false, {}).substr(0, 2) + "\x81\x80 and no DNS message";
      case Fault::broken_record:
        return reply_head(query, 0, false, {1, 0}) + std::string("\0\0", 2);
      case Fault::alias_loop:
        return alias_loop(query);
      case Fault::referral:
        return referral(query);
      case Fault::no_data_at_all:
        return reply_head(query, 0, vouch_, {});
      case Fault::bogus:
        return with_error(query, kServFail, kBogus, kExtraText);
      case Fault::filtered:
        return with_error(query, kNxDomain, kFiltered, "");
      case Fault::alias_alone:
        return alias_alone(query, vouch_);
      case Fault::alias_to_root:
        return of_root(query, Type::cname);
      case Fault::target_root:
        return of_root(query, query.asked.type);
      case Fault::name_too_long:
        return reply_head(query, kYxDomain, false, {});
      case Fault::notimp_to_edns:
        if (query.asked.edns_payload != 0) return reply_head(query, 4, false, {});
        break;
      case Fault::formerr_to_edns:
        if (query.asked.edns_payload != 0) {
          std::string head = reply_head(query, 1, false, {}).substr(0, kDnsHeader);
          head.replace(4, 2, 2, '\0');
          return head;
        }
        break;
      default:
        break;
    }
    return from_zone(query);
  }

  std::string from_zone(const Query& query) {
    const auto name = DomainName::parse_octets(query.asked.name);
    if (!name) return reply_head(query, kNxDomain, vouch_, {});
    const dns::Answer answer = zone_.lookup({*name, query.asked.type});
    if (answer.status == dns::Status::failed) return reply_head(query, kServFail, false, {});
    const std::uint8_t rcode = answer.status == dns::Status::no_such_name ? kNxDomain : 0;
    std::string out = reply_head(query, rcode, vouch_, {answer.records.size(), 0});
    for (const dns::Record& record : answer.records) {
      put_record(out, record.owner.text(), record.type, record.ttl, rdata_of(record.data));
    }
    return out;
  }

  Maker maker() const {
    const std::lock_guard lock(mutex_);
    return maker_;
  }

  Fault note(const Query& query) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(query.asked);
    for (const std::optional<Type> type :
         {std::optional(query.asked.type), std::optional<Type>()}) {
      const auto rule = rules_.find({query.asked.name, type});
      if (rule == rules_.end() || rule->second.times == 0) continue;
      // The question that comes again over TCP is still the same question.
      const bool counts = query.asked.tcp || !over_tcp(rule->second.fault);
      if (rule->second.times > 0 && counts) --rule->second.times;
      return rule->second.fault;
    }
    return otherwise_;
  }

  void accept() {
    acceptor_.async_accept([this](asio::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) read_tcp(std::make_shared<tcp::socket>(std::move(socket)));
      accept();
    });
  }

  void read_tcp(const std::shared_ptr<tcp::socket>& socket) {
    auto length = std::make_shared<std::array<char, 2>>();
    asio::async_read(*socket, asio::buffer(*length), [=, this](asio::error_code e, std::size_t) {
      if (e) return;
      auto body = std::make_shared<std::string>(get16({length->data(), 2}, 0), '\0');
      asio::async_read(*socket, asio::buffer(*body), [=, this](asio::error_code f, std::size_t) {
        if (!f) serve_tcp(socket, *body);
      });
    });
  }

  void serve_tcp(const std::shared_ptr<tcp::socket>& socket, std::string_view bytes) {
    auto query = read_query(bytes);
    if (!query) return;
    query->asked.source_port = socket->remote_endpoint().port();
    query->asked.tcp = true;
    const Fault fault = note(*query);
    if (fault == Fault::tcp_closed) return;
    if (fault == Fault::silence || fault == Fault::tcp_silent) {
      silent_.push_back(socket);
      return;
    }
    const std::string reply = right_reply(*query, fault);
    auto out = std::make_shared<std::string>();
    put16(*out, reply.size());
    *out += reply;
    if (fault == Fault::tcp_cut_short) out->resize(out->size() / 2);
    if (fault == Fault::tcp_drips) return write_pieces(socket, out, 0, {1, kDripGap});
    const std::size_t piece = fault == Fault::tcp_in_pieces ? 7 : out->size();
    write_pieces(socket, out, 0, {piece, kPieceGap});
  }

  void write_pieces(const std::shared_ptr<tcp::socket>& socket,
                    const std::shared_ptr<std::string>& out, std::size_t at, Pieces pieces) {
    if (at >= out->size()) return;
    const std::size_t size = std::min(pieces.size, out->size() - at);
    asio::async_write(*socket, asio::buffer(out->data() + at, size),
                      [=, this](asio::error_code error, std::size_t) {
                        if (error) return;
                        auto timer = std::make_shared<asio::steady_timer>(io_, pieces.gap);
                        timer->async_wait([=, this](asio::error_code) {
                          static_cast<void>(timer);
                          write_pieces(socket, out, at + size, pieces);
                        });
                      });
  }

  dns::Zone zone_;
  asio::io_context io_;
  asio::ip::address address_;
  udp::socket udp_;
  udp::socket other_;
  udp::socket neighbour_;  // the same port at another address, where loopback has several
  tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::array<char, 4096> buffer_{};
  udp::endpoint peer_;
  std::vector<std::shared_ptr<tcp::socket>> silent_;

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::optional<Type>>, Rule> rules_;
  Fault otherwise_ = Fault::none;
  Maker maker_;
  std::atomic<bool> vouch_ = false;
  std::atomic<std::chrono::milliseconds> delay_ = std::chrono::milliseconds(0);
  std::atomic<std::size_t> most_held_ = std::numeric_limits<std::size_t>::max();
  std::size_t held_ = 0;  ///< replies that are delayed
  std::vector<Asked> asked_;
  std::thread thread_;
};

FaultyDns::FaultyDns(std::string_view zone_text, const std::string& address, std::uint16_t port)
    : impl_(std::make_unique<Impl>(zone_text, address, port)) {}
FaultyDns::~FaultyDns() = default;

void FaultyDns::on(std::string_view name, Fault fault, int times) {
  impl_->on(name, std::nullopt, {fault, times});
}
void FaultyDns::on(std::string_view name, dns::Type type, Fault fault, int times) {
  impl_->on(name, type, {fault, times});
}
void FaultyDns::otherwise(Fault fault) {
  impl_->otherwise(fault);
}
void FaultyDns::make(Maker maker) {
  impl_->make(std::move(maker));
}
void FaultyDns::refuse_tcp() {
  impl_->refuse_tcp();
}
void FaultyDns::delay(std::chrono::milliseconds time) {
  impl_->delay(time);
}
void FaultyDns::hold_at_most(std::size_t questions) {
  impl_->hold_at_most(questions);
}
void FaultyDns::vouch(bool authenticated) {
  impl_->vouch(authenticated);
}
std::uint16_t FaultyDns::port() const {
  return impl_->port();
}
std::string FaultyDns::server() const {
  return impl_->server();
}
std::vector<Asked> FaultyDns::asked() const {
  return impl_->asked();
}

}  // namespace emltrace::test
