#include "trace/route/network_file.hpp"

#include <fcntl.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "base/descriptor.hpp"
#include "base/shared_library.hpp"
#include "base/system_error.hpp"
#include "base/text.hpp"
#include "trace/route/announcement.hpp"

namespace emltrace::trace {
namespace {

// The name under which the ABI of maxminddb.h is installed.
constexpr const char* kLibrary = "libmaxminddb.so.0";
constexpr unsigned kV4InV6 = 96;  // bits in front of an IPv4 address in a tree of IPv6

struct Library {
  decltype(&::MMDB_open) open;
  decltype(&::MMDB_close) close;
  decltype(&::MMDB_lookup_sockaddr) lookup;
  decltype(&::MMDB_aget_value) get;
};

Result<Library> load() {
  SharedLibrary shared(kLibrary);
  Library library{};
  shared.find("MMDB_open", library.open);
  shared.find("MMDB_close", library.close);
  shared.find("MMDB_lookup_sockaddr", library.lookup);
  shared.find("MMDB_aget_value", library.get);
  if (const auto problem = shared.problem()) return Error{*problem};
  return library;
}

const Result<Library>& library() {
  static const Result<Library> loaded = load();
  return loaded;
}

// Where a value stands in an entry: by GeoLite2 and its kin, and by IPinfo.
using Path = std::array<const char*, 3>;
constexpr auto kNumberPaths = std::to_array<Path>({{"autonomous_system_number"}, {"asn"}});
constexpr auto kNamePaths =
    std::to_array<Path>({{"autonomous_system_organization"}, {"as_name"}, {"name"}});
constexpr auto kCountryPaths = std::to_array<Path>(
    {{"country", "iso_code"}, {"registered_country", "iso_code"}, {"country_code"}, {"country"}});

// libmaxminddb says of all that goes wrong before it has bytes that it could not open the file.
Result<void> check_readable(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0)
    return Error{path + ": " + system_reason()};
  if (!S_ISREG(status.st_mode)) return Error{path + ": not a regular file"};
  return {};
}

sockaddr_storage socket_address(const ip::Address& address) {
  sockaddr_storage storage{};
  const auto bytes = address.bytes();
  if (address.is_v4()) {
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    v4->sin_family = AF_INET;
    std::memcpy(&v4->sin_addr, bytes.data(), bytes.size());
  } else {
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    v6->sin6_family = AF_INET6;
    std::memcpy(&v6->sin6_addr, bytes.data(), bytes.size());
  }
  return storage;
}

std::optional<std::string> text_of(const MMDB_entry_data_s& data) {
  if (!data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING || data.data_size == 0)
    return std::nullopt;
  return std::string(
      text::head_of(std::string_view(data.utf8_string, data.data_size), kMaxNetworkName));
}

// `AS23028` in files that write it so.
std::optional<std::uint32_t> number_of(const MMDB_entry_data_s& data) {
  if (data.has_data && data.type == MMDB_DATA_TYPE_UINT32) return data.uint32;
  if (data.has_data && data.type == MMDB_DATA_TYPE_UINT16) return data.uint16;
  const auto written = text_of(data);
  if (!written || !text::istarts_with(*written, "AS")) return std::nullopt;
  const auto number = text::parse_unsigned(std::string_view(*written).substr(2));
  if (!number || *number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

/// The values of one entry.
class Entry {
 public:
  explicit Entry(MMDB_entry_s entry) : entry_(entry) {}

  /// The first value that `read` makes something of.
  template <class Read>
  auto first(std::span<const Path> paths, Read read)
      -> decltype(read(std::declval<const MMDB_entry_data_s&>())) {
    for (const Path& path : paths) {
      MMDB_entry_data_s data{};
      if (library()->get(&entry_, &data, path.data()) != MMDB_SUCCESS) continue;
      if (auto value = read(data)) return value;
    }
    return std::nullopt;
  }

 private:
  MMDB_entry_s entry_;
};

}  // namespace

struct NetworkFile::State {
  MMDB_s file{};
};

NetworkFile::NetworkFile(std::unique_ptr<State> state) : state_(std::move(state)) {}

NetworkFile::~NetworkFile() {
  library()->close(&state_->file);
}

Result<std::shared_ptr<const NetworkFile>> NetworkFile::open(const std::string& path) {
  if (const auto readable = check_readable(path); !readable) return Error{readable.error()};
  if (!library()) return Error{path + ": " + library().error()};
  auto state = std::make_unique<State>();
  const int status = library()->open(path.c_str(), MMDB_MODE_MMAP, &state->file);
  if (status != MMDB_SUCCESS) return Error{path + ": not a readable MaxMind DB file"};
  return std::shared_ptr<const NetworkFile>(new NetworkFile(std::move(state)));
}

std::optional<Network> NetworkFile::find(const ip::Address& address) const {
  const sockaddr_storage wanted = socket_address(address);
  int status = MMDB_SUCCESS;
  const auto found =
      library()->lookup(&state_->file, reinterpret_cast<const sockaddr*>(&wanted), &status);
  if (status != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  Entry entry(found.entry);
  Network network;
  network.number = entry.first(kNumberPaths, number_of);
  if (network.number) {
    network.name = entry.first(kNamePaths, text_of);
    unsigned length = found.netmask;
    if (address.is_v4() && state_->file.metadata.ip_version == 6)
      length -= std::min(length, kV4InV6);
    network.prefix = ip::Network(address, length).masked().text();
  }
  network.country = entry.first(kCountryPaths, [](const MMDB_entry_data_s& data) {
    const auto written = text_of(data);
    return written ? country_code(*written) : std::nullopt;
  });
  if (!network.number && !network.country) return std::nullopt;
  return network;
}

Network merged(std::optional<Network> first, Network second) {
  if (!first) return second;
  if (!first->number && second.number) {
    second.country = first->country ? first->country : second.country;
    return second;
  }
  if (!first->country) first->country = second.country;
  return *std::move(first);
}

}  // namespace emltrace::trace
