#include <fmt/format.h>

#include <array>

#include "support/route_parts.hpp"
#include "support/route_recipients.hpp"

namespace emltrace::test {
namespace {

Judged judged_itself(const Host& client) {
  return {client.ip, client.said()};
}

// The customer's number in the names of a filter service, the same for all names of one mailbox.
std::string customer(const Route& route) {
  return fmt::format("{:08}", std::hash<std::string>{}(domain_of(route.to)) % 900'000 + 100'000);
}

// ---- Filter services in front of the mailbox: the MX points to them.

void settle_proofpoint(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to),
         {fmt::format("mxa-{}.gslb.pphosted.com", customer(route)),
          fmt::format("mx0b-{}.pphosted.com", customer(route))});
}
Host add_proofpoint(RouteMaker& maker, Route& route, const Host& client) {
  Host out{.name = fmt::format("mx0a-{}.pphosted.com", customer(route)),
           .ip = fmt::format("148.163.{}.{}", 128 + maker.below(31), 2 + maker.below(250)),
           .producer = &kProofpoint};
  route.zone += RouteMaker::names(out.name, out.ip);
  Line& in = route.add(maker.line(out, client, route));
  in.rcpt = route.to;
  route.pass(1 + maker.below(4));
  // The filter keeps its session for hours or days.
  Host filter{.name = out.name, .producer = &kFilterd};
  filter.token_age = maker.chance(40) ? static_cast<int>(maker.below(40 * 3'600)) : 0;
  Line& scanned = route.add(maker.line(
      filter,
      {.name = fmt::format("m0{}.ppops.net", 10'000 + maker.below(90'000)), .ip = "127.0.0.1"},
      route));
  scanned.rcpt = route.to;
  scanned.below =
      fmt::format("Authentication-Results-Original: ppops.net; spf={} smtp.mailfrom={}; dmarc={}\n",
                  route.results(client.ip).spf, route.return_path, route.results(client.ip).dmarc);
  route.appended +=
      "X-Proofpoint-Virus-Version: vendor=baseguard engine=ICAP:2.0.293\n"
      "X-Proofpoint-Spam-Details: rule=inbound_notspam policy=inbound score=0\n";
  route.pass(1);
  return out;
}

void settle_mimecast(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to),
         {"eu-smtp-inbound-1.mimecast.com", "eu-smtp-inbound-2.mimecast.com"});
}
Host add_mimecast(RouteMaker& maker, Route& route, const Host& client) {
  const Host out{
      .name = fmt::format("eu-smtp-inbound-delivery-{}.mimecast.com", 1 + maker.below(2)),
      .ip = fmt::format("185.58.85.{}", 190 + maker.below(50)),
      .producer = &kMimecast};
  route.zone += RouteMaker::names(out.name, out.ip);
  Line& in = route.add(maker.line(out, client, route));
  const std::string unique = in.id.substr(in.id.find('-', 7) + 1);
  in.below = fmt::format("X-MC-Unique: {}\nX-Mimecast-MFC-AGG-ID: {}_{}\n", unique,
                         unique.substr(0, unique.size() - 2), route.at.time_since_epoch().count());
  route.appended +=
      fmt::format("X-Mimecast-Spam-Score: 1\nX-Mimecast-Originator: {}\n", route.domain());
  in.by = "relay.mimecast.com";
  route.pass(1 + maker.below(3));
  return out;
}

void settle_barracuda(RouteMaker& /*maker*/, Route& route) {
  const std::string number = customer(route).substr(2);
  add_mx(route, domain_of(route.to),
         {fmt::format("d{}a.ess.barracudanetworks.com", number),
          fmt::format("d{}b.ess.barracudanetworks.com", number)});
}
Host add_barracuda(RouteMaker& maker, Route& route, const Host& client) {
  const std::uint32_t last = 2 + maker.below(200);
  const Host out{.name = fmt::format("outbound-ip{}a.ess.barracuda.com", last),
                 .ip = fmt::format("209.222.82.{}", last)};
  route.zone += RouteMaker::names(out.name, out.ip);
  const std::string serial =
      fmt::format("{}-{}", route.at.time_since_epoch().count(), 100'000 + maker.below(800'000));
  Line& in =
      route.add(maker.line({.name = fmt::format("mx-inbound{}-{}.eu-west-1a.ess.aws.cudaops.com",
                                                1 + maker.below(40), 1 + maker.below(200)),
                            .producer = &kBarracuda},
                           client, route));
  in.above = fmt::format(
      "X-BESS-ID: {}-1234-56789-1\nX-BESS-VER: 2019.1_20260309.2000\nX-BESS-Apparent-Source-IP: "
      "{}\n",
      serial, client.ip);
  route.pass(1 + maker.below(3));
  return out;
}

void settle_ironport(RouteMaker& /*maker*/, Route& route) {
  const std::string label = fmt::format("hc{}-56.eu.iphmx.com", customer(route).substr(4));
  add_mx(route, domain_of(route.to), {"mx1." + label, "mx2." + label});
}
Host add_ironport(RouteMaker& maker, Route& route, const Host& client) {
  const Host out{.name = fmt::format("esa{}.hc{}-56.eu.iphmx.com", 1 + maker.below(4),
                                     customer(route).substr(4)),
                 .ip = fmt::format("207.54.{}.{}", 64 + maker.below(32), 2 + maker.below(250)),
                 .producer = &kIronPort};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.add(maker.line(out, client, route));
  route.pass(1 + maker.below(3));
  return out;
}

void settle_hornet(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to), {"mx01.hornetsecurity.com", "mx02.hornetsecurity.com"});
}
Host add_hornet(RouteMaker& maker, Route& route, const Host& client) {
  const Host out{.name = fmt::format("mx-relay{}-hz2.antispameurope.com", 10 + maker.below(80)),
                 .ip = fmt::format("94.100.136.{}", 2 + maker.below(250)),
                 .producer = &kHornet};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.add(maker.line(out, client, route));
  route.pass(1 + maker.below(3));
  return out;
}

// A Postfix at the edge of the firm's own network.
void settle_edge(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to), {"mailgate." + domain_of(route.to)});
}
Host add_edge(RouteMaker& maker, Route& route, const Host& client) {
  const Host out{.name = "mailgate." + domain_of(route.to),
                 .ip = maker.public_ip(),
                 .producer = &kPostfixLong,
                 .region = Region::berlin};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.add(maker.line(out, client, route)).rcpt = route.to;
  route.pass(1 + maker.below(4));
  return out;
}

using Gateway = Host (*)(RouteMaker&, Route&, const Host&);

// ---- Where the gateway hands it on

// The tenant tells Exchange Online to look behind the gateway: the results are about the client.
template <Gateway gateway>
void outlook_looks_behind(RouteMaker& maker, Route& route, const Host& client) {
  const Host out = gateway(maker, route, client);
  add_outlook_border(maker, route, out, judged_itself(client));
  add_outlook_inner(maker, route);
  route.appended += fmt::format(
      "X-MS-Exchange-SkipListedInternetSender: ip=[{0}];domain={1}\n"
      "X-MS-Exchange-ExternalOriginalInternetSender: ip=[{0}];domain={1}\n",
      client.ip, client.said());
}
template <Gateway gateway>
void outlook_behind(RouteMaker& maker, Route& route, const Host& client) {
  const Host out = gateway(maker, route, client);
  add_outlook_border(maker, route, out, judged_itself(out));
  add_outlook_inner(maker, route);
}
template <Gateway gateway>
void google_looks_behind(RouteMaker& maker, Route& route, const Host& client) {
  const Host out = gateway(maker, route, client);
  add_google_border(maker, route, out, judged_itself(client));
  add_google_inner(maker, route);
}
template <Gateway gateway>
void google_behind(RouteMaker& maker, Route& route, const Host& client) {
  const Host out = gateway(maker, route, client);
  add_google_border(maker, route, out, judged_itself(out));
  add_google_inner(maker, route);
}

// Exchange on the firm's own premises.
void add_premises(RouteMaker& maker, Route& route, const Host& from) {
  const std::string domain = domain_of(route.to);
  const std::string inner = maker.chance(50) ? "corp." + domain : "ad.local";
  const std::string edge_ip = maker.private_ip(), store_ip = maker.private_ip();
  const Host edge{
      .name = "mail." + domain, .ip = edge_ip, .producer = &kExchange, .region = Region::berlin};
  const Host edge_inside{.name = "EX02." + inner, .ip = edge_ip};
  const Host store{
      .name = "EX01." + inner, .ip = store_ip, .producer = &kExchange, .region = Region::berlin};
  route.add(maker.line(edge, from, route)).login = " via\n Frontend Transport";
  route.pass(maker.below(3));
  Line& top = route.add(maker.line(store, edge_inside, route));
  top.login = " via\n Mailbox Transport";
  top.above =
      fmt::format("Return-Path: {}\n", route.return_path.empty() ? "<>" : route.return_path);
}
template <Gateway gateway>
void premises_behind(RouteMaker& maker, Route& route, const Host& client) {
  add_premises(maker, route, gateway(maker, route, client));
}

void settle_hybrid(RouteMaker& /*maker*/, Route& route) {
  std::string label = domain_of(route.to);
  for (char& c : label) c = c == '.' ? '-' : c;
  add_mx(route, domain_of(route.to), {label + ".mail.protection.outlook.com"});
}
void outlook_to_premises(RouteMaker& maker, Route& route, const Host& client) {
  add_outlook_border(maker, route, client, judged_itself(client));
  add_outlook_inner(maker, route);
  route.lines.erase(route.lines.begin());  // nothing went to a mailbox there
  route.pass(1);
  Route scratch = route;
  const Host out = outlook_out(maker, scratch);
  route.zone += RouteMaker::names(out.name, out.ip);
  add_premises(maker, route, out);
}

void settle_google_relay(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to), {"aspmx.l.google.com", "alt1.aspmx.l.google.com"});
}
void google_to_premises(RouteMaker& maker, Route& route, const Host& client) {
  add_google_border(maker, route, client, judged_itself(client));
  route.lines.front().above.clear();  // delivered nowhere yet
  route.pass(1);
  Route scratch = route;
  const Host out = google_out(maker, scratch);
  route.zone += RouteMaker::names(out.name, out.ip);
  route.add(maker.line(out, route)).rcpt = route.to;
  route.pass(1);
  add_premises(maker, route, out);
}

// ---- More turns

Host own_host(RouteMaker& maker, Route& route, const std::string& label) {
  Host made{.name = fmt::format("{}.{}", label, domain_of(route.to)),
            .ip = maker.public_ip(),
            .producer = maker.chance(50) ? &kPostfix : &kPostfixLong,
            .region = Region::berlin};
  route.zone += RouteMaker::names(made.name, made.ip);
  return made;
}

void settle_with_backup(RouteMaker& maker, Route& route) {
  const std::string domain = domain_of(route.to);
  add_mx(route, domain,
         {"mx." + domain, fmt::format("mx-backup.isp{}.net", 100 + maker.below(800))});
}
// The mailbox's own server was away; the provider's spare one took the message.
void add_backup(RouteMaker& maker, Route& route, const Host& client) {
  const auto start = route.zone.rfind("mx-backup.");
  const Host backup{.name = route.zone.substr(start, route.zone.find(".\n", start) - start),
                    .ip = maker.public_ip(),
                    .producer = &kPostfix,
                    .region = Region::utc};
  route.zone += RouteMaker::names(backup.name, backup.ip);
  route.add(maker.line(backup, client, route)).rcpt = route.to;
  route.pass(60 + maker.below(6 * 3'600));
  route.add(maker.line(own_host(maker, route, "mx"), backup, route)).rcpt = route.to;
}

void settle_two_tier(RouteMaker& /*maker*/, Route& route) {
  add_mx(route, domain_of(route.to), {"mx1." + domain_of(route.to)});
}
void add_two_tier(RouteMaker& maker, Route& route, const Host& client) {
  const Host mx = own_host(maker, route, "mx1");
  route.add(maker.line(mx, client, route)).rcpt = route.to;
  route.pass(maker.below(4));
  route.add(maker.line(own_host(maker, route, "imap"), mx, route)).rcpt = route.to;
}

// A container behind address translation: the address of the client is lost.
void add_translated(RouteMaker& maker, Route& route, const Host& client) {
  Host seen = client;
  seen.ip = maker.chance(50) ? "172.18.0.1" : maker.private_ip();
  seen.recorded = "-";
  Line& border = route.add(maker.line(own_host(maker, route, "mx1"), seen, route));
  border.rcpt = route.to;
  route.clients = {"", seen.ip};
  route.origins = {""};
}

// The line does not say who connected: a proxy, a blacked-out address.
void add_unreadable(RouteMaker& maker, Route& route, const Host& client) {
  static constexpr std::array kHidden{"xxx.xxx.xxx.xxx", "REDACTED", "unknown", "hidden"};
  Host seen = client;
  seen.ip = maker.any(kHidden);
  seen.recorded = "-";
  route.add(maker.line(own_host(maker, route, "mx1"), seen, route)).rcpt = route.to;
  route.clients = {""};
  route.origins = {""};
}

// The edge knows the client; behind it addresses are translated.
void add_translated_inside(RouteMaker& maker, Route& route, const Host& client) {
  const Host edge = own_host(maker, route, "mx1");
  route.add(maker.line(edge, client, route)).rcpt = route.to;
  route.pass(maker.below(3));
  const Host seen{.name = edge.name, .ip = "172.18.0.1", .recorded = "-"};
  route.add(maker.line(own_host(maker, route, "mailstore"), seen, route)).rcpt = route.to;
}

void settle_provider(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@isp{}.net", maker.person(), 100 + maker.below(800));
  add_mx(route, domain_of(route.to), {"mx1." + domain_of(route.to)});
}
void add_pulled(RouteMaker& maker, Route& route, const Host& client) {
  route.add(maker.line(own_host(maker, route, "mx1"), client, route)).rcpt = route.to;
  route.pass(30 + maker.below(86'400));
  const Host box = own_host(maker, route, maker.chance(50) ? "pop" : "imap");
  const Host puller{.name = maker.chance(50) ? "laptop.home.lan" : "nas",
                    .producer = maker.chance(70) ? &kFetchmail : &kGetmail,
                    .region = Region::berlin};
  Line l = maker.line(puller, box, route);
  l.login = box.name.starts_with("pop") ? "POP3" : "IMAP";
  l.rcpt = fmt::format("{}@localhost", route.to.substr(0, route.to.find('@')));
  route.add(std::move(l));
}

void settle_google(RouteMaker& maker, Route& route) {
  route.to = fmt::format("{}@gmail.com", maker.person());
  add_mx(route, "gmail.com", {"gmail-smtp-in.l.google.com"});
}
// A program put the message into the mailbox again.
void add_inserted(RouteMaker& maker, Route& route, const Host& client) {
  add_google_border(maker, route, client, judged_itself(client));
  add_google_inner(maker, route);
  route.pass(3'600 + maker.below(30 * 86'400));
  route.add(maker.line(
      {.name = "gmailapi.google.com", .producer = &kApiInsert, .region = Region::pacific},
      {.name = fmt::format("{}", 400'000'000'000 + maker.below(900'000'000))}, route));
}

constexpr std::array kSpecial{
    Recipient{"Proofpoint, Microsoft 365", settle_proofpoint, outlook_behind<add_proofpoint>},
    Recipient{"Proofpoint, Microsoft 365 looks", settle_proofpoint,
              outlook_looks_behind<add_proofpoint>},
    Recipient{"Mimecast, Microsoft 365", settle_mimecast, outlook_behind<add_mimecast>},
    Recipient{"Mimecast, Microsoft 365 looks", settle_mimecast, outlook_looks_behind<add_mimecast>},
    Recipient{"Barracuda, Microsoft 365", settle_barracuda, outlook_behind<add_barracuda>},
    Recipient{"Barracuda, Microsoft 365 looks", settle_barracuda,
              outlook_looks_behind<add_barracuda>},
    Recipient{"IronPort, Microsoft 365", settle_ironport, outlook_behind<add_ironport>},
    Recipient{"Hornetsecurity, Microsoft 365", settle_hornet, outlook_behind<add_hornet>},
    Recipient{"own gateway, Microsoft 365", settle_edge, outlook_behind<add_edge>},
    Recipient{"own gateway, Microsoft 365 looks", settle_edge, outlook_looks_behind<add_edge>},
    Recipient{"Proofpoint, Google", settle_proofpoint, google_behind<add_proofpoint>},
    Recipient{"Proofpoint, Google looks", settle_proofpoint, google_looks_behind<add_proofpoint>},
    Recipient{"Mimecast, Google looks", settle_mimecast, google_looks_behind<add_mimecast>},
    Recipient{"Barracuda, Google", settle_barracuda, google_behind<add_barracuda>},
    Recipient{"own gateway, Google", settle_edge, google_behind<add_edge>},
    Recipient{"Proofpoint, premises", settle_proofpoint, premises_behind<add_proofpoint>},
    Recipient{"Barracuda, premises", settle_barracuda, premises_behind<add_barracuda>},
    Recipient{"own gateway, premises", settle_edge, premises_behind<add_edge>},
    Recipient{"Microsoft 365, premises", settle_hybrid, outlook_to_premises},
    Recipient{"Google, premises", settle_google_relay, google_to_premises},
    Recipient{"backup MX", settle_with_backup, add_backup},
    Recipient{"two public tiers", settle_two_tier, add_two_tier},
    Recipient{"NAT at the border", settle_two_tier, add_translated},
    Recipient{"client unreadable", settle_two_tier, add_unreadable},
    Recipient{"NAT inside", settle_two_tier, add_translated_inside},
    Recipient{"fetchmail, getmail", settle_provider, add_pulled},
    Recipient{"Gmail API insert", settle_google, add_inserted},
};

}  // namespace

std::span<const Recipient> special_recipients() {
  return kSpecial;
}

}  // namespace emltrace::test
