#include <fmt/format.h>

#include <array>
#include <chrono>

#include "support/producer_ids.hpp"
#include "support/route_parts.hpp"
#include "support/route_senders.hpp"

namespace emltrace::test {
namespace {

void allow(Route& route, const std::string& ip) {
  route.allowed[domain_of(route.return_path)].push_back(ip);
}

// A mailbox at a provider, whose mail is always signed.
void write_from(Route& route, const std::string& mailbox, std::string_view policy) {
  route.from = route.return_path = mailbox;
  route.signed_by_author = true;
  route.policy = policy;
}

// ---- Google and Microsoft

std::string google_v6(RouteMaker& maker) {
  return fmt::format("2002:a05:{:x}:{:x}:b0:{:x}:{:x}:{:x}", 0x6000 + maker.below(0xfff),
                     1 + maker.below(0xffff), 0x300 + maker.below(0x4ff), 1 + maker.below(0xfffe),
                     1 + maker.below(0xfffe));
}

Host add_google(RouteMaker& maker, Route& route, bool with_program) {
  const Host out = google_out(maker, route);
  route.message_id = fmt::format("CA{}{}@mail.gmail.com", letters_id({}, maker.below(1U << 30)),
                                 letters_id({}, maker.below(1U << 30)));
  if (with_program) {
    const Host user = maker.home(route);
    Line l = maker.line(
        {.name = "smtp.gmail.com", .producer = &kGmailSubmission, .region = Region::pacific}, user,
        route);
    l.rcpt = route.to;
    l.login = route.from;
    route.add(std::move(l));
    route.origins = {user.ip};
    route.message_id = fmt::format("{}@{}", letters_id({}, maker.below(1U << 30)), route.domain());
  }
  route.pass(1);
  Line l = maker.line(out, route);
  l.rcpt = route.to;
  l.below = fmt::format("X-Received: by {} with SMTP id {}-{}mr{}.{}.{}{:03};\n        {}\n",
                        google_v6(maker), hex(mixed(maker.below(1U << 31)), 13),
                        hex(mixed(maker.below(1U << 31)), 11), 1'000 + maker.below(9'000),
                        maker.below(60), l.at.time_since_epoch().count(), maker.below(999),
                        date_text(l.at, Region::pacific, DateForm::named));
  route.add(std::move(l));
  route.pass(1);
  return out;
}

Host add_gmail_web(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@gmail.com", maker.person()), "none");
  return add_google(maker, route, false);
}
Host add_gmail_program(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@gmail.com", maker.person()), "none");
  return add_google(maker, route, true);
}
Host add_workspace(RouteMaker& maker, Route& route) {
  write_from(route, route.from, "reject");
  return add_google(maker, route, maker.chance(50));
}

Host add_tenant(RouteMaker& maker, Route& route) {
  if (maker.chance(30))
    write_from(route, fmt::format("{}@outlook.com", maker.person()), "none");
  else
    write_from(route, route.from, "reject");
  const Host out = outlook_out(maker, route);
  const std::uint32_t forest = 1 + maker.below(9);
  const std::string ring = fmt::format("eurprd{:02}.prod.{}", forest,
                                       maker.chance(20) ? "exchangelabs.com" : "outlook.com");
  const auto box = [&](std::string_view front) {
    return Host{
        .name = fmt::format("{}PR{:02}MB{:04}.{}", front, forest, 1'000 + maker.below(8'999), ring),
        .ip = fmt::format("2603:10a6:803:{:x}::{:x}", 0x10 + maker.below(0xff),
                          1 + maker.below(0x3f)),
        .producer = &kOutlook};
  };
  Host store = box("VI1");
  route.message_id =
      fmt::format("{}{}{}A@{}", store.name.substr(0, 13), hex_id({}, maker.below(1U << 31)),
                  hex_id({}, maker.below(1U << 31)), store.name);
  if (maker.chance(30)) {
    // A program submitted it; the service does not say from where.
    route.add(maker.line(store, {.name = "255.255.255.255", .ip = "255.255.255.255"}, route))
        .login = " via\n Frontend Transport";
  } else {
    Host local = store;
    local.ip = fmt::format("fe80::{:x}:{:x}:{:x}:{:x}", maker.below(0xffff), maker.below(0xffff),
                           maker.below(0xffff), 1 + maker.below(0xfffe));
    local.producer = &kOutlookMapi;
    route.add(maker.line(local, local, route));
    if (maker.chance(50)) {
      route.pass(1);
      route.add(maker.line(box("AM8"), store, route));
    }
    if (maker.chance(20))
      route.fields += fmt::format("X-Originating-IP: [{}]\n", maker.public_ip());
  }
  route.pass(1 + maker.below(3));
  return out;
}

// ---- Yahoo and the Chinese providers

Host add_yahoo_web(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@yahoo.com", maker.person()), "reject");
  const std::uint32_t number = 300 + maker.below(20);
  const Host out{
      .name = fmt::format("sonic{}-{}.consmr.mail.ne1.yahoo.com", number, 1 + maker.below(60)),
      .ip = fmt::format("66.163.{}.{}", 184 + maker.below(8), 2 + maker.below(250)),
      .producer = &kYahooWeb};
  route.zone += RouteMaker::names(out.name, out.ip);
  allow(route, out.ip);
  route.message_id =
      fmt::format("{}.{}.{}{:03}@mail.yahoo.com", maker.below(2'000'000'000),
                  maker.below(9'000'000), route.date.time_since_epoch().count(), maker.below(999));
  Host inside = out;
  inside.name = fmt::format("sonic{}.consmr.mail.ne1.yahoo.com", number);
  route.add(maker.line(inside, {.name = "sonic.gate.mail.ne1.yahoo.com", .ip = "", .recorded = "-"},
                       route));
  route.pass(1 + maker.below(3));
  return out;
}

Host provider_out(Route& route, const std::string& name, const std::string& ip) {
  const Host out{.name = name, .ip = ip};
  route.zone += RouteMaker::names(name, ip);
  allow(route, ip);
  return out;
}

Host add_qq_mail(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@qq.com", 1'000'000'000 + maker.below(2'000'000'000)),
             "quarantine");
  const Host out =
      provider_out(route, fmt::format("xmbg{}.mail.qq.com", 1'000 + maker.below(8'999)),
                   fmt::format("43.163.128.{}", 2 + maker.below(250)));
  const Host user = maker.home(route);
  const std::string unit = fmt::format("szb{}-{}", maker.below(40), maker.below(4));
  Line l = maker.line({.name = fmt::format("newxmesmtplogicsvr{}.qq.com", unit),
                       .producer = &kQqSubmission,
                       .region = Region::shanghai},
                      user, route);
  l.helo = "desk-4";
  l.id = fmt::format("{}", 10'000'000 + maker.below(80'000'000));
  // The token is made at the end of the data: up to a minute after the stamp.
  l.below =
      fmt::format("X-QQ-mid: xmsmtpt{}t{}\n", l.at.time_since_epoch().count() + maker.below(64),
                  maker.word().substr(0, 8));
  route.add(std::move(l));
  route.message_id = fmt::format("tencent_{:0>40}@qq.com", hex_id({}, maker.below(1U << 31)) +
                                                               "9C0F3A5D7E1B2468ACE013579BDF0246");
  route.origins = {user.ip};
  route.pass(60 + maker.below(20));
  return out;
}

Host add_netease_program(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@163.com", maker.person()), "none");
  const Host out =
      provider_out(route, "m16.mail.163.com", fmt::format("220.197.31.{}", 2 + maker.below(8)));
  const Host user = maker.home(route);
  Line l = maker.line({.name = fmt::format("gzsmtp{}", maker.below(9)),
                       .producer = &kCoremail,
                       .region = Region::shanghai},
                      user, route);
  l.helo = "desk-Notebook";
  l.rdns.clear();
  route.fields += fmt::format("X-CM-TRANSID:{}\nX-CM-SenderInfo: 5tdqx5d6rwjiy6rwjhhfrp/1tbi{}\n",
                              l.id, letters_id({}, maker.below(1U << 30)));
  route.add(std::move(l));
  route.origins = {user.ip};
  route.pass(1 + maker.below(4));
  return out;
}

Host add_netease_web(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@163.com", maker.person()), "none");
  const Host out =
      provider_out(route, "m16.mail.163.com", fmt::format("220.197.31.{}", 2 + maker.below(8)));
  const Host user = maker.home(route);
  Line l = maker.line({.name = fmt::format("ajax-webmail-wmsvr{}", maker.below(200)),
                       .producer = &kCoremailWebmail,
                       .region = Region::shanghai},
                      user, route);
  l.helo = route.from;
  l.helo[l.helo.find('@')] = '$';
  l.below = fmt::format("X-Originating-IP: [{}]\n", user.ip);
  route.add(std::move(l));
  route.origins = {user.ip};
  route.pass(1 + maker.below(4));
  return out;
}

// A university with Coremail of its own; its users have inner addresses.
Host add_coremail(RouteMaker& maker, Route& route) {
  const std::string domain = maker.word() + ".edu.cn";
  write_from(route, fmt::format("{}@{}", maker.person(), domain), "");
  route.signed_by_author = maker.chance(50);
  const Host out = provider_out(route, "mail." + domain, maker.public_ip());
  add_mx(route, domain, {out.name});
  Line l = maker.line({.name = fmt::format("app{}", 1 + maker.below(4)),
                       .producer = &kCoremail,
                       .region = Region::shanghai},
                      {.name = "Thinking", .ip = maker.private_ip(), .recorded = "-"}, route);
  route.add(std::move(l));
  route.pass(1 + maker.below(4));
  return out;
}

Host add_aliyun(RouteMaker& maker, Route& route) {
  write_from(route, route.from, maker.chance(50) ? "none" : "");
  const std::uint32_t last = 1 + maker.below(200);
  const Host out = provider_out(route, fmt::format("out30-{}.freemail.mail.aliyun.com", last),
                                fmt::format("115.124.30.{}", last));
  const Host user = maker.home(route);
  Line l =
      maker.line({.name = "smtp.aliyun-inc.com", .producer = &kAliyun, .region = Region::shanghai},
                 user, route);
  l.above = fmt::format(
      "X-Alimail-AntiSpam:AC=PASS;BC=-1|-1;BR=01201311R121e4;CH=green;DM=||false|;MF={};TI={}\n",
      route.from, l.id);
  route.add(std::move(l));
  route.origins = {user.ip};
  route.pass(1 + maker.below(8));
  return out;
}

Host add_sina(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("{}@sina.com", maker.person()), "");
  const std::uint32_t last = 30 + maker.below(60);
  const Host out = provider_out(route, fmt::format("mail78-{}.sinamail.sina.com.cn", last),
                                fmt::format("219.142.78.{}", last));
  const Host user = maker.home(route);
  Host edge{.name = "sina.com",
            .ip = fmt::format("10.185.250.{}", 20 + maker.below(9)),
            .producer = &kSina,
            .region = Region::shanghai};
  edge.token_age = static_cast<int>(maker.below(28));
  Line l = maker.line(edge, user, route);
  l.helo = "localhost.localdomain";
  route.add(std::move(l));
  route.origins = {user.ip, out.ip};
  route.pass(1 + maker.below(8));
  return out;
}

Host add_richmail(RouteMaker& maker, Route& route) {
  write_from(route, fmt::format("13{}@139.com", 100'000'000 + maker.below(899'999'999)), "none");
  const Host out = provider_out(route, fmt::format("cmccmta{}.chinamobile.com", 1 + maker.below(8)),
                                fmt::format("111.22.67.{}", 130 + maker.below(20)));
  const Host user = maker.home(route);
  Host edge{.name = fmt::format("rmsmtp-lg-appmail-{:02}-12002", maker.below(40)),
            .producer = &kRichMail,
            .region = Region::shanghai};
  edge.token_age = static_cast<int>(maker.below(36));
  Line l = maker.line(edge, user, route);
  l.helo = "localhost.localdomain";
  l.below =
      fmt::format("X-RM-TRANSID:{}\nX-RM-TagInfo: emlType=0\nX-RM-SPAM-FLAG:00000000\n", l.id);
  route.add(std::move(l));
  route.origins = {user.ip, out.ip};
  route.pass(1 + maker.below(8));
  return out;
}

Host add_263(RouteMaker& maker, Route& route) {
  write_from(route, route.from, "");
  const Host out = provider_out(route, "regular1.263xmail.com",
                                fmt::format("211.150.70.{}", 190 + maker.below(20)));
  const Host user = maker.home(route);
  Host edge{.name = "smtp.263.net", .producer = &k263, .region = Region::shanghai};
  edge.token_age = static_cast<int>(maker.below(18));
  Line l = maker.line(edge, user, route);
  l.helo = "[172.16.21.194]";
  l.below = fmt::format("X-UNIQUE-TAG: <{}{}>\nX-RL-SENDER: {}\nX-SENDER-IP: {}\n",
                        hex(mixed(maker.below(1U << 31)), 16),
                        hex(mixed(maker.below(1U << 31)), 16), route.from, user.ip);
  route.add(std::move(l));
  route.pass(1 + maker.below(3));
  Host relay = out;
  relay.producer = &kPostfix;
  relay.region = Region::shanghai;
  Line second = maker.line(relay,
                           {.name = fmt::format("{}?{}", route.from.substr(0, 4), route.domain()),
                            .ip = fmt::format("192.168.167.{}", 2 + maker.below(250)),
                            .recorded = "-"},
                           route);
  second.rcpt.clear();
  second.below = "X-263anti-spam: KSV:0;BIG:0;\n";
  route.add(std::move(second));
  route.origins = {user.ip, out.ip};
  route.pass(1 + maker.below(3));
  return out;
}

// ---- Sending services: the author's domain is the customer's

Host service_out(Route& route, const std::string& name, const std::string& ip,
                 const std::string& path) {
  route.return_path = path;
  return provider_out(route, name, ip);
}

Host add_ses(RouteMaker& maker, Route& route) {
  const std::uint32_t a = 1 + maker.below(60), b = 1 + maker.below(240);
  // The first sixteen digits: the region, then milliseconds since 1970.
  const std::string id =
      fmt::format("0102{}-{}-4{}-8{}-{}-000000",
                  hex(static_cast<std::uint64_t>(route.at.time_since_epoch().count()) * 1'000 +
                          maker.below(1'000),
                      12),
                  hex(maker.below(1U << 31), 8), hex(maker.below(4'096), 3),
                  hex(maker.below(4'096), 3), hex(mixed(maker.below(1U << 31)), 12));
  const bool own_path = maker.chance(40);
  const Host out = service_out(
      route, fmt::format("a{}-{}.smtp-out.eu-west-1.amazonses.com", a, b),
      fmt::format("54.240.{}.{}", a, b),
      fmt::format("{}@{}", id, own_path ? "bounce." + route.domain() : "eu-west-1.amazonses.com"));
  route.message_id = id + "@eu-west-1.amazonses.com";
  std::string day = iso_day(route.at);
  for (char& c : day) c = c == '-' ? '.' : c;
  route.fields += fmt::format("Feedback-ID: ::1.eu-west-1.{}=:AmazonSES\nX-SES-Outgoing: {}-{}\n",
                              letters_id({}, a * 977 + b), day, out.ip);
  route.pass(1 + maker.below(4));
  return out;
}

Host add_sendgrid(RouteMaker& maker, Route& route) {
  const std::uint32_t number = 100 + maker.below(5'000);
  const Host out =
      service_out(route, fmt::format("o{}.ptr{}.sendgrid.net", number, 1'000 + maker.below(8'999)),
                  fmt::format("167.89.{}.{}", maker.below(120), 2 + maker.below(250)),
                  fmt::format("bounces+{}-{}-{}={}@em{}.{}", 1'000'000 + maker.below(9'000'000),
                              hex(maker.below(1U << 16), 4), route.to.substr(0, route.to.find('@')),
                              domain_of(route.to), 1'000 + maker.below(8'999), route.domain()));
  Line in =
      maker.line({.name = fmt::format("geopod-ismtpd-{}", maker.below(60)), .producer = &kGeopod},
                 {.name = letters_id({}, number), .ip = "", .recorded = "-"}, route);
  route.add(std::move(in));
  route.pass(1);
  const std::string unit =
      fmt::format("recvd-{}-{}", hex(maker.below(1U << 31), 8), hex(maker.below(1U << 16), 5));
  Line second = maker.line({.name = unit, .producer = &kSendGrid}, route);
  second.id = fmt::format("{}-1-{}-1", unit,
                          hex(static_cast<std::uint64_t>(second.at.time_since_epoch().count()), 8));
  route.add(std::move(second));
  route.message_id = fmt::format("{}@{}", letters_id({}, number + 1), route.lines[1].by);
  route.fields += fmt::format("X-SG-EID: =?us-ascii?Q?u001=2E{}?=\n", letters_id({}, number));
  route.pass(1 + maker.below(30));
  return out;
}

Host add_mailgun(RouteMaker& maker, Route& route) {
  const std::string hash = hex(mixed(maker.below(1U << 31)), 6);
  const Host out = service_out(
      route, fmt::format("m{}-{}.mailgun.net", 40 + maker.below(60), 1 + maker.below(200)),
      fmt::format("159.135.{}.{}", 224 + maker.below(16), 2 + maker.below(250)),
      fmt::format("bounce+{}.{}-{}={}@mg.{}", hash, hash, route.to.substr(0, route.to.find('@')),
                  domain_of(route.to), route.domain()));
  if (maker.chance(50)) {
    route.add(
        maker.line({.name = hex(mixed(maker.below(99'999)), 12), .producer = &kMailgun}, route));
  } else {
    const Host app = maker.host("app." + route.domain(), route);
    route.add(maker.line({.name = hex(mixed(maker.below(99'999)), 12), .producer = &kMailgun}, app,
                         route));
    route.origins = {out.ip, app.ip};
  }
  route.fields += fmt::format("X-Mailgun-Sending-Ip: {}\n", out.ip);
  route.pass(1 + maker.below(30));
  return out;
}

Host add_sparkpost(RouteMaker& maker, Route& route) {
  const std::uint32_t a = 208 + maker.below(8), b = 2 + maker.below(250);
  const Host out = service_out(route, fmt::format("mta-{}-{}.sparkpostmail.com", a, b),
                               fmt::format("147.253.{}.{}", a, b),
                               fmt::format("msprvs1=20{}abc=bounces-{}@sparkpostmail.com",
                                           maker.below(900), 100'000 + maker.below(99'999)));
  Line in = maker.line(
      {.name = fmt::format("i-{}.mta1vrest.sd.prd.sparkpost", hex(mixed(b), 16)),
       .producer = &kSparkPost},
      {.name = "app", .ip = fmt::format("10.90.{}.{}", maker.below(9), 2 + maker.below(250))},
      route);
  route.add(std::move(in));
  route.pass(1 + maker.below(20));
  return out;
}

constexpr std::array kProviders{
    Sender{"Gmail, web", add_gmail_web},
    Sender{"Gmail, program", add_gmail_program},
    Sender{"Google Workspace", add_workspace},
    Sender{"Microsoft 365 tenant", add_tenant},
    Sender{"Yahoo, web", add_yahoo_web},
    Sender{"QQ", add_qq_mail},
    Sender{"NetEase, program", add_netease_program},
    Sender{"NetEase, web", add_netease_web},
    Sender{"Coremail", add_coremail},
    Sender{"Aliyun", add_aliyun},
    Sender{"sina", add_sina},
    Sender{"139 RichMail", add_richmail},
    Sender{"263", add_263},
    Sender{"Amazon SES", add_ses},
    Sender{"SendGrid", add_sendgrid},
    Sender{"Mailgun", add_mailgun},
    Sender{"SparkPost", add_sparkpost},
};

}  // namespace

std::span<const Sender> provider_senders() {
  return kProviders;
}

}  // namespace emltrace::test
