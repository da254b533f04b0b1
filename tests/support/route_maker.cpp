#include "support/route_maker.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/base64.hpp"
#include "base/ip.hpp"
#include "support/sign.hpp"

namespace emltrace::test {
namespace {

using std::chrono::seconds;

constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Clock {
  int year, month, day, weekday, hour, minute, second;
};

Clock clock_at(Instant at, int offset_minutes) {
  const auto local = at + std::chrono::minutes(offset_minutes);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss time(local - day);
  return {static_cast<int>(ymd.year()),
          static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day())),
          static_cast<int>(std::chrono::weekday(day).c_encoding()),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

std::string date_text(Instant at, int offset) {
  const Clock c = clock_at(at, offset);
  const int size = offset < 0 ? -offset : offset;
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}",
                     kDays.at(static_cast<std::size_t>(c.weekday)), c.day,
                     kMonths.at(static_cast<std::size_t>(c.month - 1)), c.year, c.hour, c.minute,
                     c.second, offset < 0 ? '-' : '+', size / 60, size % 60);
}

std::string in_base(std::uint64_t value, std::string_view digits, std::size_t width) {
  std::string out;
  for (; value > 0 || out.size() < width; value /= digits.size()) {
    out.insert(out.begin(), digits[value % digits.size()]);
  }
  return out;
}

constexpr std::string_view kBase52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
constexpr std::string_view kBase60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";
constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string sendmail_id(Instant at, std::uint32_t serial) {
  const Clock c = clock_at(at, 0);
  std::string id;
  for (const int part : {(c.year - 1900) % 60, c.month - 1, c.day, c.hour, c.minute, c.second}) {
    id += kBase60[static_cast<std::size_t>(part)];
  }
  return id + fmt::format("{:08}", serial % 100'000'000);
}

// 16 bytes: the receiver's address, four bytes of a process, the seconds, a counter.
std::string coremail_id(Instant at, std::uint32_t serial) {
  std::string bytes(4, '\xff');
  const auto put = [&](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((value >> shift) & 0xff);
  };
  put(serial * 2654435761U);
  put(static_cast<std::uint32_t>(at.time_since_epoch().count()));
  put(serial);
  std::string id = base64_encode(bytes);
  for (char& c : id) c = c == '/' ? '_' : c == '=' ? '-' : c;
  return fmt::format("{}.{}S2", id, serial % 90'000);
}

// The United States observe summer time from the second Sunday of March to the first one of
// November.
int pacific_offset(Instant at) {
  using namespace std::chrono;
  const auto y = year_month_day(floor<days>(at)).year();
  const auto start = sys_days(y / March / Sunday[2]) + hours(10);
  const auto end = sys_days(y / November / Sunday[1]) + hours(9);
  return at >= start && at < end ? -420 : -480;
}

std::string gmail_id(Instant at, std::uint32_t serial) {
  const Clock c = clock_at(at, pacific_offset(at));
  return fmt::format("l10si{}wjx.{}.{:04}.{:02}.{:02}.{:02}.{:02}.{:02}",
                     20'000'000 + serial % 9'000'000, serial % 900, c.year, c.month, c.day, c.hour,
                     c.minute, c.second);
}

std::string from_part(const Line& l, std::string_view format_name) {
  const bool v6 = l.ip.find(':') != std::string::npos;
  if (format_name == "postfix") {
    return fmt::format("from {} ({} [{}{}])", l.helo, l.rdns.empty() ? "unknown" : l.rdns,
                       v6 ? "IPv6:" : "", l.ip);
  }
  return fmt::format("from {} ({}[{}{}])", l.helo, l.rdns.empty() ? "" : l.rdns + " ",
                     v6 ? "IPv6:" : "", l.ip);
}

}  // namespace

std::string Line::text() const {
  if (!verbatim.empty()) return verbatim;
  const std::string date = date_text(at, offset_minutes);
  const std::string for_part = rcpt.empty() ? "" : fmt::format("\n\tfor <{}>", rcpt);
  switch (style) {
    case Style::postfix:
      return fmt::format("Received: {}\n\tby {} (Postfix) with {} id {}{}; {}\n",
                         from_part(*this, "postfix"), by, authenticated ? "ESMTPSA" : "ESMTPS", id,
                         for_part, date);
    case Style::sendmail:
      return fmt::format("Received: {}\n\tby {} (8.15.2/8.15.2) with ESMTP id {}{};\n\t{}\n",
                         from_part(*this, "sendmail"), by, id, for_part, date);
    case Style::exim:
      return fmt::format(
          "Received: from {} ([{}]{})\n\tby {} with {} (TLS1.3) tls "
          "TLS_AES_256_GCM_SHA384\n\t(Exim 4.96)\n"
          "\t(envelope-from <bounce@{}>)\n\tid {}{};\n\t{}\n",
          rdns.empty() ? fmt::format("[{}]", ip) : rdns, ip, helo == rdns ? "" : " helo=" + helo,
          by, authenticated ? "esmtpsa" : "esmtps", helo, id, for_part, date);
    case Style::qmail:
      return fmt::format("Received: from {} (HELO {}) ({})\n\tby {} with SMTP; {}\n",
                         rdns.empty() ? "unknown" : rdns, helo, ip, by, date);
    case Style::exchange:
      return fmt::format(
          "Received: from {} ({})\n by {} ({}) with Microsoft SMTP Server (version=TLS1_2,\n"
          " cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id {}; {}\n",
          helo, ip, by, by_ip, id, date);
    case Style::gmail:
      if (!ip.empty() && rdns.empty()) {
        return fmt::format(
            "Received: from {} ([{}])\n        by {} with ESMTPS id {}\n        for <{}>;\n        "
            "{}\n",
            helo, ip, by, id, rcpt, date);
      }
      if (ip.empty())
        return fmt::format("Received: by {} with SMTP id {};\n        {}\n", by, id, date);
      return fmt::format(
          "Received: from {} ({}. [{}])\n        by {} with ESMTPS id {}\n        for <{}>\n"
          "        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        {}\n",
          helo, rdns.empty() ? helo : rdns, ip, by, id, rcpt, date);
    case Style::coremail:
      return fmt::format(
          "Received: from {} ({} [{}])\n\tby {} (Coremail) with SMTP id {};\n\t{} (CST)\n", helo,
          rdns.empty() ? "unknown" : rdns, ip, by, id, date);
    case Style::yahoo:
      return fmt::format(
          "Received: from {} (EHLO {})\n by {} with SMTPs\n (version=TLS1_3 "
          "cipher=TLS_AES_128_GCM_SHA256); {}\n",
          ip, helo, by, date);
  }
  return {};
}

std::string Route::text() const {
  std::string trace;
  for (const Line& l : lines) trace += l.text();
  std::string content = fmt::format(
      "From: Sample Person <{}>\nTo: <{}>\nSubject: Delivery on Thursday\nDate: {}\nMessage-ID: "
      "<{}>\nMIME-Version: 1.0\n"
      "Content-Type: text/plain; charset=us-ascii\n\nThe goods arrive on Thursday.\n",
      from, to, date_text(date, 120), message_id);
  if (signed_by_author) {
    SignOptions options;
    options.domain = from.substr(from.find('@') + 1);
    options.algorithm = "ed25519-sha256";
    content = sign_message(content, SigningKey::ed25519(), options);
  }
  const std::string path = fmt::format("Return-Path: <{}>\n", return_path);
  return path + trace + content;
}

std::string RouteMaker::word() {
  static constexpr std::array kStart{"bra", "kel", "mo", "tir", "sal", "nor",
                                     "fe",  "gan", "lu", "vor", "hes", "dri"};
  static constexpr std::array kEnd{"dan", "mer", "tic",  "lund", "vex",  "ria",
                                   "nos", "bel", "stad", "kin",  "port", "wick"};
  return fmt::format("{}{}{}", kStart[below(kStart.size())], kEnd[below(kEnd.size())],
                     below(9000) + 100);
}

std::string RouteMaker::public_ip() {
  return fmt::format("{}.{}.{}.{}", 77 + below(16), below(250) + 1, below(250) + 1, below(250) + 2);
}

std::string RouteMaker::id(Style style, Instant at) {
  const auto seconds_since = static_cast<std::uint64_t>(at.time_since_epoch().count());
  const auto serial = static_cast<std::uint32_t>(random_());
  switch (style) {
    case Style::postfix:
      return in_base(seconds_since, kBase52, 6) + in_base(serial % 1'000'000, kBase52, 4) + "z" +
             in_base(serial % 5'000'000 + 90'000, kBase52.substr(0, 51), 4);
    case Style::sendmail:
      return sendmail_id(at, serial);
    case Style::exim:
      return fmt::format("{}-{}-{}", in_base(seconds_since, kBase62, 6),
                         in_base(serial, kBase62, 11), in_base(serial % 9'000'000, kBase62, 4));
    case Style::exchange:
      return fmt::format("15.20.{}.{}", 8200 + serial % 90, serial % 40);
    case Style::gmail:
      return gmail_id(at, serial);
    case Style::coremail:
      return coremail_id(at, serial);
    default:
      return {};
  }
}

std::string RouteMaker::names(const std::string& name, const std::string& ip) {
  const auto address = ip::Address::parse(ip);
  return fmt::format("{}. 60 {} {}\n{}. 60 PTR {}.\n", name, address->is_v4() ? "A" : "AAAA", ip,
                     address->reverse_name(), name);
}

Host RouteMaker::host(const std::string& name, Route& route) {
  static constexpr std::array kStyles{Style::postfix, Style::postfix, Style::exim, Style::sendmail,
                                      Style::qmail};
  Host made{name, public_ip(), kStyles[below(kStyles.size())]};
  route.zone += names(made.name, made.ip);
  // One clock in sixteen is off by minutes.
  if (chance(6)) made.clock_error = static_cast<int>(below(3'400)) - 1'700;
  return made;
}

Line RouteMaker::line(const Host& by, const Host& from, Instant true_time, const Route& route) {
  const Instant at = true_time + seconds(by.clock_error);
  Line l;
  l.style = by.style;
  l.helo = from.helo.empty() ? from.name : from.helo;
  l.rdns = from.recorded == "-" ? std::string{} : from.recorded.empty() ? from.name : from.recorded;
  l.ip = from.ip;
  l.by = by.name;
  l.by_ip = by.ip;
  l.id = id(by.style, at);
  l.at = at;
  l.offset_minutes = by.style == Style::coremail ? 480 : 60 * (static_cast<int>(below(5)) - 1);
  if (chance(60)) l.rcpt = route.to;
  return l;
}

Route RouteMaker::honest() {
  const std::string sender = kSenders[below(static_cast<std::uint32_t>(kSenders.size()))];
  return honest(sender, kRecipients[below(static_cast<std::uint32_t>(kRecipients.size()))]);
}

Route RouteMaker::honest(const std::string& sender, const std::string& recipient) {
  Route route;
  route.sender = sender;
  route.recipient = recipient;
  const std::string domain = word() + ".example";
  const std::string recipient_domain = recipient == "postfix"    ? word() + ".example"
                                       : recipient == "gmail"    ? "gmail.com"
                                       : recipient == "yahoo"    ? "yahoo.com"
                                       : recipient == "coremail" ? "163.com"
                                                                 : word() + ".example";
  route.from = fmt::format("{}@{}", word(), domain);
  route.return_path = route.from;
  route.to = fmt::format("{}@{}", word(), recipient_domain);
  route.message_id = fmt::format("{}.{}@{}", below(1'000'000), word(), domain);
  route.date = Instant{seconds(1'767'225'600 + below(24'000'000))};
  route.signed_by_author = sender == "forwarded" || chance(85);
  if (route.signed_by_author) {
    SignOptions options;
    options.domain = domain;
    route.zone += key_line(SigningKey::ed25519(), options) + "\n";
  }
  if (chance(70)) {
    route.zone += fmt::format("_dmarc.{}. 60 TXT \"v=DMARC1; p={}\"\n", domain,
                              route.signed_by_author ? "reject" : "none");
  }
  Instant at = route.date + seconds(below(20));
  Host client = sender == "service" ? add_service_sender(route, at) : add_direct_sender(route, at);
  if (sender == "forwarded") client = add_forwarder(route, at, client);
  if (sender == "list") client = add_list(route, at, client);
  blemish_client(route, client);
  if (chance(4)) at += seconds(600 + below(3'000));  // greylisted, or queued for a while
  add_recipient(route, client, at);
  return route;
}

// Honest hosts are not all kept well: the share of each fault is set high rather than low.
void RouteMaker::blemish_client(Route& route, Host& client) {
  const std::uint32_t fault = below(100);
  const auto drop_ptr = [&] {
    const std::string reverse = ip::Address::parse(client.ip)->reverse_name();
    const auto at = route.zone.find(reverse);
    const auto end = route.zone.find('\n', at);
    route.zone.erase(at, end - at + 1);
  };
  if (fault < 8) {
    // A rented server keeps the hoster's name in the reverse zone; its own name leads to it.
    drop_ptr();
    const std::string hoster = fmt::format("static{}.hoster.example", below(90'000));
    route.zone += names(hoster, client.ip);
    client.recorded = hoster;
  } else if (fault < 12) {
    drop_ptr();
    client.recorded = "-";
  } else if (fault < 15) {
    // The HELO is the machine's inner name.
    client.helo = fmt::format("srv{}.corp.local", below(90));
  } else if (fault < 18) {
    client.helo = fmt::format("MAIL{}", below(90));
  } else if (fault < 20) {
    // Moved to another address, while the name still leads to the old one.
    const auto place = route.zone.find(fmt::format("{}. 60 A ", client.name));
    const auto end = route.zone.find('\n', place);
    route.zone.replace(place, end - place, fmt::format("{}. 60 A {}", client.name, public_ip()));
  }
}

// A company's inner server with a private address, and a name that only its own network knows.
void RouteMaker::add_private_sender(Route& route, Instant& at, const Host& out) {
  const auto inner_ip = [&] {
    return fmt::format("10.{}.{}.{}", below(250), below(250), below(250) + 1);
  };
  const Host exchange{fmt::format("exch{:02}.ad.corp.local", below(20)), inner_ip(),
                      Style::exchange};
  Line first = line(exchange, Host{fmt::format("PC{}", below(90)), inner_ip()}, at, route);
  first.id = "15.2.1544.11";
  route.lines.insert(route.lines.begin(), first);
  at += seconds(1 + below(3));
  Line second = line(out, exchange, at, route);
  second.rdns.clear();
  route.lines.insert(route.lines.begin(), second);
  route.origin_ip = out.ip;
}

// A person's program logs in at the domain's server; some domains pass it over inner relays.
Host RouteMaker::add_direct_sender(Route& route, Instant& at) {
  const std::string domain = route.from.substr(route.from.find('@') + 1);
  Host out = host("out." + domain, route);
  out.style = Style::postfix;
  if (chance(20)) {
    route.zone += fmt::format("{}. 60 TXT \"v=spf1 ip4:{} -all\"\n{}. 60 MX 10 {}.\n", domain,
                              out.ip, domain, out.name);
    add_private_sender(route, at, out);
    return out;
  }
  const Host user{fmt::format("dsl-{}.{}.example", below(90'000), word()), public_ip(),
                  Style::postfix};
  route.zone += names(user.name, user.ip);
  route.zone += fmt::format("{}. 60 TXT \"v=spf1 ip4:{} -all\"\n{}. 60 MX 10 {}.\n", domain, out.ip,
                            domain, out.name);
  const std::uint32_t inner = below(4);
  Host by = inner == 0 ? out : Host{fmt::format("smtp.{}", domain), public_ip(), Style::postfix};
  if (inner > 0) route.zone += names(by.name, by.ip);
  Line first = line(by, user, at, route);
  first.authenticated = true;
  first.helo = chance(50) ? "[192.168.1.20]" : "laptop";
  route.lines.insert(route.lines.begin(), first);
  route.origin_ip = user.ip;
  for (std::uint32_t i = 0; i < inner; ++i) {
    at += seconds(below(4));
    const Host next = i + 1 == inner ? out : host(fmt::format("relay{}.{}", i, domain), route);
    route.lines.insert(route.lines.begin(), line(next, by, at, route));
    by = next;
  }
  at += seconds(1 + below(5));
  return out;
}

// A sending service takes the message from the customer's program over HTTP or SMTP.
Host RouteMaker::add_service_sender(Route& route, Instant& at) {
  static constexpr std::array kServices{"sendgrid.net", "mtasv.net", "mailgun.net"};
  const std::string service = kServices[below(kServices.size())];
  const std::string domain = route.from.substr(route.from.find('@') + 1);
  Host out = host(fmt::format("o{}.{}", below(5000), service), route);
  const Host app{fmt::format("app{}.{}", below(100), domain), public_ip(), Style::postfix};
  route.zone += names(app.name, app.ip);
  route.return_path = fmt::format("bounces+{}@em.{}", below(9'000'000), domain);
  route.zone += fmt::format("em.{}. 60 TXT \"v=spf1 ip4:{} -all\"\n", domain, out.ip);
  Line first = line(out, app, at, route);
  first.style = Style::postfix;
  first.id = id(Style::postfix, first.at);
  first.authenticated = true;
  route.lines.insert(route.lines.begin(), first);
  route.origin_ip = app.ip;
  at += seconds(1 + below(30));
  return out;
}

// The recipient's old mailbox passes the message on: with a rewritten envelope, or with the old
// one.
Host RouteMaker::add_forwarder(Route& route, Instant& at, const Host& client) {
  const std::string domain = word() + ".example";
  Host mx = host("mx." + domain, route);
  mx.style = chance(50) ? Style::postfix : Style::exim;
  Line l = line(mx, client, at, route);
  l.rcpt = fmt::format("{}@{}", word(), domain);
  route.lines.insert(route.lines.begin(), l);
  if (chance(50)) {
    route.return_path =
        fmt::format("SRS0=abcd=ef={}={}@{}", route.from.substr(route.from.find('@') + 1),
                    route.from.substr(0, route.from.find('@')), domain);
  }
  route.zone += fmt::format("{}. 60 TXT \"v=spf1 ip4:{} -all\"\n{}. 60 MX 10 {}.\n", domain, mx.ip,
                            domain, mx.name);
  at += seconds(1 + below(9));
  return mx;
}

// The list host takes it, hands it to the list program on loopback, and sends it on under its own
// envelope.
Host RouteMaker::add_list(Route& route, Instant& at, const Host& client) {
  const std::string domain = word() + ".example";
  Host lists = host("lists." + domain, route);
  lists.style = Style::postfix;
  Line in = line(lists, client, at, route);
  in.rcpt = fmt::format("talk@{}", domain);
  route.lines.insert(route.lines.begin(), in);
  at += seconds(2 + below(40));
  Line out = line(lists, Host{"localhost", "127.0.0.1", Style::postfix}, at, route);
  out.helo = lists.name;
  out.rdns = "localhost";
  route.lines.insert(route.lines.begin(), out);
  route.return_path = fmt::format("talk-bounces@{}", domain);
  route.zone += fmt::format("{}. 60 TXT \"v=spf1 ip4:{} -all\"\n", domain, lists.ip);
  at += seconds(1 + below(20));
  return lists;
}

void RouteMaker::add_recipient(Route& route, const Host& client, Instant& at) {
  const auto top = [&](Line l) { route.lines.insert(route.lines.begin(), std::move(l)); };
  const auto made = [&](Style style, const std::string& by, const std::string& by_ip) {
    Line l = line(Host{by, by_ip, style}, client, at, route);
    l.rcpt = route.to;
    return l;
  };
  if (route.recipient == "gmail") {
    Line border = made(Style::gmail, "mx.google.com", "");
    border.offset_minutes = pacific_offset(at);
    top(border);
    at += seconds(below(3));
    Line inner = made(
        Style::gmail,
        fmt::format("2002:a05:{:x}:{:x}:b0:500:99a9:bc40", below(60'000) + 1, below(60'000) + 1),
        "");
    inner.ip.clear();
    inner.id = fmt::format("d9csp{}lfv", below(9'000'000));
    inner.offset_minutes = border.offset_minutes;
    top(inner);
    route.border = 1;
  } else if (route.recipient == "microsoft") {
    Line border =
        made(Style::exchange, "DB5PEPF00014B8A.mail.protection.outlook.com", "10.167.8.198");
    border.offset_minutes = 0;
    top(border);
    const Host front{"DB5PEPF00014B8A.eurprd02.prod.outlook.com", "2603:10a6:10:468:cafe::a1",
                     Style::exchange};
    const Host store{"AM9PR04MB8825.eurprd04.prod.outlook.com", "2603:10a6:20b:408::7",
                     Style::exchange};
    for (const auto& [from, by] :
         {std::pair{front, store},
          std::pair{store, Host{"DB9PR04MB9284.eurprd04.prod.outlook.com", "2603:10a6:10:36d::12",
                                Style::exchange}}}) {
      at += seconds(below(3));
      Line l = line(by, from, at, route);
      l.offset_minutes = 0;
      top(l);
    }
    route.border = 2;
  } else if (route.recipient == "yahoo") {
    top(made(Style::yahoo, "10.197.37.71", ""));
    route.border = 0;
  } else if (route.recipient == "coremail") {
    Line border =
        made(Style::coremail, fmt::format("gzga-mx-mtada-g{}-{}", below(9), below(9)), "");
    top(border);
    route.border = 0;
  } else {
    const std::string name = "mx1." + route.to.substr(route.to.find('@') + 1);
    top(made(Style::postfix, name, ""));
    route.zone += fmt::format("{}. 60 MX 10 {}.\n{}. 60 A {}\n",
                              route.to.substr(route.to.find('@') + 1), name, name, public_ip());
    at += seconds(below(3));
    Line filter = made(Style::postfix, "localhost", "");
    filter.verbatim = fmt::format(
        "Received: from {0} ([127.0.0.1])\n\tby localhost ({0} [127.0.0.1]) (amavis, port "
        "10024)\n\twith ESMTP id JmVtP1oFqkZn for "
        "<{1}>;\n\t{2}\n",
        name, route.to, date_text(at, 120));
    top(filter);
    at += seconds(below(2));
    Line back = made(Style::postfix, name, "");
    back.helo = back.rdns = "localhost";
    back.ip = "127.0.0.1";
    top(back);
    route.border = 2;
  }
}

}  // namespace emltrace::test
