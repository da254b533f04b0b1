#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "message/received/received.hpp"
#include "trace/route/families.hpp"
#include "trace/route/trust_rule.hpp"

namespace emltrace::trace {

/// The recipient's own infrastructure as far as it is known: what its hosts are called. Only what
/// is known before a line is read may decide whether that line is own.
class OwnInfrastructure {
 public:
  void add_rule(const TrustRule& rule) { rules_.push_back({rule, false}); }
  /// The host's organization and its provider family are own.
  void add_host(const DomainName& host);
  /// This host alone is own: one of a firm with many customers.
  void add_single(const DomainName& host);
  void add_family(const Family& family);

  /// The user says so. Remembers that the rule was of use.
  [[nodiscard]] bool is_trusted(const DomainName& host);
  [[nodiscard]] bool is_trusted(const ip::Address& address);
  /// Numbers of the rules that matched nothing so far, in the order they were given.
  [[nodiscard]] std::vector<std::size_t> unused_rules() const;

  /// By a rule, as a host that was added, of an organization or of a family.
  [[nodiscard]] bool holds(const DomainName& host) const;
  /// By a rule, or an inner address of a family; `helo` is what the host there said of itself.
  [[nodiscard]] bool holds(const ip::Address& address, std::string_view helo) const;
  [[nodiscard]] bool holds_family(const Family* family) const;
  /// The name belongs to a family that is own, by a host through which mail leaves it.
  [[nodiscard]] bool is_own_outbound(const DomainName& host) const;

 private:
  struct Rule {
    TrustRule rule;
    bool used;
  };
  std::vector<Rule> rules_;
  std::vector<DomainName> hosts_;
  std::vector<DomainName> singles_;
  std::vector<const Family*> families_;
};

}  // namespace emltrace::trace
