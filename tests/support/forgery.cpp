#include "support/forgery.hpp"

#include <fmt/format.h>

#include <array>

namespace emltrace::test {
namespace {

using std::chrono::seconds;

std::string domain_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

// A host of the forger: a line of an access provider, or a rented server with a name of its own.
Host forger_host(RouteMaker& maker, Route& route) {
  const std::string name = maker.chance(50)
                               ? fmt::format("dyn-{}.{}.example", maker.below(90'000), maker.word())
                               : fmt::format("vps{}.{}.example", maker.below(900), maker.word());
  Host made{name, maker.public_ip(), Style::postfix};
  route.zone += RouteMaker::names(made.name, made.ip);
  return made;
}

Host victim_host(RouteMaker& maker, Route& route) {
  const std::string domain = maker.word() + ".example";
  Host made{"mail." + domain, maker.public_ip(), Style::postfix};
  route.zone += RouteMaker::names(made.name, made.ip);
  route.zone += fmt::format("{}. 60 MX 10 {}.\n", domain, made.name);
  return made;
}

// A message sent straight from the forger's host to the recipient, without any line below the
// border.
Route injected(RouteMaker& maker, Host& forger, const std::string& helo = {}) {
  Route route = maker.honest(
      "direct", kRecipients[maker.below(static_cast<std::uint32_t>(kRecipients.size()))]);
  route.signed_by_author = false;
  route.zone.clear();
  if (route.recipient == "postfix") {
    const std::string domain = domain_of(route.to);
    route.zone +=
        fmt::format("{0}. 60 MX 10 mx1.{0}.\nmx1.{0}. 60 A {1}\n", domain, maker.public_ip());
  }
  forger = forger_host(maker, route);
  route.lines.resize(route.border + 1);
  Line& border = route.lines[route.border];
  border.ip = forger.ip;
  border.helo = helo.empty() ? forger.name : helo;
  border.rdns = forger.name;
  if (border.style == Style::gmail && border.rdns.empty()) border.rdns = border.helo;
  route.origin_ip = forger.ip;
  return route;
}

Instant before_border(RouteMaker& maker, const Route& route) {
  return route.lines[route.border].at - seconds(2 + maker.below(20));
}

Route junk_tail(RouteMaker& maker) {
  static constexpr std::array kJunk{"from nowhere by somewhere (8.8.3/8.7.2); whenever",
                                    "No Information Here, Go Away!", "from unknown by anonymizer",
                                    "(private network) hidden"};
  Host forger;
  Route scratch;
  const Host bank = victim_host(maker, scratch);
  Route route = injected(maker, forger, maker.chance(70) ? bank.name : std::string{});
  route.zone += scratch.zone;
  for (std::uint32_t i = 0, n = 2 + maker.below(2); i < n; ++i) {
    Line l;
    l.verbatim = fmt::format("Received: {}\n", kJunk[maker.below(kJunk.size())]);
    route.lines.push_back(l);
  }
  return route;
}

Route plausible_tail(RouteMaker& maker) {
  Host forger;
  Route scratch;
  const Host first = victim_host(maker, scratch), second = victim_host(maker, scratch),
             third = victim_host(maker, scratch);
  Route route = injected(maker, forger, first.name);
  route.zone += scratch.zone;
  const Instant at = before_border(maker, route);
  route.lines.push_back(maker.line(first, second, at, route));
  if (maker.chance(60)) route.lines.push_back(maker.line(second, third, at - seconds(3), route));
  return route;
}

Route copied_tail(RouteMaker& maker) {
  Host forger;
  Route route = injected(maker, forger);
  const Route real = maker.honest("direct", maker.chance(50) ? "gmail" : "microsoft");
  route.zone += real.zone;
  const auto shift = before_border(maker, route) - real.lines[real.border].at;
  for (std::size_t i = real.border; i < real.lines.size(); ++i) {
    route.lines.push_back(real.lines[i]);
    // Half of the forgers shift the stamps to fit; the ids they leave.
    if (maker.chance(50)) route.lines.back().at += shift;
  }
  return route;
}

// An honest message passed on by a forwarder that rewrote what stood below its own line.
Route forwarded(RouteMaker& maker) {
  for (;;) {
    Route route = maker.honest(
        "forwarded", kRecipients[maker.below(static_cast<std::uint32_t>(kRecipients.size()))]);
    if (route.lines.size() > route.border + 2) return route;
  }
}

Route stamp_moved(RouteMaker& maker) {
  Route route = forwarded(maker);
  Line& line = route.lines.back();
  // Back alone: a stamp after its id is what a queue makes.
  line.at -= std::chrono::minutes(90 + maker.below(12'000));
  // An inner server with a private address does not count as an origin.
  const std::string& above = route.lines[route.lines.size() - 2].ip;
  if (!above.starts_with("10.")) route.origin_ip = above;
  return route;
}

Route address_altered(RouteMaker& maker) {
  Route route = forwarded(maker);
  const std::size_t i = route.border + 1;
  route.lines[i].ip = maker.public_ip();
  route.origin_ip = route.lines[route.border].ip;
  return route;
}

Route bank_helo(RouteMaker& maker) {
  Host forger;
  Route scratch;
  const Host bank = victim_host(maker, scratch);
  Route route = injected(maker, forger, bank.name);
  route.zone += scratch.zone;
  route.from = "service@" + bank.name.substr(5);
  route.return_path = route.from;
  return route;
}

Route own_helo(RouteMaker& maker) {
  Host forger;
  Route route = injected(maker, forger);
  const Line& border = route.lines[route.border];
  route.lines[route.border].helo =
      border.by.find('.') == std::string::npos || border.style == Style::yahoo
          ? "mx." + domain_of(route.to)
          : border.by;
  return route;
}

Route hop_removed(RouteMaker& maker) {
  Route route = forwarded(maker);
  route.signed_by_author = false;
  const std::size_t gone = route.border + 1;
  route.lines.erase(route.lines.begin() + static_cast<std::ptrdiff_t>(gone));
  route.origin_ip = route.lines[route.border].ip;
  return route;
}

Route hop_inserted(RouteMaker& maker) {
  Route route = forwarded(maker);
  Route scratch;
  const Host stranger = victim_host(maker, scratch), other = victim_host(maker, scratch);
  route.zone += scratch.zone;
  const auto place = route.border + 1;
  const Instant at = route.lines[place].at;
  const Line inserted = maker.line(stranger, other, at, route);
  route.lines.insert(route.lines.begin() + static_cast<std::ptrdiff_t>(place), inserted);
  route.origin_ip = route.lines[route.border].ip;
  return route;
}

Route id_reused(RouteMaker& maker) {
  Host forger;
  Route scratch;
  const Host victim = victim_host(maker, scratch), client = victim_host(maker, scratch);
  Route route = injected(maker, forger);
  route.zone += scratch.zone;
  const Instant at = before_border(maker, route);
  Line upper = maker.line(forger, victim, at, route);
  Line lower = maker.line(victim, client, at - seconds(2), route);
  lower.style = upper.style = Style::postfix;
  lower.id = upper.id = maker.id(Style::postfix, at);
  route.lines.push_back(upper);
  route.lines.push_back(lower);
  route.origin_ip = client.ip;
  return route;
}

Route provider_imitated(RouteMaker& maker) {
  Host forger;
  const bool google = maker.chance(50);
  Route route = injected(
      maker, forger,
      google ? "mail-sor-f41.google.com" : "EUR05-VI1-obe.outbound.protection.outlook.com");
  route.from = fmt::format("{}@{}", maker.word(), google ? "gmail.com" : "outlook.com");
  route.return_path = route.from;
  route.zone +=
      google ? RouteMaker::names("mail-sor-f41.google.com", "209.85.220.41")
             : RouteMaker::names("EUR05-VI1-obe.outbound.protection.outlook.com", "40.107.21.77");
  Line l = maker.line(
      Host{google ? "2002:a05:6402:1f4b:b0:60c:4a7b:1d3e"
                  : "VI1PR01MB0002.eurprd01.prod.exchangelabs.com",
           "2603:10a6:800:2::9", google ? Style::gmail : Style::exchange},
      Host{"PA4PR01MB0001.eurprd01.prod.exchangelabs.com", "2603:10a6:102:1::5", Style::exchange},
      before_border(maker, route), route);
  if (google) l.ip.clear();
  route.lines.push_back(l);
  return route;
}

Route writer_without_existence(RouteMaker& maker) {
  Host forger;
  Route scratch;
  const Host client = victim_host(maker, scratch);
  Route route = injected(maker, forger);
  route.zone += scratch.zone;
  const Host nobody{fmt::format("mx.{}.example", maker.word()), maker.public_ip(), Style::postfix};
  route.lines.push_back(maker.line(nobody, client, before_border(maker, route), route));
  return route;
}

// The forger's own host signs the tail, so the names hold; its lines still give it away.
Route own_tail(RouteMaker& maker, Line& line) {
  Host forger;
  Route scratch;
  const Host client = victim_host(maker, scratch);
  Route route = injected(maker, forger);
  route.zone += scratch.zone;
  forger.style = Style::postfix;
  line = maker.line(forger, client, before_border(maker, route), route);
  return route;
}

Route wrong_id(RouteMaker& maker) {
  Line line;
  Route route = own_tail(maker, line);
  line.id = fmt::format("{}-{}-{}", maker.word(), maker.below(9'000), maker.word());
  route.origin_ip = line.ip;
  route.lines.push_back(line);
  return route;
}

Route stale_id(RouteMaker& maker) {
  Line line;
  Route route = own_tail(maker, line);
  line.id = maker.id(Style::postfix, line.at - std::chrono::hours(24 * (15 + maker.below(300))));
  route.lines.push_back(line);
  return route;
}

Route time_reversed(RouteMaker& maker) {
  Line line;
  Route route = own_tail(maker, line);
  line.at += std::chrono::minutes(90 + maker.below(3'600));
  line.style = Style::qmail;
  line.id.clear();
  route.origin_ip = line.ip;
  route.lines.push_back(line);
  return route;
}

Route impossible_address(RouteMaker& maker) {
  Line line;
  Route route = own_tail(maker, line);
  line.ip = maker.chance(50) ? fmt::format("999.{}.3.4", maker.below(900))
                             : fmt::format("245.{}.3.4", maker.below(250));
  route.lines.push_back(line);
  return route;
}

constexpr std::array kForgeries{
    Forgery{"junk tail", junk_tail},
    Forgery{"plausible tail", plausible_tail},
    Forgery{"copied tail", copied_tail},
    Forgery{"stamp moved", stamp_moved},
    Forgery{"address altered", address_altered},
    Forgery{"HELO of a bank", bank_helo},
    Forgery{"HELO of the recipient", own_helo},
    Forgery{"hop removed", hop_removed},
    Forgery{"hop inserted", hop_inserted},
    Forgery{"id reused", id_reused},
    Forgery{"provider imitated", provider_imitated},
    Forgery{"writer does not exist", writer_without_existence},
    Forgery{"id of other software", wrong_id},
    Forgery{"stale id", stale_id},
    Forgery{"time reversed", time_reversed},
    Forgery{"impossible address", impossible_address},
};

}  // namespace

std::span<const Forgery> forgeries() {
  return kForgeries;
}

}  // namespace emltrace::test
