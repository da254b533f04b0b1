#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "dns/resolv_conf.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;

namespace {

std::vector<std::string> servers_of(std::string_view text) {
  std::vector<std::string> texts;
  for (const auto& server : dns::parse_resolv_conf(text).servers) texts.push_back(server.text());
  return texts;
}

}  // namespace

TEST_CASE("a server is written in each usual way") {
  struct Row {
    std::string_view text;
    std::string_view read;
  };
  const Row row = GENERATE(
      Row{"127.0.0.1", "127.0.0.1:53"}, Row{"192.0.2.1:5353", "192.0.2.1:5353"},
      Row{"::1", "[::1]:53"}, Row{"[::1]", "[::1]:53"}, Row{"[::1]:5353", "[::1]:5353"},
      Row{"2001:db8::53", "[2001:db8::53]:53"}, Row{"[2001:db8::53]:65535", "[2001:db8::53]:65535"},
      Row{"fe80::1%eth0", "[fe80::1%eth0]:53"}, Row{"[fe80::1%eth0]:54", "[fe80::1%eth0]:54"});
  CAPTURE(row.text);
  const auto server = dns::parse_server(row.text);
  REQUIRE(server);
  CHECK(server->text() == row.read);
}

TEST_CASE("what is no server is refused, with the text in the error") {
  const std::string text =
      GENERATE(as<std::string>(), "", "localhost", "dns.example:53", "127.0.0.1:", "127.0.0.1:0",
               "127.0.0.1:65536", "127.0.0.1:53x", "127.0.0.1:-1", "127.0.0", "127.0.0.1:53:53",
               "[::1", "[::1]53", "[::1]:", "::1]:53", "[]:53", "2001:db8:::1", "[127.0.0.1%lo]",
               "fe80::1%", "2001:db8:1:2:3:4:5:6:70000", " 127.0.0.1", "127.0.0.1 ",
               "fe80::1%eth0]", "fe80::1%et h0", "fe80::1%a%b", "fe80::1%\x01", "[fe80::1%[]:53");
  CAPTURE(text);
  const auto server = dns::parse_server(text);
  REQUIRE_FALSE(server);
  CHECK(server.error().find("'" + text + "'") == 0);
}

TEST_CASE("resolv.conf: name servers in order, comments and other lines passed over") {
  CHECK(servers_of("# nameserver 192.0.2.9\n; nameserver 192.0.2.8\n"
                   "search example.org\nnameserver 192.0.2.1\n"
                   "nameserver\t2001:db8::1  # the second\n  nameserver fe80::1%lo\n"
                   "nameserver nonsense\nnameserver\nnameservers 192.0.2.7\n") ==
        std::vector<std::string>{"192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%lo]:53"});
}

TEST_CASE("resolv.conf: a server named twice is asked as one, and their number is bounded") {
  CHECK(servers_of("nameserver 192.0.2.1\nnameserver 192.0.2.1\n").size() == 1);
  std::string many;
  for (int i = 1; i < 200; ++i) many += "nameserver 192.0.2." + std::to_string(i) + "\n";
  CHECK(servers_of(many).size() == dns::kMaxServers);
}

TEST_CASE("resolv.conf: without a server it is this host's own") {
  const std::vector<std::string> own = {"127.0.0.1:53", "[::1]:53"};
  CHECK(servers_of("") == own);
  CHECK(servers_of("options timeout:1\n") == own);
  CHECK(dns::read_resolv_conf("/nonexistent/resolv.conf").servers.size() == 2);
}

TEST_CASE("resolv.conf: attempts, timeout and rotate, within the bounds of the C library") {
  const auto conf = dns::parse_resolv_conf("options rotate timeout:2 attempts:3 edns0\n");
  CHECK(conf.attempts == 3);
  CHECK(conf.timeout == std::chrono::seconds(2));
  CHECK(conf.rotate);
  const auto low = dns::parse_resolv_conf("options timeout:0 attempts:0 rotated\n");
  CHECK(low.attempts == 1);
  CHECK(low.timeout == std::chrono::seconds(1));
  CHECK_FALSE(low.rotate);
  const auto high = dns::parse_resolv_conf("options timeout:999 attempts:999\n");
  CHECK(high.attempts == 5);
  CHECK(high.timeout == std::chrono::seconds(30));
  const auto bad = dns::parse_resolv_conf("options timeout:x attempts:\n");
  CHECK_FALSE(bad.attempts);
  CHECK_FALSE(bad.timeout);
}

TEST_CASE("resolv.conf: RES_OPTIONS goes before the options of the file") {
  const auto folder = std::filesystem::temp_directory_path();
  const std::string path = (folder / ("emltrace-resolv-" + std::to_string(::getpid()))).string();
  std::ofstream(path) << "nameserver 192.0.2.1\noptions timeout:2 attempts:3\n";
  CHECK(dns::read_resolv_conf(path).timeout == std::chrono::seconds(2));
  ::setenv("RES_OPTIONS", "timeout:4 rotate", 1);
  const auto conf = dns::read_resolv_conf(path);
  ::unsetenv("RES_OPTIONS");
  CHECK(conf.servers.size() == 1);
  CHECK(conf.timeout == std::chrono::seconds(4));
  CHECK(conf.attempts == 3);
  CHECK(conf.rotate);
  std::filesystem::remove(path);
}
