#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "support/process.hpp"

/// A real browser, and a server on loopback that notes whether anybody came.
namespace emltrace::test {

/// Listens on a port of 127.0.0.1 and answers nobody: who asks waits in the queue, to be counted.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 64) != 0 ||
        ::getsockname(socket_, generic, &size) != 0)
      throw std::runtime_error("no listener");
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(socket_); }

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/";
  }
  /// How many connections were opened since the last call.
  int visitors() {
    int count = 0;
    for (int one = ::accept(socket_, nullptr, nullptr); one >= 0;
         one = ::accept(socket_, nullptr, nullptr)) {
      ::close(one);
      ++count;
    }
    return count;
  }

 private:
  int socket_;
  int port_ = 0;
};

/// Headless Chromium, with a profile of its own that goes away.
class Browser {
 public:
  [[nodiscard]] static bool is_there() { return ::access(kProgram, X_OK) == 0; }

  /// The document as it stands after loading, serialized.
  [[nodiscard]] std::string dom(const std::string& page) const {
    return open({"--dump-dom"}, page).out;
  }
  /// A picture of the page in PNG.
  [[nodiscard]] std::string picture(const std::string& page, int width) const {
    const std::string path = folder_.file("page.png");
    open({"--screenshot=" + path, "--window-size=" + std::to_string(width) + ",600"}, page);
    return slurp(path);
  }

 private:
  static constexpr const char* kProgram = "/usr/bin/chromium";

  Outcome open(std::vector<std::string> arguments, const std::string& page) const {
    arguments.insert(arguments.begin(),
                     {"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                      "--disable-background-networking", "--timeout=3000",
                      "--user-data-dir=" + folder_.file("profile")});
    arguments.push_back("file://" + folder_.write("page.html", page));
    return run("/usr/bin/env", {std::move(arguments), "", {}, ""});
  }

  TemporaryDirectory folder_;
};

}  // namespace emltrace::test
