#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/ip.hpp"
#include "message/body/url.hpp"
#include "trace/route/standing.hpp"

namespace emltrace::report {

/// Something of a message that can be looked for elsewhere.
struct Observable {
  std::string_view type;  ///< `ip`, `domain`, `url`, `email`, `path`, `attachment`, `sha256`,
                          ///< `message-id`, `dkim-selector`
  std::string value;      ///< raw
  std::string_view role;  ///< what it is to this message: `origin`, `link` …
  trace::Standing standing = trace::Standing::unverified;  ///< of who states it
};

/// The observables of one message in the order in which they are added, each once.
class Observables {
 public:
  /// An empty value is none. One that stands here already in the same role and standing counts
  /// once.
  void add(std::string_view type, std::string value, std::string_view role,
           trace::Standing standing);
  /// An address that somebody outside can look up; those of private networks are none.
  void address(const ip::Address& address, std::string_view role, trace::Standing standing);
  void address(const std::optional<ip::Address>& address, std::string_view role,
               trace::Standing standing);
  /// A name of a host or domain of two labels or more; other text is none.
  void name(const std::optional<std::string>& name, std::string_view role,
            trace::Standing standing);
  /// Where a URL leads: a name or an address.
  void host(const Url& url, std::string_view role, trace::Standing standing);
  /// `a@b.example`, and its domain where `with_domain` says so.
  void mailbox(std::string_view mailbox, std::string_view role, trace::Standing standing,
               bool with_domain = false);

  [[nodiscard]] const std::vector<Observable>& all() const { return all_; }
  /// Beyond kMaxObservables.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

  static constexpr std::size_t kMaxObservables = 50'000;

 private:
  std::vector<Observable> all_;
  std::unordered_set<std::string> known_;
  std::size_t left_out_ = 0;
};

}  // namespace emltrace::report
