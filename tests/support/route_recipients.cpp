#include "support/route_recipients.hpp"

#include <fmt/format.h>

#include <array>

#include "support/route_parts.hpp"

namespace emltrace::test {
namespace {

Judged judged_itself(const Host& client) {
  return {client.ip, client.said()};
}

// ---- Mailbox providers

void settle_gmail(RouteMaker& maker, Route& route) {
  if (maker.chance(60)) route.to = fmt::format("{}@gmail.com", maker.person());
  const bool own = !route.to.ends_with("@gmail.com");
  if (own) {
    add_mx(route, domain_of(route.to), {"aspmx.l.google.com", "alt1.aspmx.l.google.com"});
  } else {
    add_mx(route, "gmail.com", {"gmail-smtp-in.l.google.com", "alt1.gmail-smtp-in.l.google.com"});
  }
}
void add_gmail(RouteMaker& maker, Route& route, const Host& client) {
  add_google_border(maker, route, client, judged_itself(client));
  add_google_inner(maker, route);
}

void settle_outlook(RouteMaker& maker, Route& route) {
  if (maker.chance(40)) route.to = fmt::format("{}@outlook.com", maker.person());
  const std::string domain = domain_of(route.to);
  std::string label = domain;
  for (char& c : label) c = c == '.' ? '-' : c;
  add_mx(route, domain,
         {domain == "outlook.com" ? "outlook-com.olc.protection.outlook.com"
                                  : label + ".mail.protection.outlook.com"});
}
void add_outlook(RouteMaker& maker, Route& route, const Host& client) {
  add_outlook_border(maker, route, client, judged_itself(client));
  add_outlook_inner(maker, route);
}

void settle_yahoo(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@yahoo.com", maker.person());
  add_mx(route, "yahoo.com", {"mta5.am0.yahoodns.net", "mta6.am0.yahoodns.net"});
}
void add_yahoo(RouteMaker& maker, Route& route, const Host& client) {
  Line l =
      maker.line({.name = fmt::format("10.197.{}.{}", 32 + maker.below(8), 2 + maker.below(250)),
                  .producer = &kYahoo},
                 client, route);
  const Results r = route.results(client.ip);
  std::string results =
      "Authentication-Results: atlas-production.v2-mail-prod1-bf1.omega.yahoo.com;";
  if (r.dkim == "pass")
    results += fmt::format("\n dkim=pass header.i=@{} header.s=s1;", route.domain());
  results += fmt::format("\n spf={} smtp.mailfrom={};", r.spf, domain_of(route.return_path));
  results += fmt::format("\n dmarc={} header.from={};", r.dmarc == "none" ? "unknown" : r.dmarc,
                         route.domain());
  l.above = fmt::format(
      "X-Apparently-To: {}; {}\nReturn-Path: <{}>\n{}\nX-Originating-Ip: [{}]\nReceived-SPF: {} "
      "(domain of {} {} {} as permitted sender)\n",
      route.to, date_text(l.at, Region::utc, DateForm::two_digit), route.return_path, results,
      client.ip, r.spf, domain_of(route.return_path),
      r.spf == "pass" ? "designates" : "does not designate", client.ip);
  route.add(std::move(l));
}

void settle_netease(RouteMaker& maker, Route& route) {
  const std::string domain = maker.chance(60) ? "163.com" : "126.com";
  route.to = fmt::format("{}@{}", maker.person(), domain);
  add_mx(route, domain, {domain + "mx01.mxmail.netease.com", domain + "mx02.mxmail.netease.com"});
}
// Its results stand at the end, bound to the line by the id.
void add_netease(RouteMaker& maker, Route& route, const Host& client) {
  const Line l =
      maker.line({.name = fmt::format("gzga-mx-mtada-g{}-{}", maker.below(9), maker.below(9)),
                  .producer = &kCoremail,
                  .region = Region::shanghai},
                 client, route);
  const Results r = route.results(client.ip);
  route.appended += fmt::format(
      "X-CM-TRANSID:{}\nAuthentication-Results: {}; spf={} smtp.mail={};{}\n", l.id, l.by, r.spf,
      route.return_path, r.dkim == "pass" ? " dkim=pass header.i=@" + route.domain() : "");
  route.add(l);
}

void settle_qq(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@qq.com", 100'000'000 + maker.below(900'000'000));
  add_mx(route, "qq.com", {"mx3.qq.com", "mx2.qq.com"});
}
void add_qq(RouteMaker& maker, Route& route, const Host& client) {
  const std::string unit = fmt::format("mxszb{}-{}", maker.below(40), maker.below(4));
  Line l = maker.line(
      {.name = fmt::format("newxm{}.qq.com", unit), .producer = &kQq, .region = Region::shanghai},
      client, route);
  l.rcpt = route.to;
  const Results r = route.results(client.ip);
  l.below = fmt::format(
      "X-QQ-mid: xm{}t{}t{}\nAuthentication-Results: mx.qq.com; spf={} smtp.mailfrom={};\n\t "
      "dkim={}; "
      "dmarc={} header.from={}\n",
      unit, route.at.time_since_epoch().count() + maker.below(8), maker.word().substr(0, 8), r.spf,
      route.return_path, r.dkim == "pass" ? "pass header.d=" + route.domain() : "none",
      r.dmarc == "none" ? "none(permerror)" : r.dmarc, route.domain());
  route.add(std::move(l));
}

void settle_fastmail(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@fastmail.com", maker.person());
  add_mx(route, "fastmail.com", {"in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"});
}
void add_fastmail(RouteMaker& maker, Route& route, const Host& client) {
  const std::string mx = fmt::format("phl-mx-{:02}.messagingengine.com", 1 + maker.below(9));
  route
      .add(maker.line({.name = mx, .producer = &kPostfix, .region = Region::new_york}, client,
                      route))
      .rcpt = route.to;
  route.pass(1);
  route.add(maker.line({.name = mx, .producer = &kAuthMilter, .region = Region::new_york}, route));
  Line back =
      maker.line({.name = "mailmx.phl.internal", .producer = &kPostfix, .region = Region::new_york},
                 {.name = mx, .ip = "127.0.0.1", .recorded = "localhost"}, route);
  back.rcpt = route.to;
  route.add(std::move(back));
  route.pass(maker.below(2));
  const std::string imap = fmt::format("10.202.2.{}", 2 + maker.below(200));
  route.add(maker.line(
      {.name = "phl-compute-04.internal", .producer = &kLmtpProxy, .region = Region::new_york},
      {.name = mx, .ip = "10.202.2.202"}, route));
  Line& top = route.add(maker.line({.name = fmt::format("sloti{}d1t05", 10 + maker.below(80)),
                                    .producer = &kCyrusLmtpa,
                                    .region = Region::new_york},
                                   {.name = "phl-imap-02.internal", .ip = imap}, route));
  top.above = fmt::format("Return-Path: <{}>\n", route.return_path);
}

void settle_icloud(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@icloud.com", maker.person());
  add_mx(route, "icloud.com", {"mx01.mail.icloud.com", "mx02.mail.icloud.com"});
}
void add_icloud(RouteMaker& maker, Route& route, const Host& client) {
  route
      .add(maker.line(
          {.name = fmt::format("p00-icloudmta-smtpin-us-west-2a-100-percent-{}", maker.below(20)),
           .producer = &kPostfix},
          client, route))
      .rcpt = route.to;
  route.pass(1 + maker.below(3));
  Line& top = route.add(
      maker.line({.name = "p125-mailgateway-smtp-5d8c7f9b6-xyz12", .producer = &kMailGateway},
                 {.name = "p00-iscream-7f7d9c6b5-abcde",
                  .ip = fmt::format("10.114.{}.{}", maker.below(200), 2 + maker.below(200))},
                 route));
  top.rcpt = route.to;
  top.above = fmt::format("Return-Path: <{}>\n", route.return_path);
}

// ---- Servers of one's own

// The MX of the mailbox's domain: `mx1.DOMAIN`.
void settle_own(RouteMaker& maker, Route& route) {
  const std::string domain = domain_of(route.to);
  add_mx(route, domain, {"mx1." + domain});
  route.mx_ip = maker.public_ip();
  route.zone += RouteMaker::names("mx1." + domain, route.mx_ip);
}

Host own_mx(const Route& route, const Producer& producer, Region region = Region::berlin) {
  return {.name = "mx1." + domain_of(route.to), .producer = &producer, .region = region};
}

void add_path(Route& route) {
  Line& top = route.lines.front();
  top.above =
      fmt::format("Return-Path: <{}>\nDelivered-To: {}\n", route.return_path, route.to) + top.above;
}

void add_postfix(RouteMaker& maker, Route& route, const Host& client) {
  route.add(maker.line(own_mx(route, maker.chance(50) ? kPostfix : kPostfixLong), client, route))
      .rcpt = route.to;
  add_path(route);
}

void add_postfix_amavis(RouteMaker& maker, Route& route, const Host& client) {
  const Host mx = own_mx(route, kPostfixLong);
  route.add(maker.line(mx, client, route)).rcpt = route.to;
  route.pass(maker.below(3));
  Host filter = own_mx(route, kAmavis);
  route.add(maker.line(filter, {.name = mx.name, .ip = "127.0.0.1"}, route)).rcpt = route.to;
  route.pass(maker.below(3));
  Line& back = route.add(maker.line(mx, {.name = "localhost", .ip = "127.0.0.1"}, route));
  back.rcpt = route.to;
  back.below = fmt::format("X-Virus-Scanned: Debian amavis at {}\n", mx.name);
  if (maker.chance(50)) {
    // A Dovecot session may have been opened long before.
    Host store = own_mx(route, kDovecotLmtp);
    store.token_age = maker.chance(30) ? static_cast<int>(maker.below(3 * 86'400)) : 0;
    route.pass(1);
    route.add(maker.line(store, {.name = mx.name}, route)).rcpt = route.to;
  }
  add_path(route);
}

void add_exim_dovecot(RouteMaker& maker, Route& route, const Host& client) {
  const Host mx = own_mx(route, maker.chance(50) ? kExim : kOldExim, Region::utc);
  Line& border = route.add(maker.line(mx, client, route));
  border.rcpt = route.to;
  border.above = fmt::format("Envelope-to: {}\n", route.to);
  route.pass(1);
  Host store = own_mx(route, kDovecotLmtp, Region::utc);
  store.token_age = maker.chance(40) ? static_cast<int>(maker.below(2 * 86'400)) : 0;
  route.add(maker.line(store, {.name = mx.name}, route)).rcpt = route.to;
  add_path(route);
}

void add_exim_scanned(RouteMaker& maker, Route& route, const Host& client) {
  route.add(maker.line(own_mx(route, kOldExim), client, route)).rcpt = route.to;
  route.pass(1 + maker.below(3));
  route.add(maker.line(own_mx(route, kSpamScanned), route)).rcpt = route.to;
  add_path(route);
}

void add_qmail(RouteMaker& maker, Route& route, const Host& client) {
  const Host mx = own_mx(route, kQmail);
  route.add(maker.line(mx, client, route));
  if (maker.chance(50)) route.add(maker.line(own_mx(route, kQmailScanner), client, route));
  route.pass(maker.below(2));
  route.add(maker.line(mx, route));
  add_path(route);
}

// A hosting firm: the MX takes it, two stores hand it on by LMTP between public addresses.
void add_lmtps(RouteMaker& maker, Route& route, const Host& client) {
  const std::string domain = domain_of(route.to);
  route.add(maker.line(own_mx(route, kPostfix), client, route)).rcpt = route.to;
  const Host proxy{.name = "mp2." + domain,
                   .ip = maker.public_ip(),
                   .producer = &kLmtps,
                   .region = Region::berlin};
  const Host store{.name = "ms9." + domain,
                   .ip = maker.public_ip(),
                   .producer = &kLmtps,
                   .region = Region::berlin};
  route.pass(maker.below(4));
  route.add(maker.line(proxy, {.name = "mx1." + domain, .ip = route.mx_ip}, route)).rcpt = route.to;
  route.add(maker.line(store, proxy, route)).rcpt = route.to;
  add_path(route);
}

constexpr std::array kPlain{
    Recipient{"Gmail", settle_gmail, add_gmail},
    Recipient{"Microsoft 365", settle_outlook, add_outlook},
    Recipient{"Yahoo", settle_yahoo, add_yahoo},
    Recipient{"NetEase", settle_netease, add_netease},
    Recipient{"QQ", settle_qq, add_qq},
    Recipient{"Fastmail, LMTPA", settle_fastmail, add_fastmail, false},
    Recipient{"iCloud", settle_icloud, add_icloud},
    Recipient{"Postfix", settle_own, add_postfix},
    Recipient{"Postfix, amavis, Dovecot", settle_own, add_postfix_amavis},
    Recipient{"Exim, Dovecot sessions", settle_own, add_exim_dovecot},
    Recipient{"Exim, spam-scanned", settle_own, add_exim_scanned, false},
    Recipient{"qmail, scanner", settle_own, add_qmail, false},
    Recipient{"LMTPS, public addresses", settle_own, add_lmtps, false},
};

}  // namespace

std::span<const Recipient> plain_recipients() {
  return kPlain;
}

const Recipient& usual_recipient(RouteMaker& maker) {
  for (;;) {
    const Recipient& recipient = maker.any(kPlain);
    if (recipient.usual) return recipient;
  }
}

void receive(RouteMaker& maker, Route& route, const Recipient& recipient, const Host& client) {
  const std::size_t brought = route.lines.size();
  recipient.add(maker, route, client);
  route.border = route.lines.size() - brought - 1;
  if (route.clients.empty()) route.clients = {client.ip};
  if (route.origins.empty()) route.origins = {client.ip};
}

}  // namespace emltrace::test
