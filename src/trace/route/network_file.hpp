#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/ip.hpp"
#include "base/result.hpp"
#include "trace/route/network.hpp"

namespace emltrace::trace {

/// A local file of networks in the MaxMind DB format: GeoLite2-ASN, -Country, -City and files of
/// other makers with the same or IPinfo's names of values. It is read by libmaxminddb(3), which is
/// loaded when the first file is opened. Any thread may ask.
class NetworkFile {
 public:
  /// The error is `PATH: what is wrong`.
  [[nodiscard]] static Result<std::shared_ptr<const NetworkFile>> open(const std::string& path);
  NetworkFile(const NetworkFile&) = delete;
  NetworkFile& operator=(const NetworkFile&) = delete;
  ~NetworkFile();

  /// Null where the file has neither a network nor a country for the address. The prefix is that of
  /// the file's entry, and stands only beside the number of a network.
  [[nodiscard]] std::optional<Network> find(const ip::Address& address) const;

 private:
  struct State;
  explicit NetworkFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What two files tell of one address: the first word counts.
[[nodiscard]] Network merged(std::optional<Network> first, Network second);

}  // namespace emltrace::trace
