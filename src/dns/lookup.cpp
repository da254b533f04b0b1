#include "dns/lookup.hpp"

#include <algorithm>
#include <utility>

namespace emltrace::dns {
namespace {

constexpr std::uint32_t kMaxTtl = 86400;
constexpr std::uint32_t kDefaultNegativeTtl = 60;  // where no SOA record tells it
constexpr std::uint32_t kFailureTtl = 5;           // RFC 9520 3.2

Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::size_t rounds(const Resolver::Options& options) {
  return static_cast<std::size_t>(std::max(1, options.attempts));
}

/// RFC 6891 7 and 6.1.3.
bool may_dislike_edns(unsigned rcode) {
  return rcode == wire::kFormErr || rcode == wire::kNotImp || rcode == wire::kBadVers;
}

bool is_answer(unsigned rcode) {
  return rcode == wire::kNoError || rcode == wire::kNxDomain || rcode == wire::kYxDomain;
}

/// What says two things at once, or speaks of something else, is neither an answer nor a "no": how
/// the reply does so, behind the server's name; empty where it does not.
std::string_view contradiction(const Question& question, const wire::Reply& reply) {
  const auto is_of_type = [&](const Record& record) { return record.type == question.type; };
  const auto is_answer_to = [&](const Record& record) {
    return record.owner == question.name && (is_of_type(record) || record.type == Type::cname);
  };
  if (reply.rcode == wire::kNxDomain && question.type != Type::cname &&
      std::ranges::any_of(reply.records, is_of_type)) {
    return " says NXDOMAIN and gives records of the type";
  }
  const bool leads_nowhere = reply.rcode == wire::kYxDomain || !reply.unaskable.empty();
  if (!reply.records.empty() && !leads_nowhere &&
      std::ranges::none_of(reply.records, is_answer_to)) {
    return " answers with records of other names or types";
  }
  return {};
}

/// `SERVFAIL (DNSSEC Bogus)`.
std::string words_of(const wire::Reply& reply) {
  const std::string why = reply.errors.text.empty() ? "" : " (" + reply.errors.text + ")";
  return wire::rcode_name(reply.rcode) + why;
}

}  // namespace

std::size_t Lookup::most_sockets(const Resolver::Options& options) {
  // Two rounds at least: see begin_tries.
  const std::size_t tries = options.servers.size() * std::max<std::size_t>(2, rounds(options));
  return std::min({tries, kMaxSockets, std::max<std::size_t>(1, options.max_sockets)});
}

Lookup::Lookup(asio::io_context& io, const Resolver::Options& options, ServerNotes& notes,
               const Question& question)
    : io_(io), options_(options), notes_(notes), question_(question), retry_(io), ttl_(kMaxTtl) {}

void Lookup::start(Done done) {
  done_ = std::move(done);
  until_ = Clock::now() + options_.timeout;
  first_server_ = notes_.first;
  if (options_.rotate) notes_.first = (notes_.first + 1) % options_.servers.size();
  visited_.insert(question_.name);
  answer_.authenticated = true;
  begin_tries();
}

void Lookup::cancel() {
  done_ = nullptr;
  close_all();
}

void Lookup::close_all() {
  retry_.cancel();
  for (const Try& open : std::exchange(open_, {})) open.exchange->cancel();
}

std::size_t Lookup::server_of(std::size_t number) const {
  return (first_server_ + number) % options_.servers.size();
}

// A server that may be one that drops EDNS is asked twice, however few rounds there are: the second
// time without.
void Lookup::begin_tries() {
  const bool unsure = std::ranges::find(notes_.edns, Edns::unknown) != notes_.edns.end();
  tries_ = options_.servers.size() * std::max<std::size_t>(unsure ? 2 : 1, rounds(options_));
  try_ = 0;
  ask();
}

void Lookup::ask() {
  const std::size_t server = server_of(try_);
  const bool first_round = try_ < options_.servers.size();
  const Edns edns = notes_.edns[server];
  send(try_, server, edns == Edns::taken || (edns == Edns::unknown && first_round));
  wait();
}

void Lookup::send(std::size_t number, std::size_t server, bool edns) {
  if (open_.size() >= most_sockets(options_)) {
    open_.front().exchange->cancel();
    open_.erase(open_.begin());
  }
  auto exchange = std::make_shared<Exchange>(io_, options_.servers[server], question_, edns);
  open_.push_back({exchange, number, server, edns});
  exchange->start([weak = weak_from_this(), made = exchange.get()](Heard heard) {
    if (const auto self = weak.lock()) self->on_heard(made, std::move(heard));
  });
}

/// What is left of the question's time is shared by the tries that are left.
void Lookup::wait() {
  const auto now = Clock::now();
  const auto left = static_cast<int>(tries_ - try_);
  auto share = (until_ - now) / left;
  if (options_.retry_after && left > 1)
    share = std::min<Clock::duration>(share, *options_.retry_after);
  retry_.expires_at(now + share);
  retry_.async_wait([weak = weak_from_this()](const asio::error_code& error) {
    const auto self = error ? nullptr : weak.lock();
    if (self && self->done_) self->on_silence();
  });
}

void Lookup::on_silence() {
  const std::size_t silent = open_.empty() ? server_of(try_) : open_.back().server;
  silence_ = "no answer from " + server(silent).text();
  answer_.server = server(silent).text();
  answer_.time = now();
  if (++try_ >= tries_ || Clock::now() >= until_) return give_up();
  ask();
}

void Lookup::on_heard(const Exchange* exchange, Heard heard) {
  const auto found = std::ranges::find(open_, exchange, [](const Try& open) {
    return static_cast<const Exchange*>(open.exchange.get());
  });
  if (found == open_.end()) return;
  const Try from = std::move(*found);
  open_.erase(found);
  answer_.server = server(from.server).text();
  answer_.time = now();
  switch (heard.outcome) {
    case Heard::Outcome::reply:
      return on_reply(from, heard.reply);
    case Heard::Outcome::unreachable:
      return fail_try(from, unreachable_, std::move(heard.reason));
    case Heard::Outcome::malformed:
      return fail_try(from, failure_, std::move(heard.reason));
  }
}

void Lookup::on_reply(const Try& from, const wire::Reply& reply) {
  learn(from, reply);
  if (reply.errors.withheld) return refuse(from, reply);
  if (reply.rcode == wire::kNoError && reply.referral) {
    return fail_try(from, failure_,
                    server(from.server).text() + " refers to other servers: it does not resolve");
  }
  if (is_answer(reply.rcode)) {
    if (const auto wrong = contradiction(question_, reply); !wrong.empty()) {
      return fail_try(from, failure_, server(from.server).text() + std::string(wrong));
    }
    if (!options_.rotate) notes_.first = from.server;
    return follow(from, reply);
  }
  // RFC 6891 7: once again without EDNS, the same server.
  if (may_dislike_edns(reply.rcode) && from.edns) return send(from.number, from.server, false);
  refuse(from, reply);
}

void Lookup::learn(const Try& from, const wire::Reply& reply) {
  Edns& known = notes_.edns[from.server];
  if (from.edns && !may_dislike_edns(reply.rcode) && (reply.edns || is_answer(reply.rcode))) {
    known = Edns::taken;
  } else if (!from.edns && known == Edns::unknown && is_answer(reply.rcode)) {
    known = Edns::disliked;
  }
}

void Lookup::refuse(const Try& from, const wire::Reply& reply) {
  std::string reason = words_of(reply) + " from " + server(from.server).text();
  const bool refused = reply.rcode == wire::kRefused && !reply.errors.withheld;
  fail_try(from, refused ? refusal_ : failure_, std::move(reason));
}

/// The newest try gives way to the next one at once. Of several reasons of a kind the last one is
/// told.
void Lookup::fail_try(const Try& from, std::string& kind, std::string reason) {
  kind = std::move(reason);
  if (from.number == try_ && try_ + 1 < tries_) {
    ++try_;
    return ask();
  }
  if (open_.empty() && try_ + 1 >= tries_) give_up();
}

/// Moves the records of one type at the present name to the answer.
bool Lookup::take(const wire::Reply& reply, Type type) {
  bool any = false;
  for (const Record& record : reply.records) {
    if (record.type != type || record.owner != question_.name) continue;
    answer_.records.push_back(record);
    ttl_ = std::min(ttl_, record.ttl);
    any = true;
  }
  return any;
}

void Lookup::follow(const Try& from, const wire::Reply& reply) {
  // The AD bit is one server's word about all of its answer: two cannot share it.
  const bool same_server = visited_.size() == 1 || from.server == first_server_;
  answer_.authenticated = answer_.authenticated && reply.authenticated && same_server;
  bool moved = false;
  while (!take(reply, question_.type)) {
    if (!take(reply, Type::cname)) {
      const auto negative = reply.negative_proof ? reply.negative_ttl : kDefaultNegativeTtl;
      // The response code is about the last name of the chain (RFC 6604 3).
      if (reply.rcode == wire::kNxDomain) return conclude(Status::no_such_name, negative);
      // Data that name what nobody can ask (the root, odd octets, a name too long) are none.
      const bool leads_nowhere = reply.rcode == wire::kYxDomain ||
                                 reply.unaskable.contains(question_) ||
                                 reply.unaskable.contains({question_.name, Type::cname});
      const bool proved =
          reply.negative_proof && (!reply.zone || question_.name.is_within(*reply.zone));
      if (!moved || proved || leads_nowhere) return conclude(Status::no_data, negative);
      // On to the server that told of the alias.
      close_all();
      first_server_ = from.server;
      return begin_tries();
    }
    question_.name = std::get<DomainName>(answer_.records.back().data);
    moved = true;
    if (!visited_.insert(question_.name).second) return fail("an alias loop");
    if (visited_.size() > kMaxAliases + 1) return fail("too many aliases");
  }
  conclude(Status::ok, ttl_);
}

void Lookup::conclude(Status status, std::uint32_t ttl) {
  answer_.status = status;
  finish(std::move(answer_), std::min(ttl, ttl_));
}

/// No server knew. A failure tells more than silence, silence more than an unreachable server.
void Lookup::give_up() {
  if (!failure_.empty()) return fail(failure_);
  answer_.status = Status::failed;
  if (!silence_.empty()) {
    answer_.status = Status::timed_out;
    answer_.reason = silence_;
  } else if (!unreachable_.empty()) {
    answer_.reason = unreachable_;
  } else {
    answer_.status = Status::refused;
    answer_.reason = refusal_;
  }
  answer_.records.clear();
  answer_.authenticated = false;
  finish(std::move(answer_), kFailureTtl);
}

void Lookup::fail(std::string reason) {
  answer_.records.clear();
  answer_.authenticated = false;
  answer_.status = Status::failed;
  answer_.reason = std::move(reason);
  finish(std::move(answer_), kFailureTtl);
}

void Lookup::finish(Answer answer, std::uint32_t ttl) {
  close_all();
  if (const Done done = std::exchange(done_, nullptr)) done(std::move(answer), ttl);
}

}  // namespace emltrace::dns
