#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"

/// What the tests of the resolver share.
namespace emltrace::test {

// Time enough for any machine; nothing waits for it where a server answers.
inline constexpr std::chrono::milliseconds kLong{20000};
// What a test that waits for silence has to sit through.
inline constexpr std::chrono::milliseconds kShort{400};

inline constexpr std::string_view kZone = R"(
a.example      300 A 192.0.2.1
b.example      300 A 192.0.2.2
c.example      300 A 192.0.2.3
www.example    300 CNAME a.example
)";

inline dns::Question question(std::string_view name, dns::Type type) {
  return {*DomainName::parse(name), type};
}

inline dns::Resolver::Options options(const std::vector<std::string>& servers,
                                      std::chrono::milliseconds timeout = kLong) {
  dns::Resolver::Options made;
  for (const std::string& server : servers) made.servers.push_back(*dns::parse_server(server));
  made.timeout = timeout;
  return made;
}

inline dns::Answer ask(dns::Source& source, std::string_view name, dns::Type type,
                       std::chrono::milliseconds deadline = kLong) {
  dns::Answer got;
  source.fetch(question(name, type), dns::Source::Clock::now() + deadline,
               [&](dns::Answer answer) { got = std::move(answer); });
  source.run();
  return got;
}

/// A loopback port on which nobody listens.
inline std::string closed_port() {
  asio::io_context io;
  const asio::ip::udp::socket socket(io, {asio::ip::address_v4::loopback(), 0});
  return "127.0.0.1:" + std::to_string(socket.local_endpoint().port());
}

inline std::string first_address(const dns::Answer& answer) {
  const auto addresses = answer.addresses();
  return addresses.empty() ? "" : addresses.front().text();
}

}  // namespace emltrace::test
