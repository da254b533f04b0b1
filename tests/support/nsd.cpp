#include "support/nsd.hpp"

#ifndef ASIO_STANDALONE
#define ASIO_STANDALONE
#endif
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "dns/wire.hpp"

namespace emltrace::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPatience = 20s;

std::uint16_t free_port() {
  asio::io_context io;
  const auto loopback = asio::ip::address_v4::loopback();
  while (true) {
    const asio::ip::udp::socket udp(io, asio::ip::udp::endpoint(loopback, 0));
    const std::uint16_t port = udp.local_endpoint().port();
    asio::ip::tcp::socket tcp(io, asio::ip::tcp::v4());
    asio::error_code error;
    if (!tcp.bind({loopback, port}, error)) return port;
  }
}

std::string read_all(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string configuration(const fs::path& folder, std::uint16_t port,
                          const std::vector<NsdZone>& zones) {
  const std::string at = "@" + std::to_string(port) + "\n";
  const std::string dir = folder.string();
  std::string conf = "server:\n  ip-address: 127.0.0.1" + at;
  if (has_ipv6_loopback()) conf += "  ip-address: ::1" + at;
  conf += "  username: \"\"\n  chroot: \"\"\n  database: \"\"\n  server-count: 1\n";
  conf += "  zonesdir: \"" + dir + "\"\n  xfrdir: \"" + dir + "\"\n";
  conf += "  pidfile: \"" + dir + "/pid\"\n  xfrdfile: \"" + dir + "/xfrd\"\n";
  conf += "  zonelistfile: \"" + dir + "/zone.list\"\n  logfile: \"" + dir + "/log\"\n";
  conf += "remote-control:\n  control-enable: no\n";
  for (const NsdZone& zone : zones) {
    conf += "zone:\n  name: " + zone.origin + "\n  zonefile: " + zone.origin + ".zone\n";
  }
  return conf;
}

}  // namespace

bool has_ipv6_loopback() {
  asio::io_context io;
  asio::ip::udp::socket socket(io);
  asio::error_code error;
  return !socket.open(asio::ip::udp::v6(), error) &&
         !socket.bind({asio::ip::address_v6::loopback(), 0}, error);
}

Nsd::Nsd(const std::vector<NsdZone>& zones) {
  std::string pattern = (fs::temp_directory_path() / "emltrace-nsd-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  // Somebody else may take the port between its choice and its use.
  while (std::chrono::steady_clock::now() < end) {
    port_ = free_port();
    write_files(zones);
    spawn();
    while (!exited() && std::chrono::steady_clock::now() < end) {
      if (answers(zones.front().origin)) return;
      std::this_thread::sleep_for(10ms);
    }
    stop();
  }
  const std::string words = read_all(folder_ / "output") + read_all(folder_ / "log");
  fs::remove_all(folder_);
  throw std::runtime_error("nsd does not come up: " + words);
}

Nsd::~Nsd() {
  stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Nsd::server() const {
  return "127.0.0.1:" + std::to_string(port_);
}
std::string Nsd::server_v6() const {
  return "[::1]:" + std::to_string(port_);
}

void Nsd::write_files(const std::vector<NsdZone>& zones) const {
  std::ofstream(folder_ / "nsd.conf") << configuration(folder_, port_, zones);
  for (const NsdZone& zone : zones) {
    std::ofstream(folder_ / (zone.origin + ".zone"))
        << "$ORIGIN " << zone.origin << ".\n$TTL 300\n"
        << "@ SOA ns hostmaster 1 3600 600 86400 120\n@ NS ns\nns A 127.0.0.1\n"
        << zone.records;
  }
}

void Nsd::spawn() {
  const std::string conf = (folder_ / "nsd.conf").string();
  const std::string output = (folder_ / "output").string();
  process_ = ::fork();
  if (process_ != 0) return;
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  for (const char* program : {"nsd", "/usr/sbin/nsd", "/usr/local/sbin/nsd"}) {
    ::execlp(program, "nsd", "-d", "-c", conf.c_str(), nullptr);
  }
  ::_exit(127);
}

bool Nsd::exited() {
  int status = 0;
  if (::waitpid(process_, &status, WNOHANG) == 0) return false;
  process_ = -1;
  return true;
}

void Nsd::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  for (int i = 0; i < 300 && !exited(); ++i) std::this_thread::sleep_for(10ms);
  if (process_ <= 0) return;
  ::kill(-process_, SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
}

/// Asks until nsd, which opens its socket before it has read its zones, answers with authority.
bool Nsd::answers(const std::string& origin) const {
  const dns::Question question{*DomainName::parse(origin), dns::Type::ns};
  const std::string query = dns::wire::encode_query(question, 1, true);
  asio::io_context io;
  asio::ip::udp::socket socket(io, asio::ip::udp::v4());
  asio::error_code error;
  socket.connect({asio::ip::address_v4::loopback(), port_}, error);
  socket.send(asio::buffer(query), 0, error);
  if (error) return false;
  bool right = false;
  std::array<char, 4096> reply{};
  socket.async_receive(asio::buffer(reply), [&](const asio::error_code& e, std::size_t size) {
    const std::string_view bytes(reply.data(), size);
    if (e || !dns::wire::answers(query, bytes)) return;
    const auto decoded = dns::wire::decode_reply(bytes);
    right = decoded && !decoded->records.empty();
  });
  io.run_for(200ms);
  return right;
}

}  // namespace emltrace::test
