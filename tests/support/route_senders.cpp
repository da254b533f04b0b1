#include "support/route_senders.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/ip.hpp"
#include "support/route_parts.hpp"

namespace emltrace::test {
namespace {

void allow(Route& route, const std::string& domain, const std::string& ip) {
  route.allowed[domain].push_back(ip);
}

// The domain's own host that sends its mail.
Host own_out(RouteMaker& maker, Route& route) {
  Host out = maker.host("out." + route.domain(), route);
  out.producer = maker.chance(50) ? &kPostfix : &kPostfixLong;
  allow(route, route.domain(), out.ip);
  add_mx(route, route.domain(), {out.name});
  return out;
}

void drop_reverse(Route& route, const std::string& ip) {
  const auto place = route.zone.find(ip::Address::parse(ip)->reverse_name());
  route.zone.erase(place, route.zone.find('\n', place) - place + 1);
}

Line submitted(RouteMaker& maker, Route& route, const Host& by, const Host& user) {
  Line l = maker.line(by, user, route);
  l.login = route.from;
  route.origins = {user.ip};
  return l;
}

// An inner server with a private address, and a name that only its own network knows.
Host add_behind_exchange(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  const std::string inner = maker.chance(50) ? "ad.corp.local" : "intern." + route.domain();
  const Host exchange{.name = fmt::format("EXCH{:02}.{}", maker.below(20), inner),
                      .ip = maker.private_ip(),
                      .producer = &kExchange,
                      .region = out.region};
  const Host desk{.name = fmt::format("EXCH{:02}.{}", maker.below(20), inner),
                  .ip = maker.private_ip(),
                  .recorded = "-"};
  route.add(maker.line(exchange, desk, route));
  route.pass(1 + maker.below(3));
  Line second = maker.line(out, exchange, route);
  if (maker.chance(60)) second.rdns.clear();
  route.add(std::move(second));
  route.pass(1 + maker.below(4));
  return out;
}

// One of the usual faults of a host that nobody looks after.
Host add_neglected_server(RouteMaker& maker, Route& route) {
  Host client = add_own_server(maker, route);
  switch (maker.below(5)) {
    case 0: {  // a rented server keeps the hoster's name in the reverse zone
      drop_reverse(route, client.ip);
      client.recorded = fmt::format("static{}.hoster{}.com", maker.below(90'000), maker.below(90));
      route.zone += RouteMaker::names(client.recorded, client.ip);
      break;
    }
    case 1:  // no name in the reverse zone
      drop_reverse(route, client.ip);
      client.recorded = "-";
      break;
    case 2:
      client.helo = fmt::format("srv{}.corp.local", maker.below(90));
      break;
    case 3:
      client.helo = fmt::format("MAIL{}", maker.below(90));
      break;
    default: {  // moved, while its name still leads to the old address: the two disagree, and a
                // careful recipient records no name
      client.recorded = "-";
      route.origins.push_back(client.ip);  // nothing but the signature speaks for the lines below
      const std::string old = fmt::format("{}. 60 A ", client.name);
      const auto place = route.zone.find(old);
      route.zone.replace(place, route.zone.find('\n', place) - place, old + maker.public_ip());
    }
  }
  return client;
}

// A program on the server itself: the message waits in the maildrop, then gets its id.
Host add_pickup(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  Host local = out;
  local.producer = &kPostfixPickup;
  local.token_age = -static_cast<int>(maker.below(943));
  Line l = maker.line(local, route);
  l.login = maker.chance(50) ? "33" : "1001";
  l.rcpt.clear();
  route.add(std::move(l));
  route.pass(static_cast<std::uint32_t>(-local.token_age) + 1 + maker.below(5));
  return out;
}

// cron writes to an administrator elsewhere.
Host add_cron(RouteMaker& maker, Route& route) {
  const Host out = add_pickup(maker, route);
  route.lines.front().login = "0";
  route.from = route.return_path = fmt::format("root@{}", out.name);
  allow(route, out.name, out.ip);
  route.subject = fmt::format("Cron <root@{}> /usr/local/bin/backup", out.name.substr(0, 3));
  route.message_id = fmt::format("{}@{}", route.lines.front().id, out.name);
  route.signed_by_author = false;
  route.policy.clear();
  return out;
}

// Roundcube on the server tells the browser's address.
Host add_web_mail(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  const Host user = maker.home(route);
  const std::string web = "webmail." + route.domain();
  Line browser = maker.line({.name = web, .producer = &kHttp, .region = out.region}, user, route);
  route.add(std::move(browser));
  Line local = maker.line(out, {.name = web, .ip = "127.0.0.1", .recorded = "localhost"}, route);
  local.login = route.from;
  route.add(std::move(local));
  route.origins = {user.ip, out.ip};
  route.pass(1 + maker.below(4));
  return out;
}

// The web mailer tells the browser's address in a field of its own: a claim.
Host add_originating_ip(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  route.fields += fmt::format("X-Originating-IP: [{}]\n", maker.public_ip());
  Line local = maker.line(out, {.name = "localhost", .ip = "127.0.0.1"}, route);
  route.add(std::move(local));
  route.pass(1 + maker.below(4));
  return out;
}

// A host that protects its users: where they were is not told.
Host add_redacted(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  Line l = submitted(maker, route, out, maker.home(route));
  switch (maker.below(4)) {
    case 0:
      l.helo = "[127.0.0.1]", l.rdns = "localhost", l.ip = "127.0.0.1";
      break;
    case 1:
      l.helo = "authenticated-user", l.rdns = out.name, l.ip = out.ip;
      break;
    case 2:
      l.helo = "[10.196.197.1]", l.rdns = "", l.ip = "10.196.197.1";
      break;
    default:
      l.helo = "[REDACTED]", l.rdns = "", l.ip = "xxx.xxx.xxx.xxx";
  }
  route.add(std::move(l));
  route.origins = {out.ip};
  route.pass(1 + maker.below(4));
  return out;
}

// The recipient's server was away, or put it off: Postfix tries for five days.
Host add_retried(RouteMaker& maker, Route& route) {
  Host client = add_own_server(maker, route);
  route.pass(3'600 + maker.below(5 * 86'400 - 7'200));
  return client;
}

// A mass mailer's sendmail keeps a process for hours: its ids tell when that began.
Host add_old_session(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  out.producer = &kSendmail;
  out.token_age = static_cast<int>(60 + maker.below(45'000));
  Host inner = maker.host("app." + route.domain(), route);
  inner.producer = &kSendmail;
  inner.token_age = static_cast<int>(maker.below(45'000));
  route.add(maker.line(inner, {.name = "localhost", .ip = "127.0.0.1"}, route));
  route.pass(1 + maker.below(20));
  route.add(maker.line(out, inner, route));
  route.origins = {inner.ip};
  route.pass(1 + maker.below(20));
  return out;
}

// A clock that runs in one zone and says that it is in another.
Host add_wrong_zone(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  Host relay = maker.host("relay." + route.domain(), route);
  relay.producer = &kQmail;
  relay.clock_error = 3'600 * static_cast<int>(1 + maker.below(11)) * (maker.chance(50) ? 1 : -1);
  if (maker.chance(50)) relay.producer = &kPostfix;
  route.add(submitted(maker, route, relay, maker.home(route)));
  route.pass(1 + maker.below(5));
  route.add(maker.line(out, relay, route));
  route.pass(1 + maker.below(5));
  return out;
}

// Zones by their letters only: CST is China's here, IST India's.
std::string write_in_words(const Line& l) {
  return fmt::format("from {} ({} [{}])\n\tby {} with ESMTP id {};\n\t{}", l.helo,
                     l.rdns.empty() ? "unknown" : l.rdns, l.ip, l.by, l.id,
                     date_text(l.at, l.region, DateForm::word));
}
Host add_zone_words(RouteMaker& maker, Route& route) {
  static const Producer kWords{"zone in letters", write_in_words, nullptr};
  Host out = own_out(maker, route);
  out.region = maker.chance(50) ? Region::shanghai : Region::kolkata;
  Host relay = maker.host("gw." + route.domain(), route);
  relay.producer = &kWords;
  relay.region = out.region;
  relay.clock_error = 0;
  Line l = submitted(maker, route, relay, maker.home(route));
  l.id = fmt::format("{:x}", 0x1000'0000U + maker.below(0x1000'0000));
  route.add(std::move(l));
  route.pass(1 + maker.below(5));
  route.add(maker.line(out, relay, route));
  route.pass(1 + maker.below(5));
  return out;
}

// Names of a network of one's own, under domains that nobody delegated.
Host add_undelegated(RouteMaker& maker, Route& route) {
  static constexpr std::array kEnds{"prv", "dmz", "loc", "srv", "k8s", "lan"};
  const std::string ip = fmt::format("52.209.{}.{}", maker.below(250), 2 + maker.below(250));
  std::string dashed = ip;
  for (char& c : dashed) c = c == '.' ? '-' : c;
  Host client{
      .name = fmt::format("ec2-{}.eu-west-1.compute.amazonaws.com", dashed),
      .ip = ip,
      .producer = &kPostfixLong,
      .helo = fmt::format("mail-{:02}.{}.{}", maker.below(20), maker.word(), maker.any(kEnds))};
  route.zone += RouteMaker::names(client.name, client.ip);
  allow(route, route.domain(), client.ip);
  Host inside = client;
  inside.name = client.helo;
  const std::uint32_t last = 2 + maker.below(250);
  Host app{.name = fmt::format("ip-172-31-8-{}.eu-west-1.compute.internal", last),
           .ip = fmt::format("172.31.8.{}", last)};
  if (maker.chance(50)) app.ip = "127.0.0.1", app.recorded = "localhost";
  route.add(maker.line(inside, app, route));
  route.pass(1 + maker.below(5));
  return client;
}

// The firm has two domains, both in DNS: the host says one and writes the other.
Host add_two_spellings(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  const std::string other =
      fmt::format("smtp-out.{}-group.com", route.domain().substr(0, route.domain().find('.')));
  route.zone += fmt::format("{}. 60 A {}\n", other, out.ip);
  Host inside = out;
  inside.name = other;
  route.add(submitted(maker, route, inside, maker.home(route)));
  route.pass(1 + maker.below(5));
  return out;
}

// A report that a message could not be delivered.
Host add_bounce(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  route.from = fmt::format("MAILER-DAEMON@{}", out.name);
  route.return_path.clear();
  route.subject = "Undelivered Mail Returned to Sender";
  route.message_id = fmt::format("{}@{}", route.date.time_since_epoch().count(), out.name);
  route.signed_by_author = false;
  route.policy.clear();
  route.add(maker.line(out, route));
  route.pass(1 + maker.below(5));
  return out;
}

// The sender's own filter service sends the firm's mail out.
Host add_outbound_filter(RouteMaker& maker, Route& route) {
  const Host server = add_own_server(maker, route);
  const Host out{.name = fmt::format("mx0b-{:08}.pphosted.com", 200'000 + maker.below(90'000)),
                 .ip = fmt::format("148.163.{}.{}", 128 + maker.below(31), 2 + maker.below(250)),
                 .producer = &kProofpoint};
  route.zone += RouteMaker::names(out.name, out.ip);
  allow(route, route.domain(), out.ip);
  route.add(maker.line(out, server, route)).rcpt = route.to;
  route.fields += "X-Proofpoint-Spam-Details: rule=outbound_notspam policy=outbound score=0\n";
  route.pass(1 + maker.below(5));
  return out;
}

constexpr std::array kOwn{
    Sender{"own server", add_own_server},
    Sender{"behind Exchange", add_behind_exchange},
    Sender{"neglected server", add_neglected_server},
    Sender{"Postfix pickup", add_pickup},
    Sender{"cron", add_cron},
    Sender{"web mail by HTTP", add_web_mail},
    Sender{"X-Originating-IP", add_originating_ip},
    Sender{"submission redacted", add_redacted},
    Sender{"retried for days", add_retried},
    Sender{"old sessions", add_old_session},
    Sender{"wrong by whole hours", add_wrong_zone},
    Sender{"zones in letters", add_zone_words},
    Sender{"undelegated names", add_undelegated},
    Sender{"two spellings", add_two_spellings},
    Sender{"bounce", add_bounce},
    Sender{"outbound filter", add_outbound_filter},
};

}  // namespace

Host add_own_server(RouteMaker& maker, Route& route) {
  Host out = own_out(maker, route);
  const std::uint32_t relays = maker.below(4);
  Host by = out;
  if (relays > 0) by = maker.host("smtp." + route.domain(), route);
  if (by.producer == &kQmail) by.producer = &kPostfixLong;  // its lines tell no submission
  route.add(submitted(maker, route, by, maker.home(route)));
  for (std::uint32_t i = 0; i < relays; ++i) {
    route.pass(maker.below(4));
    const Host next =
        i + 1 == relays ? out : maker.host(fmt::format("relay{}.{}", i, route.domain()), route);
    route.add(maker.line(next, by, route));
    by = next;
  }
  route.pass(1 + maker.below(5));
  return out;
}

std::span<const Sender> own_senders() {
  return kOwn;
}

}  // namespace emltrace::test
