#include "support/honest_routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

#include "support/route_parts.hpp"
#include "support/route_recipients.hpp"
#include "support/route_senders.hpp"

namespace emltrace::test {
namespace {

using std::chrono::seconds;

Route make(RouteMaker& maker, const Sender& sender, const Recipient& recipient) {
  Route route = maker.begin();
  recipient.settle(maker, route);
  const Host client = sender.add(maker, route);
  receive(maker, route, recipient, client);
  maker.finish(route);
  return route;
}

template <class Items>
const auto& named(const Items& items, std::string_view name) {
  for (const auto& item : items) {
    if (item.name == name) return item;
  }
  throw std::out_of_range(std::string(name));
}

// The usual senders: what a mailbox receives from day to day.
const Sender& usual_sender(RouteMaker& maker) {
  const std::uint32_t share = maker.below(100);
  if (share < 60) return own_senders()[share < 40 ? 0 : share < 50 ? 1 : 2];
  static constexpr std::array<std::string_view, 5> kProviders{
      "Gmail, web", "Google Workspace", "Microsoft 365 tenant", "Yahoo, web", "Amazon SES"};
  if (share < 90) return named(provider_senders(), maker.any(kProviders));
  return named(passing_senders(), share < 95 ? "list" : "forward, old envelope");
}

const Sender& any_sender(RouteMaker& maker) {
  const std::uint32_t share = maker.below(3);
  return maker.any(share == 0   ? own_senders()
                   : share == 1 ? provider_senders()
                                : passing_senders());
}

// Mail inside such a house does not go by its MX.
bool same_house(const Sender& sender, const Recipient& recipient) {
  static constexpr std::array<std::string_view, 3> kHouses{"QQ", "NetEase", "Yahoo"};
  return std::ranges::any_of(kHouses, [&](std::string_view house) {
    return sender.name.starts_with(house) && recipient.name.starts_with(house);
  });
}

// A pair of a sender and a recipient, of which one or both may be drawn anew.
template <class PickSender, class PickRecipient>
Route make_pair(RouteMaker& maker, PickSender sender, PickRecipient recipient) {
  for (;;) {
    const Sender& from = sender();
    const Recipient& to = recipient();
    if (!same_house(from, to)) return make(maker, from, to);
  }
}

Route by_own_sender(RouteMaker& maker, std::size_t which) {
  return make(maker, own_senders()[which], usual_recipient(maker));
}
Route by_provider(RouteMaker& maker, std::size_t which) {
  return make_pair(
      maker, [&]() -> const Sender& { return provider_senders()[which]; },
      [&]() -> const Recipient& { return usual_recipient(maker); });
}
Route by_passing_sender(RouteMaker& maker, std::size_t which) {
  return make(maker, passing_senders()[which], usual_recipient(maker));
}
Route to_plain(RouteMaker& maker, std::size_t which) {
  return make_pair(
      maker, [&]() -> const Sender& { return usual_sender(maker); },
      [&]() -> const Recipient& { return plain_recipients()[which]; });
}
Route to_special(RouteMaker& maker, std::size_t which) {
  return make(maker, usual_sender(maker), special_recipients()[which]);
}
Route any_to_plain(RouteMaker& maker, std::size_t /*which*/) {
  return make_pair(
      maker, [&]() -> const Sender& { return any_sender(maker); },
      [&]() -> const Recipient& { return maker.any(plain_recipients()); });
}
Route any_to_special(RouteMaker& maker, std::size_t /*which*/) {
  return make(maker, any_sender(maker), maker.any(special_recipients()));
}

const Recipient& plain_named(std::string_view name) {
  return named(plain_recipients(), name);
}
const Sender& provider_named(std::string_view name) {
  return named(provider_senders(), name);
}

Route tenant_to_tenant(RouteMaker& maker, std::size_t /*which*/) {
  return make(maker, provider_named("Microsoft 365 tenant"), plain_named("Microsoft 365"));
}
Route google_to_google(RouteMaker& maker, std::size_t /*which*/) {
  return make(maker, provider_named(maker.chance(50) ? "Google Workspace" : "Gmail, program"),
              plain_named("Gmail"));
}

// Nobody outside took part: mail between two mailboxes of one tenant.
Route inside_a_tenant(RouteMaker& maker, std::size_t /*which*/) {
  Route route = maker.begin();
  plain_named("Microsoft 365").settle(maker, route);
  route.from = route.return_path = fmt::format("{}@{}", maker.person(), domain_of(route.to));
  route.message_id = fmt::format("{}@{}", maker.word(), domain_of(route.to));
  route.signed_by_author = false;
  route.policy.clear();
  const std::string box =
      fmt::format("DB8PR07MB{}.eurprd07.prod.outlook.com", 1'000 + maker.below(8'999));
  const Host mapi{.name = box, .ip = "fe80::1c0b:9b3e:fa21:7a90", .producer = &kOutlookMapi};
  const Host store{
      .name = fmt::format("AS8PR07MB{}.eurprd07.prod.outlook.com", 1'000 + maker.below(8'999)),
      .ip = "2603:10a6:20b:44e::10",
      .producer = &kOutlook};
  route.add(maker.line(mapi, mapi, route));
  route.pass(1);
  route.add(maker.line(store, {.name = box, .ip = "2603:10a6:10:27a::8"}, route));
  route.pass(1);
  route.add(
      maker.line({.name = "AM9PR07MB7000.eurprd07.prod.outlook.com", .producer = &kOutlookHttps},
                 store, route));
  route.border = route.lines.size();
  route.clients = route.origins = {""};
  maker.finish(route);
  return route;
}

// A server's own report to its own mailbox.
Route local_cron(RouteMaker& maker, std::size_t /*which*/) {
  Route route = maker.begin();
  const std::string host = "web1." + domain_of(route.to);
  route.to = route.from = route.return_path = "root@" + host;
  route.subject = "Cron <root@web1> test -x /usr/sbin/anacron";
  route.signed_by_author = false;
  route.policy.clear();
  Line l = maker.line({.name = host, .producer = &kPostfixPickup}, route);
  l.login = "0";
  l.rcpt.clear();
  route.message_id = fmt::format("{}@{}", l.id, host);
  route.add(std::move(l));
  route.border = route.lines.size();
  route.clients = route.origins = {""};
  maker.finish(route);
  return route;
}

// The person logs in at the recipient's own server: the submission is the border.
Route local_submission(RouteMaker& maker, std::size_t /*which*/) {
  Route route = maker.begin();
  const std::string domain = domain_of(route.to);
  route.from = route.return_path = fmt::format("{}@{}", maker.person(), domain);
  route.message_id = fmt::format("{}@{}", maker.word(), domain);
  route.signed_by_author = false;
  route.policy = "";
  add_mx(route, domain, {"mx1." + domain});
  Host mx{.name = "mx1." + domain,
          .ip = maker.public_ip(),
          .producer = &kPostfix,
          .region = Region::berlin};
  route.zone += RouteMaker::names(mx.name, mx.ip);
  route.allowed[domain] = {mx.ip};
  const Host user = maker.home(route);
  Line l = maker.line(mx, user, route);
  l.login = route.from;
  l.rcpt = route.to;
  route.add(std::move(l));
  route.clients = route.origins = {user.ip};
  maker.finish(route);
  return route;
}

// It left the recipient's provider by an old mailbox and comes back by a forwarder: the provider's
// own line, and its own results, stand below a stranger.
Route came_back(RouteMaker& maker, std::size_t /*which*/) {
  static constexpr std::array<std::string_view, 3> kProviders{"Gmail", "QQ", "NetEase"};
  const Recipient& provider = plain_named(maker.any(kProviders));
  Route route = maker.begin();
  route.signed_by_author = true;
  provider.settle(maker, route);
  const std::string to = route.to;
  provider.settle(maker, route);
  route.written_to = route.to;
  const Host client = add_own_server(maker, route);
  provider.add(maker, route, client);
  const std::string domain = maker.domain();
  Host forwarder = maker.host("out." + domain, route);
  forwarder.producer = &kPostfix;
  Host out{.name = provider.name == "Gmail" ? "mail-wr1-f50.google.com"
                   : provider.name == "QQ"  ? "xmbg7.mail.qq.com"
                                            : "m16.mail.163.com",
           .ip = provider.name == "Gmail" ? "209.85.221.50"
                 : provider.name == "QQ"  ? "43.163.128.47"
                                          : "220.197.31.3"};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.pass(1 + maker.below(5));
  route.add(maker.line(forwarder, out, route)).rcpt = fmt::format("{}@{}", maker.word(), domain);
  route.pass(1 + maker.below(5));
  route.to = to;
  route.appended.clear();
  if (maker.chance(50))
    route.return_path = fmt::format("SRS0=abcd=EF={}={}@{}", route.domain(),
                                    route.from.substr(0, route.from.find('@')), domain);
  route.allowed[domain].push_back(forwarder.ip);
  // The lowest address that is proved: how far down the links go through the provider is open.
  route.origins = {route.origins.front(), client.ip, out.ip, forwarder.ip};
  receive(maker, route, provider, forwarder);
  maker.finish(route);
  return route;
}

// Years later: the sender's hosts, their addresses and the key are gone.
Route gone_hosts(RouteMaker& maker, std::size_t which) {
  Route route = maker.begin();
  const auto back = seconds(86'400LL * 365 * (3 + maker.below(9)));
  route.date -= back;
  route.at -= back;
  const Recipient& recipient = usual_recipient(maker);
  recipient.settle(maker, route);
  const std::string recipient_zone = which == 0 ? route.zone : "";
  const Sender& sender = maker.chance(50) ? own_senders()[0] : maker.any(passing_senders());
  const Host client = sender.add(maker, route);
  if (maker.chance(30)) {
    // One of the names lives on.
    route.zone = recipient_zone + RouteMaker::names(client.name, client.ip);
  } else {
    route.zone = recipient_zone;
  }
  route.gone = true;
  receive(maker, route, recipient, client);
  // Without names nothing but the border's own word is proved.
  route.origins.push_back(client.ip);
  route.examined = route.at + back;
  maker.finish(route);
  return route;
}

// A header as a viewer shows it: without a body, each field on one line.
Route pasted(RouteMaker& maker, std::size_t /*which*/) {
  Route route = make_pair(
      maker, [&]() -> const Sender& { return usual_sender(maker); },
      [&]() -> const Recipient& { return usual_recipient(maker); });
  route.header_only = true;
  return route;
}

}  // namespace

Route honest(RouteMaker& maker, std::string_view sender, std::string_view recipient) {
  std::vector<Sender> senders;
  for (const auto& part : {own_senders(), provider_senders(), passing_senders()})
    senders.insert(senders.end(), part.begin(), part.end());
  return make(maker, named(senders, sender), plain_named(recipient));
}

Route honest_direct(RouteMaker& maker) {
  return make(maker, own_senders()[0], usual_recipient(maker));
}

const std::vector<HonestKind>& honest_kinds() {
  static const std::vector<HonestKind> kKinds = [] {
    std::vector<HonestKind> kinds;
    const auto add_all = [&](const auto& list, std::string_view word, auto make_one) {
      for (std::size_t i = 0; i < list.size(); ++i)
        kinds.push_back({fmt::format("{}: {}", word, list[i].name), make_one, i});
    };
    add_all(own_senders(), "from", by_own_sender);
    add_all(provider_senders(), "from", by_provider);
    add_all(passing_senders(), "by", by_passing_sender);
    add_all(plain_recipients(), "to", to_plain);
    add_all(special_recipients(), "to", to_special);
    for (const HonestKind& kind : {HonestKind{"any sender, plain recipient", any_to_plain, 0},
                                   HonestKind{"any sender, special recipient", any_to_special, 0},
                                   HonestKind{"tenant to tenant", tenant_to_tenant, 0},
                                   HonestKind{"Google to Google", google_to_google, 0},
                                   HonestKind{"inside a tenant", inside_a_tenant, 0},
                                   HonestKind{"local cron", local_cron, 0},
                                   HonestKind{"local submission", local_submission, 0},
                                   HonestKind{"came back by a forwarder", came_back, 0},
                                   HonestKind{"years later, sender gone", gone_hosts, 0},
                                   HonestKind{"years later, all gone", gone_hosts, 1},
                                   HonestKind{"pasted header", pasted, 0}}) {
      kinds.push_back(kind);
    }
    return kinds;
  }();
  return kKinds;
}

}  // namespace emltrace::test
