#include "support/route_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/ip.hpp"
#include "support/sign.hpp"

namespace emltrace::test {
namespace {

using std::chrono::seconds;

SignOptions signature_of(const Route& route) {
  SignOptions options;
  options.domain = route.domain();
  options.algorithm = "ed25519-sha256";
  return options;
}

std::string domain_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

// Relaxed alignment, as far as names made here need it.
bool aligned(const std::string& domain, const std::string& author) {
  return domain == author || domain.ends_with("." + author);
}

}  // namespace

Line& Route::add(Line line) {
  lines.insert(lines.begin(), std::move(line));
  return lines.front();
}

Results Route::results(const std::string& client_ip) const {
  Results r{"none", signed_by_author ? "pass" : "none", "none"};
  const std::string path_domain = domain_of(return_path);
  if (const auto found = allowed.find(path_domain); found != allowed.end())
    r.spf = std::ranges::count(found->second, client_ip) > 0 ? "pass" : "fail";
  const bool by_spf = r.spf == "pass" && aligned(path_domain, domain());
  if (!policy.empty()) r.dmarc = signed_by_author || by_spf ? "pass" : "fail";
  return r;
}

std::string Route::text() const {
  std::string trace;
  for (const Line& l : lines) trace += l.text();
  std::string content = fmt::format(
      "From: Sample Person <{}>\nTo: <{}>\nSubject: {}\nDate: {}\nMessage-ID: <{}>\nMIME-Version: "
      "1.0\nContent-Type: text/plain; charset=us-ascii\n\nThe goods arrive on Thursday.\n",
      from, written_to.empty() ? to : written_to, subject,
      date_text(date, Region::berlin, DateForm::plain), message_id);
  if (signed_by_author) content = sign_message(content, SigningKey::ed25519(), signature_of(*this));
  const auto blank = content.find("\n\n") + 1;
  content.insert(blank, appended);
  if (header_only) content.resize(blank + appended.size());
  return trace + fields + content;
}

std::string RouteMaker::word() {
  static constexpr std::array kStart{"bra", "kel", "mo", "tir", "sal", "nor",
                                     "fe",  "gan", "lu", "vor", "hes", "dri"};
  static constexpr std::array kEnd{"dan", "mer", "tic",  "lund", "vex",  "ria",
                                   "nos", "bel", "stad", "kin",  "port", "wick"};
  return fmt::format("{}{}{}", any(kStart), any(kEnd), below(9000) + 100);
}

// Delegated domains: a name that is not there does not exist.
std::string RouteMaker::domain() {
  static constexpr std::array kEnds{"com", "com", "net", "org", "de", "eu", "fr", "nl", "co.uk"};
  return fmt::format("{}.{}", word(), any(kEnds));
}

std::string RouteMaker::person() {
  static constexpr std::array kNames{"anna",  "ben",  "carla", "dirk", "eva",  "finn",
                                     "greta", "hugo", "ines",  "jan",  "kira", "leo"};
  return fmt::format("{}.{}", any(kNames), word());
}

std::string RouteMaker::public_ip() {
  return fmt::format("{}.{}.{}.{}", 77 + below(16), below(250) + 1, below(250) + 1, below(250) + 2);
}

std::string RouteMaker::private_ip() {
  if (chance(40)) return fmt::format("192.168.{}.{}", below(250), below(250) + 2);
  if (chance(30)) return fmt::format("172.{}.{}.{}", 16 + below(16), below(250), below(250) + 2);
  return fmt::format("10.{}.{}.{}", below(250), below(250), below(250) + 2);
}

std::string RouteMaker::serial_id(const Producer& producer, Instant at) {
  const auto serial = static_cast<std::uint32_t>(random_());
  return producer.id ? producer.id(at, serial) : std::string();
}

Route RouteMaker::begin() {
  static constexpr std::array kSubjects{"Delivery on Thursday", "Minutes of the meeting",
                                        "Your question", "Re: offer", "Plan for next week"};
  Route route;
  const std::string own = domain();
  route.from = fmt::format("{}@{}", person(), own);
  route.return_path = route.from;
  route.to = fmt::format("{}@{}", person(), domain());
  route.subject = any(kSubjects);
  route.message_id = fmt::format("{}.{}@{}", below(1'000'000), word(), own);
  route.date = Instant{seconds(1'767'225'600 + below(24'000'000))};
  route.at = route.date + seconds(1 + below(20));
  route.signed_by_author = chance(85);
  if (chance(70)) route.policy = route.signed_by_author ? "reject" : "none";
  return route;
}

void RouteMaker::finish(Route& route) {
  if (!route.gone) {
    if (route.signed_by_author)
      route.zone += key_line(SigningKey::ed25519(), signature_of(route)) + "\n";
    if (!route.policy.empty()) {
      route.zone +=
          fmt::format("_dmarc.{}. 60 TXT \"v=DMARC1; p={}\"\n", route.domain(), route.policy);
    }
    for (const auto& [domain, addresses] : route.allowed) {
      std::string record = "v=spf1";
      for (const std::string& ip : addresses)
        record += fmt::format(" ip{}:{}", ip.find(':') == std::string::npos ? 4 : 6, ip);
      route.zone += fmt::format("{}. 60 TXT \"{} -all\"\n", domain, record);
    }
  }
  if (route.examined == Instant{}) route.examined = route.at + seconds(3'600 + below(20 * 86'400));
}

std::string RouteMaker::names(const std::string& name, const std::string& ip) {
  const auto address = ip::Address::parse(ip);
  return fmt::format("{}. 60 {} {}\n{}. 60 PTR {}.\n", name, address->is_v4() ? "A" : "AAAA", ip,
                     address->reverse_name(), name);
}

Host RouteMaker::host(const std::string& name, Route& route) {
  static constexpr std::array kSoftware{&kPostfix, &kPostfix, &kPostfixLong, &kPostfixLong,
                                        &kExim,    &kOldExim, &kSendmail,    &kQmail};
  static constexpr std::array kRegions{Region::berlin, Region::berlin, Region::utc, Region::london,
                                       Region::new_york};
  Host made;
  made.name = name;
  made.ip = public_ip();
  made.producer = any(kSoftware);
  made.region = any(kRegions);
  // One clock in sixteen is off by minutes.
  if (chance(6)) made.clock_error = static_cast<int>(below(3'400)) - 1'700;
  route.zone += names(made.name, made.ip);
  return made;
}

Host RouteMaker::home(Route& route) {
  Host made;
  made.ip = public_ip();
  std::string dashed = made.ip;
  std::ranges::replace(dashed, '.', '-');
  made.name = fmt::format("dsl-{}.pool.{}", dashed, domain());
  made.helo = chance(50) ? "[192.168.1.20]" : chance(50) ? "laptop" : "smtpclient.apple";
  route.zone += names(made.name, made.ip);
  return made;
}

Line RouteMaker::line(const Host& by, const Host& from, const Route& route) {
  Line l = line(by, route);
  l.helo = from.said();
  l.rdns = from.reverse();
  l.ip = from.ip;
  return l;
}

Line RouteMaker::line(const Host& by, const Route& route) {
  Line l;
  l.producer = by.producer;
  l.by = by.name;
  l.by_ip = by.ip;
  l.at = route.at + seconds(by.clock_error);
  l.region = by.region;
  l.id = serial_id(*by.producer, l.at - seconds(by.token_age + static_cast<int>(below(3))));
  l.mail_from = route.return_path;
  if (chance(60)) l.rcpt = route.to;
  return l;
}

}  // namespace emltrace::test
