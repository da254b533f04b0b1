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

bool may_dislike_edns(unsigned rcode) {
  return rcode == wire::kFormErr || rcode == wire::kNotImp || rcode == wire::kBadVers;
}

}  // namespace

Lookup::Lookup(asio::io_context& io, const Resolver::Options& options, ServerNotes& notes,
               const Question& question)
    : io_(io), options_(options), notes_(notes), question_(question), ttl_(kMaxTtl) {}

void Lookup::start(Done done) {
  done_ = std::move(done);
  until_ = Exchange::Clock::now() + options_.timeout;
  first_server_ = notes_.preferred;
  visited_.insert(question_.name);
  answer_.authenticated = true;
  ask();
}

void Lookup::cancel() {
  done_ = nullptr;
  if (exchange_) exchange_->cancel();
}

std::size_t Lookup::tries() const {
  return options_.servers.size() * static_cast<std::size_t>(std::max(1, options_.attempts));
}

std::size_t Lookup::server_index() const {
  return (first_server_ + try_) % options_.servers.size();
}

void Lookup::try_next() {
  ++try_;
  if (try_ >= tries() || Exchange::Clock::now() >= until_) return give_up();
  ask();
}

void Lookup::ask() {
  // What is left of the question's time is shared by the tries that are left.
  const auto now = Exchange::Clock::now();
  const auto share = (until_ - now) / static_cast<int>(tries() - try_);
  edns_ = !notes_.plain.contains(server_index());
  exchange_ = std::make_shared<Exchange>(io_, server(), question_, edns_);
  exchange_->start(now + share, [weak = weak_from_this()](Heard heard) {
    if (const auto self = weak.lock()) self->on_heard(std::move(heard));
  });
}

void Lookup::on_heard(Heard heard) {
  answer_.server = server().text();
  answer_.time = now();
  switch (heard.outcome) {
    case Heard::Outcome::reply:
      return on_reply(std::move(heard.reply));
    case Heard::Outcome::silent:
      silence_ = std::move(heard.reason);
      break;
    case Heard::Outcome::unreachable:
      unreachable_ = std::move(heard.reason);
      break;
    case Heard::Outcome::malformed:
      failure_ = std::move(heard.reason);
      break;
  }
  try_next();
}

void Lookup::on_reply(wire::Reply reply) {
  if (reply.rcode == wire::kNoError && reply.referral) {
    failure_ = server().text() + " refers to other servers: it does not resolve";
    return try_next();
  }
  if (reply.rcode == wire::kNoError || reply.rcode == wire::kNxDomain) {
    notes_.preferred = server_index();
    return follow(reply);
  }
  // RFC 6891 7: once again without EDNS, the same server.
  if (may_dislike_edns(reply.rcode) && edns_) {
    notes_.plain.insert(server_index());
    return ask();
  }
  const std::string reason = wire::rcode_name(reply.rcode) + " from " + server().text();
  if (reply.rcode == wire::kRefused) {
    ++refused_;
    refusal_ = reason;
  } else {
    failure_ = reason;
  }
  try_next();
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

void Lookup::follow(const wire::Reply& reply) {
  answer_.authenticated = answer_.authenticated && reply.authenticated;
  bool moved = false;
  while (!take(reply, question_.type)) {
    if (!take(reply, Type::cname)) {
      if (reply.unreadable > 0) return fail("the reply holds a name that cannot be read");
      const auto negative = reply.negative_proof ? reply.negative_ttl : kDefaultNegativeTtl;
      // The response code is about the last name of the chain (RFC 6604 3).
      if (reply.rcode == wire::kNxDomain) return conclude(Status::no_such_name, negative);
      const bool proved =
          reply.negative_proof && (!reply.zone || question_.name.is_within(*reply.zone));
      return moved && !proved ? ask_on() : conclude(Status::no_data, negative);
    }
    question_.name = std::get<DomainName>(answer_.records.back().data);
    moved = true;
    if (!visited_.insert(question_.name).second) return fail("an alias loop");
    if (visited_.size() > kMaxAliases + 1) return fail("too many aliases");
  }
  conclude(Status::ok, ttl_);
}

void Lookup::ask_on() {
  if (Exchange::Clock::now() >= until_) return give_up();
  first_server_ = server_index();
  try_ = 0;
  ask();
}

void Lookup::conclude(Status status, std::uint32_t ttl) {
  answer_.status = status;
  finish(std::move(answer_), std::min(ttl, ttl_));
}

/// No server knew. A failure tells more than silence, silence more than an unreachable server.
void Lookup::give_up() {
  answer_.records.clear();
  answer_.authenticated = false;
  if (!failure_.empty()) {
    answer_.status = Status::failed;
    answer_.reason = failure_;
  } else if (!silence_.empty()) {
    answer_.status = Status::timed_out;
    answer_.reason = silence_;
  } else if (refused_ == tries()) {
    answer_.status = Status::refused;
    answer_.reason = refusal_;
  } else {
    answer_.status = Status::failed;
    answer_.reason = !unreachable_.empty() ? unreachable_ : refusal_;
  }
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
  exchange_.reset();
  if (const Done done = std::exchange(done_, nullptr)) done(std::move(answer), ttl);
}

}  // namespace emltrace::dns
