#include "support/forgery.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "support/honest_routes.hpp"
#include "support/route_parts.hpp"
#include "support/route_recipients.hpp"
#include "support/route_senders.hpp"

namespace emltrace::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// A host of the forger: a line of an access provider, or a rented server with a name of its own.
Host forger_host(RouteMaker& maker, Route& route) {
  const std::string domain = maker.domain();
  Host made{.name = maker.chance(50) ? fmt::format("dyn-{}.{}", maker.below(90'000), domain)
                                     : fmt::format("vps{}.{}", maker.below(900), domain),
            .ip = maker.public_ip(),
            .producer = &kPostfixLong,
            .region = Region::berlin};
  route.zone += RouteMaker::names(made.name, made.ip);
  return made;
}

// A mail server of somebody who has nothing to do with it.
Host victim_host(RouteMaker& maker, Route& route) {
  const std::string domain = maker.domain();
  Host made{.name = "mail." + domain,
            .ip = maker.public_ip(),
            .producer = maker.chance(50) ? &kPostfix : &kPostfixLong,
            .region = Region::berlin};
  route.zone += RouteMaker::names(made.name, made.ip);
  add_mx(route, domain, {made.name});
  return made;
}

// A message that the forger's host hands over, without any line below the border yet. The author's
// domain has no records: only the route can tell.
struct Injection {
  Route route;
  Host forger;

  // The next invented line goes below the others.
  void invent(Line line) {
    if (!route.forged_from) route.forged_from = route.lines.size();
    route.lines.push_back(std::move(line));
    route.at -= seconds(2);
  }
};

struct Claims {
  std::string helo = {}, author = {}, message_id = {};
};

Injection injected_at(RouteMaker& maker, const Recipient& recipient, const Claims& claims) {
  Injection in;
  in.route = maker.begin();
  Route& route = in.route;
  route.signed_by_author = false;
  route.policy.clear();
  if (!claims.author.empty()) route.from = route.return_path = claims.author;
  if (!claims.message_id.empty()) route.message_id = claims.message_id;
  recipient.settle(maker, route);
  in.forger = forger_host(maker, route);
  in.forger.helo = claims.helo;
  receive(maker, route, recipient, in.forger);
  maker.finish(route);
  route.at = route.lines[route.border].at - seconds(2 + maker.below(20));
  route.date = route.at - seconds(12 + maker.below(30));
  return in;
}

Injection injected(RouteMaker& maker, const Claims& claims = {}) {
  return injected_at(maker, usual_recipient(maker), claims);
}

// The names of a victim, before the message that uses them is made.
struct Victims {
  Route scratch;
  Host first, second, third;
};
Victims victims(RouteMaker& maker) {
  Victims v;
  v.first = victim_host(maker, v.scratch);
  v.second = victim_host(maker, v.scratch);
  v.third = victim_host(maker, v.scratch);
  return v;
}

std::string write_junk(const Line& line) {
  return line.id;
}
const Producer kJunk{"junk", write_junk, nullptr};

Route junk_tail(RouteMaker& maker) {
  static constexpr std::array kTexts{"from nowhere by somewhere (8.8.3/8.7.2); whenever",
                                     "No Information Here, Go Away!", "from unknown by anonymizer",
                                     "(private network) hidden"};
  const Victims v = victims(maker);
  Injection in = injected(maker, {.helo = maker.chance(70) ? v.first.name : std::string()});
  in.route.zone += v.scratch.zone;
  for (std::uint32_t i = 0, n = 2 + maker.below(2); i < n; ++i) {
    Line l;
    l.producer = &kJunk;
    l.id = maker.any(kTexts);
    in.invent(std::move(l));
  }
  return in.route;
}

void add_plausible_lines(RouteMaker& maker, Injection& in, const Victims& v) {
  in.route.zone += v.scratch.zone;
  in.invent(maker.line(v.first, v.second, in.route));
  if (maker.chance(60)) in.invent(maker.line(v.second, v.third, in.route));
}

Route plausible_tail(RouteMaker& maker) {
  const Victims v = victims(maker);
  Injection in = injected(maker, {.helo = v.first.name});
  add_plausible_lines(maker, in, v);
  return in.route;
}

// The same below a border that cannot say who connected.
Route tail_below(RouteMaker& maker, std::string_view recipient_name) {
  const Victims v = victims(maker);
  for (const Recipient& recipient : special_recipients()) {
    if (recipient.name != recipient_name) continue;
    Injection in = injected_at(maker, recipient, {.helo = v.first.name});
    add_plausible_lines(maker, in, v);
    return in.route;
  }
  return {};
}
Route tail_below_nat(RouteMaker& maker) {
  return tail_below(maker, "NAT at the border");
}
Route tail_below_unreadable(RouteMaker& maker) {
  return tail_below(maker, "client unreadable");
}

// The lines of a real message of the same kind, weeks or years old. What is made for each message
// at its receipt carries its time in the id.
Injection copied(RouteMaker& maker, bool fit_stamps) {
  Injection in = injected(maker);
  Route real;
  do {
    real = honest_direct(maker);
    const Producer* border = real.lines[real.border].producer;
    if (border == &kGmail || border == &kPostfixLong || border == &kExim || border == &kOldExim ||
        border == &kCoremail) {
      break;
    }
  } while (true);
  const auto age = hours(24) * (20 + maker.below(1'500));
  const auto shift = in.route.at - real.lines[real.border].at;
  for (std::size_t i = real.border; i < real.lines.size(); ++i) {
    Line l = real.lines[i];
    // As it was on the day: ids and stamps of then.
    l.id = l.producer->id ? maker.serial_id(*l.producer, l.at + shift - age) : l.id;
    l.at += fit_stamps ? shift : shift - age;
    l.above.clear();
    l.below.clear();
    in.invent(std::move(l));
  }
  in.route.zone += real.zone;
  return in;
}
Route copied_fitted(RouteMaker& maker) {
  return copied(maker, true).route;
}
Route copied_as_it_was(RouteMaker& maker) {
  return copied(maker, false).route;
}

// An honest message passed on by a forwarder that changed what stood below its own line.
Route forwarded(RouteMaker& maker) {
  for (;;) {
    Route route = maker.begin();
    const Recipient& recipient = usual_recipient(maker);
    recipient.settle(maker, route);
    const Host client = passing_senders().front().add(maker, route);
    receive(maker, route, recipient, client);
    const Producer* last = route.lines.back().producer;
    const bool own =
        last == &kPostfix || last == &kPostfixLong || last == &kExim || last == &kSendmail;
    if (!own || route.lines.size() < route.border + 3) continue;
    maker.finish(route);
    return route;
  }
}

Route stamp_moved(RouteMaker& maker) {
  Route route = forwarded(maker);
  Line& line = route.lines.back();
  const auto shift = minutes(90 + maker.below(12'000));
  if (maker.chance(50)) {
    line.at += shift;
  } else {
    // The id stays as the host made it: it is younger than the stamp.
    if (line.producer == &kPostfix) {
      line.producer = &kPostfixLong;
      line.id = maker.serial_id(kPostfixLong, line.at);
    }
    line.at -= shift;
  }
  route.forged_from = route.lines.size() - 1;
  route.origins.push_back(route.lines[route.lines.size() - 2].ip);
  return route;
}

Route address_altered(RouteMaker& maker) {
  Route route = forwarded(maker);
  const std::size_t i = route.border + 1;
  route.lines[i].ip = maker.public_ip();
  route.forged_from = i;
  route.origins = {route.lines[route.border].ip};
  return route;
}

Route hop_removed(RouteMaker& maker) {
  Route route = forwarded(maker);
  route.lines.erase(route.lines.begin() + static_cast<std::ptrdiff_t>(route.border) + 1);
  route.forged_from = route.border + 1;
  route.origins = {route.lines[route.border].ip};
  return route;
}

Route hop_inserted(RouteMaker& maker) {
  Route route = forwarded(maker);
  const Victims v = victims(maker);
  route.zone += v.scratch.zone;
  const auto place = route.border + 1;
  route.at = route.lines[place].at;
  route.lines.insert(route.lines.begin() + static_cast<std::ptrdiff_t>(place),
                     maker.line(v.first, v.second, route));
  route.forged_from = place;
  route.origins = {route.lines[route.border].ip};
  return route;
}

Route bank_helo(RouteMaker& maker) {
  const Victims v = victims(maker);
  Injection in =
      injected(maker, {.helo = v.first.name, .author = "service@" + v.first.name.substr(5)});
  in.route.zone += v.scratch.zone;
  in.route.forged_field = v.first.name;
  return in.route;
}

Route own_helo(RouteMaker& maker) {
  Injection in = injected(maker);
  Line& border = in.route.lines[in.route.border];
  const bool no_name = border.by.find('.') == std::string::npos || border.producer == &kYahoo;
  border.helo = no_name ? "mx." + domain_of(in.route.to) : border.by;
  in.route.forged_field = border.helo;
  return in.route;
}

Route id_reused(RouteMaker& maker) {
  const Victims v = victims(maker);
  Injection in = injected(maker);
  in.route.zone += v.scratch.zone;
  Line upper = maker.line(in.forger, v.first, in.route);
  Line lower = maker.line(v.first, v.second, in.route);
  lower.producer = upper.producer = &kPostfixLong;
  lower.id = upper.id = maker.serial_id(kPostfixLong, in.route.at);
  in.invent(std::move(upper));
  in.invent(std::move(lower));
  in.route.origins = {in.forger.ip, v.first.ip, v.second.ip};
  return in.route;
}

Route provider_imitated(RouteMaker& maker) {
  const bool google = maker.chance(50);
  Route scratch = maker.begin();
  const Host real = google ? google_out(maker, scratch) : outlook_out(maker, scratch);
  Injection in = injected(maker, {.helo = real.said(),
                                  .author = fmt::format("{}@{}", maker.person(),
                                                        google ? "gmail.com" : "outlook.com")});
  Route& route = in.route;
  route.zone += scratch.zone;
  const Host box{.name = "VI1PR01MB0002.eurprd01.prod.exchangelabs.com",
                 .ip = "2603:10a6:800:2::9",
                 .producer = &kOutlook};
  in.invent(google ? maker.line(real, route)
                   : maker.line(box,
                                {.name = "PA4PR01MB0001.eurprd01.prod.exchangelabs.com",
                                 .ip = "2603:10a6:102:1::5"},
                                route));
  return route;
}

// The lines of a large provider, while the client says its own name: the provider never handed the
// message to it.
Route provider_tail(RouteMaker& maker, std::string_view provider, bool own_domain) {
  Route real = maker.begin();
  for (const Sender& sender : provider_senders()) {
    if (sender.name == provider) (void)sender.add(maker, real);
  }
  const std::string firm = maker.domain();
  Injection in = injected(
      maker, {.author = own_domain ? fmt::format("{}@{}", maker.person(), firm) : real.from,
              // Yahoo's holds the time, which would give it away.
              .message_id = provider.starts_with("Yahoo") ? std::string() : real.message_id});
  const auto shift = in.route.at - real.at;
  for (Line& line : real.lines) {
    line.at += shift;
    line.id = maker.serial_id(*line.producer, line.at);
    if (!line.rcpt.empty()) line.rcpt = in.route.to;
    line.below.clear();
    in.invent(std::move(line));
  }
  in.route.zone += real.zone;
  if (own_domain) {
    std::string label = firm;
    for (char& c : label) c = c == '.' ? '-' : c;
    const bool microsoft = provider.starts_with("Microsoft");
    add_mx(in.route, firm,
           {microsoft ? label + ".mail.protection.outlook.com" : "aspmx.l.google.com"});
  }
  return in.route;
}
Route google_line(RouteMaker& maker) {
  return provider_tail(maker, "Gmail, web", false);
}
Route microsoft_line(RouteMaker& maker) {
  return provider_tail(maker, "Microsoft 365 tenant", false);
}
Route yahoo_line(RouteMaker& maker) {
  return provider_tail(maker, "Yahoo, web", false);
}

// The victim is a firm whose mail is at a provider.
Route victims_provider(RouteMaker& maker) {
  return provider_tail(maker, maker.chance(50) ? "Microsoft 365 tenant" : "Google Workspace", true);
}

// A line in the name of the very host that received the message from the forger.
Route recipients_line(RouteMaker& maker) {
  const Victims v = victims(maker);
  for (;;) {
    Injection in = injected(maker);
    Line copy = in.route.lines[in.route.border];
    if (copy.by.find('.') == std::string::npos || copy.producer == &kYahoo) continue;
    in.route.zone += v.scratch.zone;
    copy.helo = copy.rdns = v.first.name;
    copy.ip = v.first.ip;
    copy.at = in.route.at;
    copy.id = maker.serial_id(*copy.producer, copy.at);
    copy.above.clear();
    copy.below.clear();
    in.invent(std::move(copy));
    return in.route;
  }
}

// Results in the name of the recipient's system, below its line; the author's domain forbids.
Route faked_results(RouteMaker& maker) {
  const Victims v = victims(maker);
  const std::string bank = v.first.name.substr(5);
  Route route = maker.begin();
  const Recipient& recipient = usual_recipient(maker);
  recipient.settle(maker, route);
  route.zone += v.scratch.zone;
  route.from = route.return_path = "service@" + bank;
  route.signed_by_author = false;
  route.policy = "reject";
  route.allowed[bank] = {v.first.ip};
  const Host forger = forger_host(maker, route);
  receive(maker, route, recipient, forger);
  const std::string results = fmt::format(
      "Authentication-Results: {}; dkim=pass header.d={};\n spf=pass smtp.mailfrom={}; dmarc=pass "
      "header.from={}\n",
      route.lines[route.border].by, bank, route.from, bank);
  route.fields =
      results +
      fmt::format(
          "Received-SPF: pass (domain of {} designates {} as permitted sender) client-ip={}\n",
          bank, v.first.ip, v.first.ip);
  route.forged_field = results;
  maker.finish(route);
  return route;
}

Route writer_without_existence(RouteMaker& maker) {
  const Victims v = victims(maker);
  Injection in = injected(maker);
  in.route.zone += v.scratch.zone;
  const Host nobody{.name = "mx." + maker.domain(), .ip = maker.public_ip(), .producer = &kPostfix};
  in.invent(maker.line(nobody, v.first, in.route));
  return in.route;
}

// The forger's own host writes the tail, so the names hold; its lines still give it away.
struct OwnTail {
  Injection in;
  Line line;
};
OwnTail own_tail(RouteMaker& maker) {
  const Victims v = victims(maker);
  OwnTail tail{injected(maker), {}};
  tail.in.route.zone += v.scratch.zone;
  tail.line = maker.line(tail.in.forger, v.first, tail.in.route);
  return tail;
}
Route finished(OwnTail tail, bool address_open) {
  if (address_open) tail.in.route.origins.push_back(tail.line.ip);
  tail.in.invent(std::move(tail.line));
  return tail.in.route;
}

Route wrong_id(RouteMaker& maker) {
  OwnTail tail = own_tail(maker);
  tail.line.id = fmt::format("{}-{}-{}", maker.word(), maker.below(9'000), maker.word());
  return finished(std::move(tail), true);
}

Route stale_id(RouteMaker& maker) {
  OwnTail tail = own_tail(maker);
  tail.line.id = maker.serial_id(kPostfixLong, tail.line.at - hours(24 * (16 + maker.below(300))));
  return finished(std::move(tail), false);
}

Route young_id(RouteMaker& maker) {
  OwnTail tail = own_tail(maker);
  tail.line.id = maker.serial_id(kPostfixLong, tail.line.at);
  tail.line.at -= minutes(200 + maker.below(20'000));
  return finished(std::move(tail), true);
}

Route time_reversed(RouteMaker& maker) {
  OwnTail tail = own_tail(maker);
  tail.line.at += minutes(60 * (2 + maker.below(60)) + 12 + maker.below(36));
  tail.line.producer = &kQmail;
  return finished(std::move(tail), true);
}

Route impossible_address(RouteMaker& maker) {
  OwnTail tail = own_tail(maker);
  tail.line.ip = maker.chance(50) ? fmt::format("999.{}.3.4", maker.below(900))
                                  : fmt::format("245.{}.3.4", maker.below(250));
  return finished(std::move(tail), false);
}

constexpr std::array kForgeries{
    Forgery{"junk tail", junk_tail},
    Forgery{"plausible tail", plausible_tail},
    Forgery{"tail below NAT", tail_below_nat, false},
    Forgery{"tail below an unreadable client", tail_below_unreadable, false},
    Forgery{"copied tail, stamps fitted", copied_fitted},
    Forgery{"copied tail, as it was", copied_as_it_was},
    Forgery{"stamp moved", stamp_moved},
    Forgery{"address altered", address_altered},
    Forgery{"hop removed", hop_removed, false},
    Forgery{"hop inserted", hop_inserted},
    Forgery{"HELO of a bank", bank_helo},
    Forgery{"HELO of the recipient", own_helo},
    Forgery{"id reused", id_reused},
    Forgery{"HELO and line of a provider", provider_imitated},
    Forgery{"Google's line below a stranger", google_line},
    Forgery{"Microsoft's line below a stranger", microsoft_line},
    Forgery{"Yahoo's line below a stranger", yahoo_line},
    Forgery{"tail of the victim's provider", victims_provider},
    Forgery{"recipient's line below a stranger", recipients_line},
    Forgery{"results faked below the border", faked_results},
    Forgery{"writer does not exist", writer_without_existence},
    Forgery{"id of other software", wrong_id},
    Forgery{"stale id", stale_id},
    Forgery{"id younger than the stamp", young_id},
    Forgery{"time reversed", time_reversed},
    Forgery{"impossible address", impossible_address},
};

}  // namespace

std::span<const Forgery> forgeries() {
  return kForgeries;
}

}  // namespace emltrace::test
