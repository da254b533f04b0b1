#pragma once

#include <optional>
#include <string>
#include <utility>

#include "auth/spf/macro.hpp"
#include "auth/spf/record.hpp"
#include "auth/spf/verdict.hpp"
#include "dns/client.hpp"

namespace emltrace::spf {

/// RFC 7208 4.6.4: the name does not exist, or has nothing of the type asked for.
[[nodiscard]] inline bool is_void(const dns::Answer& answer) {
  return answer.status == dns::Status::no_data || answer.status == dns::Status::no_such_name;
}

/// The recursion of check_host() with its counters, RFC 7208 4.4 to 6. Writes trail, counters,
/// problem, mechanism, record and explanation into the verdict.
class Evaluation {
 public:
  Evaluation(dns::Client& client, const ip::Address& ip, MacroValues values, Verdict& verdict)
      : client_(client), ip_(ip), values_(std::move(values)), verdict_(verdict) {}

  /// `decides` is true for the first record and for those that redirects from it lead to: their
  /// terms are the verdict's own. Null while the record is pending.
  std::optional<auth::Result> check(const DomainName& domain, int depth, bool decides);
  /// The explanation of the record that said fail (RFC 7208 6.2).
  void explain();

 private:
  enum class Match { no, yes, temperror, permerror };
  /// The record under evaluation, and how many of its terms may be asked ahead of their turn.
  struct Frame {
    const Record& record;
    const DomainName& domain;
    int depth;
    bool decides;
    int ahead;
    int asked = 0;
  };
  struct Target {
    std::optional<DomainName> name;  ///< null: pending, or no DNS name
    bool pending = false;
    bool never_matches = false;  ///< holds other than US-ASCII (RFC 8616 4)
  };
  struct Reason {
    MacroString target;
    DomainName domain;
  };

  std::optional<Record> select(const dns::Answer& answer, const DomainName& domain, int depth,
                               auth::Result& result);
  auth::Result evaluate(Frame& frame);
  auth::Result redirect(Frame& frame);
  auth::Result decide(const Frame& frame, const Directive& directive);
  Match match(const Directive& directive, Frame& frame);
  Match match_target(const Directive& directive, const Frame& frame, const DomainName& target);
  Match match_include(const Frame& frame, const DomainName& target);
  Match match_addresses(const Directive& directive, const DomainName& target);
  Match match_exchanges(const Directive& directive, const DomainName& target);
  Match match_exists(const DomainName& target);
  Match match_pointers(const DomainName& target);

  /// Null while pending.
  const dns::Answer* ask(const DomainName& name, dns::Type type);
  Target target(const std::optional<MacroString>& spec, const DomainName& domain);
  std::optional<std::string> validated_name(const DomainName& domain);
  bool is_validated(const DomainName& name, bool& pending);
  bool may_ask(const Directive* directive, Frame& frame);
  bool count_lookup();
  bool count_void();
  Match dns_error(const DomainName& name, dns::Type type, const dns::Answer& answer);
  void note(std::string problem);
  std::size_t step(const Frame& frame, const std::string& term);
  void close(std::size_t step, const Directive& directive, Match match);
  [[nodiscard]] dns::Type address_type() const {
    return ip_.is_v4() ? dns::Type::a : dns::Type::aaaa;
  }

  dns::Client& client_;
  const ip::Address& ip_;
  MacroValues values_;
  Verdict& verdict_;
  std::optional<Reason> reason_;  ///< where `exp` of the record that failed stands
  int ahead_left_ = kMaxLookups;
  /// A needed answer is pending: from here on the evaluation only finds out what else to ask.
  bool stalled_ = false;
};

}  // namespace emltrace::spf
