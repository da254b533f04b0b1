#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace emltrace::test {

/// An authoritative zone: its name and its records, relative to it. SOA and NS are added.
struct NsdZone {
  std::string origin;
  std::string records;
};

/// Whether ::1 can be used on this machine.
[[nodiscard]] bool has_ipv6_loopback();

/// A real nsd on a loopback port, over IPv4 and, where there is one, the IPv6 loopback; it answers
/// when the constructor returns and is gone after the destructor. Throws std::runtime_error, with
/// nsd's own words, where it does not come up.
class Nsd {
 public:
  explicit Nsd(const std::vector<NsdZone>& zones);
  Nsd(const Nsd&) = delete;
  Nsd& operator=(const Nsd&) = delete;
  ~Nsd();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// As `--resolver` takes it.
  [[nodiscard]] std::string server() const;
  [[nodiscard]] std::string server_v6() const;

 private:
  void write_files(const std::vector<NsdZone>& zones) const;
  void spawn();
  void stop();
  [[nodiscard]] bool exited();
  [[nodiscard]] bool answers(const std::string& origin) const;

  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
};

}  // namespace emltrace::test
