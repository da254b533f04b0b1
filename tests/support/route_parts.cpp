#include "support/route_parts.hpp"

#include <fmt/format.h>

#include <array>

#include "support/producer_ids.hpp"

namespace emltrace::test {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// `domain of x designates 1.2.3.4 as permitted sender`, as Google and Microsoft say it.
std::string spf_words(const Results& r, const std::string& who, const std::string& ip) {
  if (r.spf == "pass")
    return fmt::format("domain of {} designates {} as permitted sender", who, ip);
  if (r.spf == "fail")
    return fmt::format("domain of {} does not designate {} as permitted sender", who, ip);
  return fmt::format("{} does not designate permitted sender hosts", who);
}

std::string google_results(const Route& route, const Judged& judged) {
  const Results r = route.results(judged.ip);
  const std::string who =
      route.return_path.empty() ? "postmaster@" + judged.helo : route.return_path;
  const std::string spf = fmt::format("{} (google.com: {})", r.spf, spf_words(r, who, judged.ip));
  std::string results = "Authentication-Results: mx.google.com;";
  if (r.dkim == "pass")
    results += fmt::format("\n       dkim=pass header.i=@{} header.s=s1;", route.domain());
  results += fmt::format("\n       spf={} {}", spf,
                         route.return_path.empty() ? "smtp.helo=" + judged.helo
                                                   : "smtp.mailfrom=" + route.return_path);
  if (r.dmarc != "none") {
    results += fmt::format(";\n       dmarc={} (p={} sp={} dis=NONE) header.from={}", r.dmarc,
                           upper(route.policy), upper(route.policy), route.domain());
  }
  return fmt::format("Received-SPF: {} client-ip={};\n{}\n", spf, judged.ip, results);
}

std::string outlook_results(const Route& route, const Judged& judged) {
  const Results r = route.results(judged.ip);
  const std::string path = route.return_path.empty() ? judged.helo : domain_of(route.return_path);
  std::string word = r.spf;
  word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
  const std::string dkim =
      r.dkim == "pass"
          ? fmt::format("dkim=pass (signature was verified)\n header.d={}", route.domain())
          : "dkim=none (message not signed)\n header.d=none";
  const bool passed = r.dmarc == "pass" || (r.dmarc == "none" && r.dkim == "pass");
  return fmt::format(
      "Authentication-Results: spf={} (sender IP is {})\n smtp.{}={}; {};dmarc={} "
      "action=none\n header.from={};compauth={} reason={}\n"
      "Received-SPF: {} (protection.outlook.com: {})\n receiver=protection.outlook.com; "
      "client-ip={};\n helo={};{}\n",
      r.spf, judged.ip, route.return_path.empty() ? "helo" : "mailfrom", path, dkim,
      r.dmarc == "none" && passed ? "bestguesspass" : r.dmarc, route.domain(),
      passed ? "pass" : "none", passed ? "100" : "451", word, spf_words(r, path, judged.ip),
      judged.ip, judged.helo, r.spf == "pass" ? " pr=C" : "");
}

std::string inner_v6(RouteMaker& maker, std::string_view front) {
  return fmt::format("{}:{:x}::{:x}", front, 0x100 + maker.below(0x3ff), 1 + maker.below(0x3f));
}

}  // namespace

std::string domain_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

void add_mx(Route& route, const std::string& domain, std::initializer_list<std::string> hosts) {
  int preference = 10;
  for (const std::string& host : hosts)
    route.zone += fmt::format("{}. 60 MX {} {}.\n", domain, preference++, host);
}

void add_google_border(RouteMaker& maker, Route& route, const Host& client, const Judged& judged) {
  const Host mx{.name = "mx.google.com", .producer = &kGmail, .region = Region::pacific};
  Line border = maker.line(mx, client, route);
  border.rcpt = route.to;
  border.above = fmt::format("Return-Path: <{}>\n", route.return_path);
  border.below = google_results(route, judged);
  route.add(std::move(border));
}

void add_google_inner(RouteMaker& maker, Route& route) {
  route.pass(maker.below(2));
  const auto address = [&] {
    return fmt::format("2002:a05:{:x}:{:x}:b0:{:x}:{:x}:{:x}", 0x6000 + maker.below(0xfff),
                       1 + maker.below(0xffff), 0x300 + maker.below(0x4ff), 1 + maker.below(0xfffe),
                       1 + maker.below(0xfffe));
  };
  const std::string id =
      fmt::format("{}-{}mr{}.{}.{}{:03}", hex(maker.below(1U << 31), 8),
                  hex(maker.below(1U << 31), 8), 1'000'000 + maker.below(9'000'000),
                  maker.below(60), route.at.time_since_epoch().count(), maker.below(1'000));
  Line inner =
      maker.line({.name = address(), .producer = &kGmailInner, .region = Region::pacific}, route);
  inner.rcpt.clear();
  inner.above = fmt::format("Delivered-To: {}\n", route.to);
  inner.below = fmt::format("X-Received: by {} with SMTP id {};\n        {}\n", address(), id,
                            date_text(route.at, Region::pacific, DateForm::named));
  route.add(std::move(inner));
}

void add_outlook_border(RouteMaker& maker, Route& route, const Host& client, const Judged& judged) {
  const std::string front = fmt::format("DB5PEPF{:08X}", 0x14B00 + maker.below(0xff));
  Line border = maker.line({.name = front + ".mail.protection.outlook.com",
                            .ip = fmt::format("10.167.8.{}", 2 + maker.below(250)),
                            .producer = &kOutlook},
                           client, route);
  border.login = " via\n Frontend Transport";
  border.above = outlook_results(route, judged);
  route.add(std::move(border));
}

void add_outlook_inner(RouteMaker& maker, Route& route) {
  const std::uint32_t forest = 1 + maker.below(9);
  const auto name = [&](std::string_view letters) {
    return fmt::format("{}PR{:02}MB{:04}.eurprd{:02}.prod.outlook.com", letters, forest,
                       1'000 + maker.below(8'999), forest);
  };
  const std::string front = route.lines.front().by;
  const std::string v6_front = inner_v6(maker, "2603:10a6:10");
  const Host edge{
      .name = fmt::format("{}.eurprd02.prod.outlook.com", front.substr(0, front.find('.'))),
      .ip = fmt::format("2603:10a6:10:{:x}:cafe::{:x}", 0x100 + maker.below(0x3ff),
                        1 + maker.below(0xff))};
  const std::string proxy = fmt::format("DB8PR06CA{:04}", maker.below(9'000));
  const Host relay{.name = proxy + ".outlook.office365.com", .ip = v6_front, .producer = &kOutlook};
  const Host relay_inside{.name = proxy + ".eurprd06.prod.outlook.com", .ip = v6_front};
  const Host store{
      .name = name("AS8"), .ip = inner_v6(maker, "2603:10a6:20b"), .producer = &kOutlook};
  const Host box{.name = name("AM9"), .producer = &kOutlookHttps};
  route.pass(maker.below(2));
  route.add(maker.line(relay, edge, route)).login = " via\n Frontend Transport";
  route.pass(maker.below(2));
  route.add(maker.line(store, relay_inside, route));
  route.pass(maker.below(2));
  route.add(maker.line(box, store, route)).above =
      fmt::format("Return-Path: {}\n", route.return_path.empty() ? "<>" : route.return_path);
}

Host google_out(RouteMaker& maker, Route& route) {
  const std::uint32_t number = 41 + maker.below(15);
  const std::string name =
      fmt::format("mail-{}1-f{}.google.com", maker.chance(50) ? "wr" : "ed", number);
  const Host out{.name = name,
                 .ip = fmt::format("209.85.{}.{}", 208 + maker.below(14), number),
                 .producer = &kGmailOut,
                 .region = Region::pacific};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.allowed[domain_of(route.return_path)].push_back(out.ip);
  return out;
}

Host outlook_out(RouteMaker& maker, Route& route) {
  const std::uint32_t last = 40 + maker.below(100);
  const Host out{
      .name = fmt::format("mail-am6eur05on2{}.outbound.protection.outlook.com", 100 + last),
      .ip = fmt::format("40.107.22.{}", last),
      .producer = &kOutlook,
      .helo = "EUR05-AM6-obe.outbound.protection.outlook.com"};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.zone += fmt::format("{}. 60 A {}\n", out.helo, out.ip);
  route.allowed[domain_of(route.return_path)].push_back(out.ip);
  return out;
}

}  // namespace emltrace::test
