#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dns/zone.hpp"
#include "support/route_maker.hpp"
#include "support/trace.hpp"

namespace emltrace::test {

/// All of DNS at one moment: what its zone does not hold does not exist. (A zone file that a user
/// gives holds what he chose to put in, and says nothing about the rest.)
class WholeDns final : public dns::Source {
 public:
  /// Throws std::runtime_error where the zone text itself is wrong.
  explicit WholeDns(std::string_view zone_text) {
    if (auto added = zone_.add_text(zone_text, "whole.zone"); !added)
      throw std::runtime_error(added.error());
  }
  void fetch(const dns::Question& question, Clock::time_point deadline, Done done) override {
    zone_.fetch(question, deadline, [&done](dns::Answer answer) {
      answer.unheld = false;
      done(std::move(answer));
    });
  }
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "live"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {}; }

 private:
  dns::Zone zone_;
};

/// The report on a made message, on the day of its examination.
inline trace::Report trace_route(const Route& route, bool with_dns) {
  trace::Options options;
  options.now = route.examined;
  options.dns_available = with_dns;
  const std::string text = route.text();
  intake::Item item;
  item.path = "made.eml";
  item.original = text;
  item.text = text;
  trace::Analysis analysis(item, options);
  const auto evaluate = [&](dns::Client& client) { return analysis.evaluate(client); };
  dns::Known known;
  const auto deadline = dns::Source::Clock::now() + std::chrono::seconds(10);
  if (with_dns) {
    WholeDns source(route.zone);
    return dns::settle(known, source, deadline, evaluate);
  }
  dns::Offline source;
  return dns::settle(known, source, deadline, evaluate);
}

/// The report on a message where nothing but the zone exists.
inline trace::Report trace_whole(std::string_view text, std::string_view zone,
                                 const trace::Options& options = trace_options(),
                                 const intake::WrapperFacts& wrapper = {}) {
  intake::Item item;
  item.path = "test.eml";
  item.original = text;
  item.text = text;
  item.wrapper = wrapper;
  trace::Analysis analysis(item, options);
  dns::Known known;
  WholeDns source(zone);
  return dns::settle(known, source, dns::Source::Clock::now() + std::chrono::seconds(10),
                     [&](dns::Client& client) { return analysis.evaluate(client); });
}

/// Whether the report names a right client of the border, a right origin.
inline bool is_right(const std::optional<ip::Address>& found,
                     const std::vector<std::string>& right) {
  const std::string text = found ? found->text() : std::string();
  return std::find(right.begin(), right.end(), text) != right.end();
}
inline bool client_right(const trace::Report& report, const Route& route) {
  return is_right(report.envelope.client_ip, route.clients);
}
inline bool origin_right(const trace::Report& report, const Route& route) {
  return is_right(report.origin.ip, route.origins);
}

}  // namespace emltrace::test
