#include <fmt/format.h>

#include <array>

#include "support/producer_ids.hpp"
#include "support/route_parts.hpp"
#include "support/route_senders.hpp"

namespace emltrace::test {
namespace {

const Sender& provider(std::string_view name) {
  for (const Sender& sender : provider_senders()) {
    if (sender.name == name) return sender;
  }
  return provider_senders().front();
}

// The author wrote to a mailbox or list from where the message went on.
class WrittenTo {
 public:
  WrittenTo(Route& route, const std::string& mailbox) : route_(route), mailbox_(route.to) {
    route.to = route.written_to = mailbox;
  }
  ~WrittenTo() { route_.to = mailbox_; }
  WrittenTo(const WrittenTo&) = delete;
  WrittenTo& operator=(const WrittenTo&) = delete;

 private:
  Route& route_;
  std::string mailbox_;
};

// Where the message began: a server of one's own, or a large provider.
Host begin_anywhere(RouteMaker& maker, Route& route) {
  route.signed_by_author = true;
  static constexpr std::array<std::string_view, 3> kProviders{"Gmail, web", "Microsoft 365 tenant",
                                                              "Google Workspace"};
  const Host client = maker.chance(60) ? add_own_server(maker, route)
                                       : provider(maker.any(kProviders)).add(maker, route);
  if (route.origins.empty()) route.origins = {client.ip};
  return client;
}

Host own_host(RouteMaker& maker, Route& route, const std::string& name, const Producer& producer) {
  Host made = maker.host(name, route);
  made.producer = &producer;
  route.allowed[name.substr(name.find('.') + 1)].push_back(made.ip);
  add_mx(route, name.substr(name.find('.') + 1), {name});
  return made;
}

void rewrite_path(RouteMaker& maker, Route& route, const std::string& domain) {
  const auto at = route.return_path.find('@');
  route.return_path =
      fmt::format("SRS0={}={}={}={}@{}", maker.word().substr(0, 4), "EF",
                  route.return_path.substr(at + 1), route.return_path.substr(0, at), domain);
}

// ---- Forwarders

// The recipient's old mailbox takes the message.
Host take_at_forwarder(RouteMaker& maker, Route& route, const Producer& producer) {
  const std::string domain = maker.domain();
  const WrittenTo written(route, fmt::format("{}@{}", maker.word(), domain));
  const Host client = begin_anywhere(maker, route);
  const Host mx = own_host(maker, route, "mx." + domain, producer);
  route.add(maker.line(mx, client, route)).rcpt = route.to;
  route.pass(1 + maker.below(9));
  return mx;
}

// .forward: the envelope stays, so SPF fails; the signature holds.
Host add_forward(RouteMaker& maker, Route& route) {
  return take_at_forwarder(maker, route, maker.chance(50) ? kPostfix : kExim);
}

Host add_forward_srs(RouteMaker& maker, Route& route) {
  const Host mx = take_at_forwarder(maker, route, kPostfix);
  rewrite_path(maker, route, mx.name.substr(3));
  Line alias = maker.line(mx, route);
  alias.rcpt.clear();
  alias.below = fmt::format("Delivered-To: {}\n", route.lines.front().rcpt);
  route.add(std::move(alias));
  route.pass(1);
  return mx;
}

// What came in stands in no line of the forwarder.
Host add_forward_hidden(RouteMaker& maker, Route& route) {
  const Host mx = take_at_forwarder(maker, route, kPostfix);
  route.lines.erase(route.lines.begin());
  rewrite_path(maker, route, mx.name.substr(3));
  route.fields += fmt::format("X-Forwarded-For: {}\n", mx.name.substr(3));
  route.origins = {mx.ip};
  return mx;
}

Host add_cloudflare(RouteMaker& maker, Route& route) {
  const std::string domain = maker.domain();
  const WrittenTo written(route, fmt::format("{}@{}", maker.word(), domain));
  const Host client = begin_anywhere(maker, route);
  const Host out{.name = fmt::format("{}.cloudflare-email.com", maker.word().substr(0, 5)),
                 .ip = fmt::format("104.30.8.{}", 2 + maker.below(250))};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.add(maker.line({.name = "cloudflare-email.net", .producer = &kCloudflare}, client, route))
      .rcpt = route.to;
  rewrite_path(maker, route, domain);
  route.allowed[domain].push_back(out.ip);
  route.zone += "cloudflare-email.net. 60 A 104.30.8.1\n";
  route.pass(1 + maker.below(3));
  return out;
}

// A mailbox at Gmail sends everything on: Google's own receipt stands below.
Host add_gmail_forward(RouteMaker& maker, Route& route) {
  const std::string to = route.to, mailbox = fmt::format("{}@gmail.com", maker.person());
  {
    const WrittenTo written(route, mailbox);
    const Host client = add_own_server(maker, route);
    route.signed_by_author = true;
    add_google_border(maker, route, client, {client.ip, client.said()});
    add_google_inner(maker, route);
  }
  route.return_path = fmt::format("{}+caf_={}={}@gmail.com", mailbox.substr(0, mailbox.find('@')),
                                  to.substr(0, to.find('@')), domain_of(to));
  const Host out = google_out(maker, route);
  Line l = maker.line(out, route);
  l.rcpt = to;
  l.below = fmt::format("X-Forwarded-To: {}\nX-Forwarded-For: {} {}\n", to, mailbox, to);
  route.pass(1);
  route.add(std::move(l));
  route.pass(1 + maker.below(3));
  return out;
}

// ---- Lists

// The list's own fields and envelope.
void mark_as_list(Route& route, const std::string& name, const std::string& domain) {
  route.fields += fmt::format("List-Id: <{0}.{1}>\nList-Post: <mailto:{0}@{1}>\nPrecedence: list\n",
                              name, domain);
  route.return_path = fmt::format("{}-bounces@{}", name, domain);
}

// The list host hands the message to the list program and back.
void hand_over(RouteMaker& maker, Route& route, const Host& lists) {
  Line l =
      maker.line(lists, {.name = lists.name, .ip = "127.0.0.1", .recorded = "localhost"}, route);
  l.rcpt = route.to;
  route.add(std::move(l));
  route.pass(1 + maker.below(20));
}

Host add_list_after(RouteMaker& maker, Route& route, std::uint32_t held_seconds) {
  const std::string domain = "lists." + maker.domain();
  const WrittenTo written(route, "talk@" + domain);
  const Host client = begin_anywhere(maker, route);
  const Host lists =
      own_host(maker, route, "mail." + domain, maker.chance(50) ? kPostfix : kPostfixLong);
  route.add(maker.line(lists, client, route)).rcpt = route.to;
  route.pass(2 + held_seconds);
  hand_over(maker, route, lists);
  mark_as_list(route, "talk", domain);
  return lists;
}

Host add_list(RouteMaker& maker, Route& route) {
  return add_list_after(maker, route, maker.below(40));
}

// Somebody had to let it through first.
Host add_moderated_list(RouteMaker& maker, Route& route) {
  return add_list_after(maker, route, 3'600 + maker.below(10 * 86'400));
}

Host add_list_without_older_lines(RouteMaker& maker, Route& route) {
  const Host lists = add_list(maker, route);
  route.lines.resize(1);
  route.origins = {lists.ip};
  return lists;
}

// Written in the list's web pages: no line of the author's provider, no signature.
Host add_web_post(RouteMaker& maker, Route& route) {
  const std::string domain = "lists." + maker.domain();
  const WrittenTo written(route, "talk@" + domain);
  const Host lists = own_host(maker, route, "mail." + domain, kPostfix);
  if (maker.chance(60)) route.from = fmt::format("{}@gmail.com", maker.person());
  route.signed_by_author = false;
  route.policy = "none";
  route.message_id =
      fmt::format("{}.{}.{}@{}", maker.below(1'000'000), maker.below(90), maker.below(90), domain);
  hand_over(maker, route, lists);
  mark_as_list(route, "talk", domain);
  return lists;
}

// groups.io tells what came in by X-Received alone: the author's provider stands right below.
Host add_group_hidden(RouteMaker& maker, Route& route) {
  const WrittenTo written(route, "talk@groups.io");
  const Host client = begin_anywhere(maker, route);
  const Host out{.name = fmt::format("mail{:02}.groups.io", 1 + maker.below(4)),
                 .ip = fmt::format("66.175.222.{}", 2 + maker.below(250))};
  route.zone += RouteMaker::names(out.name, out.ip);
  route.lines.front().above = fmt::format(
                                  "X-Received: from {0} ({0} [{1}])\n by mx.groups.io with SMTP id "
                                  "smtpd.web10.1234.{2}000000000\n for "
                                  "<talk@groups.io>;\n {3}\n",
                                  client.said(), client.ip, route.at.time_since_epoch().count(),
                                  date_text(route.at, Region::pacific, DateForm::two_digit)) +
                              route.lines.front().above;
  route.return_path =
      fmt::format("bounce+{}+{}@groups.io", maker.below(90'000), maker.below(9'000));
  route.allowed["groups.io"].push_back(out.ip);
  route.fields +=
      "List-Id: <talk.groups.io>\nList-Unsubscribe: <https://groups.io/g/talk/unsub>\nPrecedence: "
      "Bulk\n";
  route.origins = {out.ip};
  route.pass(2 + maker.below(20));
  return out;
}

Host add_google_group(RouteMaker& maker, Route& route) {
  const std::string to = route.to;
  const WrittenTo written(route, "talk@googlegroups.com");
  const Host client = add_own_server(maker, route);
  Line in = maker.line(
      {.name = "gmr-mx.google.com", .producer = &kGmail, .region = Region::pacific}, client, route);
  in.rcpt = "talk@googlegroups.com";
  route.add(std::move(in));
  route.pass(1);
  Line inner = maker.line({.name = "2002:a05:6808:b28:b0:3f4:1111:2222",
                           .producer = &kGmailInner,
                           .region = Region::pacific},
                          route);
  inner.rcpt.clear();
  route.add(std::move(inner));
  route.pass(1);
  route.return_path =
      fmt::format("talk+bncB{}@googlegroups.com", letters_id({}, maker.below(1U << 30)));
  const Host out = google_out(maker, route);
  Line last = maker.line(out, route);
  last.rcpt = to;
  last.below = "X-BeenThere: talk@googlegroups.com\n";
  route.add(std::move(last));
  route.fields += "List-ID: <talk.googlegroups.com>\nPrecedence: list\n";
  route.pass(1);
  return out;
}

constexpr std::array kPassing{
    Sender{"forward, old envelope", add_forward},
    Sender{"forward, SRS", add_forward_srs},
    Sender{"forward, hidden line", add_forward_hidden},
    Sender{"Cloudflare forward", add_cloudflare},
    Sender{"Gmail forward", add_gmail_forward},
    Sender{"list", add_list},
    Sender{"list, moderated for days", add_moderated_list},
    Sender{"list, older lines off", add_list_without_older_lines},
    Sender{"list, web post", add_web_post},
    Sender{"groups.io, hidden line", add_group_hidden},
    Sender{"Google group", add_google_group},
};

}  // namespace

std::span<const Sender> passing_senders() {
  return kPassing;
}

}  // namespace emltrace::test
