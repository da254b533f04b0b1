#include "auth/spf/evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace emltrace::spf {
namespace {

int count_query_terms(const Record& record) {
  const auto terms = std::count_if(record.directives.begin(), record.directives.end(),
                                   [](const Directive& d) { return queries_dns(d.mechanism); });
  return static_cast<int>(std::min<std::ptrdiff_t>(terms, kMaxLookups)) + (record.redirect ? 1 : 0);
}

}  // namespace

std::optional<auth::Result> Evaluation::check(const DomainName& domain, int depth, bool decides) {
  if (domain.label_count() < 2) return auth::Result::none;  // RFC 7208 4.3
  const dns::Answer* answer = ask(domain, dns::Type::txt);
  if (answer == nullptr) return std::nullopt;
  auth::Result result = auth::Result::none;
  const std::optional<Record> record = select(*answer, domain, depth, result);
  if (!record) return result;
  const int wanted = count_query_terms(*record);
  Frame frame{*record, domain, depth, decides, std::min(wanted, ahead_left_)};
  ahead_left_ -= frame.ahead;
  return evaluate(frame);
}

// RFC 7208 4.4 and 4.5. Null with the result where there is nothing to evaluate.
std::optional<Record> Evaluation::select(const dns::Answer& answer, const DomainName& domain,
                                         int depth, auth::Result& result) {
  if (answer.error()) {
    dns_error(domain, dns::Type::txt, answer);
    result = auth::Result::temperror;
    return std::nullopt;
  }
  auto texts = answer.texts();
  std::erase_if(texts, [](const std::string& text) { return !is_record(text); });
  if (texts.empty()) {
    if (depth > 0 && is_void(answer) && !count_void()) {
      result = auth::Result::permerror;
      return std::nullopt;
    }
    note(answer.status == dns::Status::no_such_name
             ? fmt::format("{} does not exist", domain.text())
             : fmt::format("no SPF record at {}", domain.text()));
    return std::nullopt;
  }
  if (depth == 0) {
    verdict_.record = texts.front();
    verdict_.authenticated_data = answer.authenticated;
  }
  result = auth::Result::permerror;
  if (texts.size() > 1) {
    note(fmt::format("{} SPF records at {}", texts.size(), domain.text()));
    return std::nullopt;
  }
  auto parsed = parse_record(texts.front());
  if (const auto* error = std::get_if<SyntaxError>(&parsed)) {
    note(fmt::format("syntax error at {}: {}{}", error->at + 1, error->what,
                     depth == 0 ? "" : " (record of " + domain.text() + ")"));
    return std::nullopt;
  }
  return std::get<Record>(std::move(parsed));
}

auth::Result Evaluation::evaluate(Frame& frame) {
  for (const Directive& directive : frame.record.directives) {
    const std::size_t at = step(frame, directive.term);
    const Match outcome = match(directive, frame);
    close(at, directive, outcome);
    if (outcome == Match::no) continue;
    if (frame.decides) verdict_.mechanism = directive.term;
    if (outcome == Match::temperror) return auth::Result::temperror;
    if (outcome == Match::permerror) return auth::Result::permerror;
    return decide(frame, directive);
  }
  if (frame.record.redirect) return redirect(frame);
  if (frame.decides) verdict_.mechanism = "default";
  return auth::Result::neutral;  // RFC 7208 4.7
}

auth::Result Evaluation::decide(const Frame& frame, const Directive& directive) {
  if (frame.decides && directive.qualifier == auth::Result::fail && frame.record.explanation) {
    reason_ = Reason{frame.record.explanation->target, frame.domain};
  }
  return directive.qualifier;
}

// RFC 7208 6.1
auth::Result Evaluation::redirect(Frame& frame) {
  const Modifier& modifier = *frame.record.redirect;
  const std::size_t at = step(frame, modifier.term);
  const auto finish = [&](auth::Result result) {
    verdict_.trail[at].outcome = auth::to_string(result);
    return result;
  };
  if (frame.decides) verdict_.mechanism = modifier.term;
  if (!count_lookup()) return finish(auth::Result::permerror);
  if (!may_ask(nullptr, frame)) return finish(auth::Result::neutral);
  const Target next = target(modifier.target, frame.domain);
  if (next.pending) return finish(auth::Result::neutral);
  if (!next.name) {
    note(fmt::format("\"{}\" leads to no domain name", modifier.term));
    return finish(auth::Result::permerror);
  }
  const auto result = check(*next.name, frame.depth + 1, frame.decides);
  if (result == auth::Result::none) {
    note(fmt::format("no SPF record at {}", next.name->text()));
    return finish(auth::Result::permerror);
  }
  return finish(result.value_or(auth::Result::neutral));
}

Evaluation::Match Evaluation::match(const Directive& directive, Frame& frame) {
  switch (directive.mechanism) {
    case Mechanism::all:
      return Match::yes;
    case Mechanism::ip4:
      return directive.network->contains(ip_) ? Match::yes : Match::no;
    case Mechanism::ip6:
      return !ip_.is_v4() && directive.network->contains(ip_) ? Match::yes : Match::no;
    default:
      break;
  }
  if (!count_lookup()) return Match::permerror;
  if (!may_ask(&directive, frame)) return Match::no;
  const Target found = target(directive.target, frame.domain);
  if (found.pending || found.never_matches) return Match::no;
  if (found.name) return match_target(directive, frame, *found.name);
  // What cannot be asked cannot match (RFC 7208 4.8); for include it is check_host() on a malformed
  // domain, which gives none (RFC 7208 4.3) and so permerror (RFC 7208 5.2).
  if (directive.mechanism != Mechanism::include) return Match::no;
  note(fmt::format("\"{}\" leads to no domain name", directive.term));
  return Match::permerror;
}

Evaluation::Match Evaluation::match_target(const Directive& directive, const Frame& frame,
                                           const DomainName& target) {
  switch (directive.mechanism) {
    case Mechanism::include:
      return match_include(frame, target);
    case Mechanism::a:
      return match_addresses(directive, target);
    case Mechanism::mx:
      return match_exchanges(directive, target);
    case Mechanism::ptr:
      return match_pointers(target);
    case Mechanism::exists:
      return match_exists(target);
    default:
      return Match::no;
  }
}

// RFC 7208 5.2
Evaluation::Match Evaluation::match_include(const Frame& frame, const DomainName& target) {
  const auto result = check(target, frame.depth + 1, false);
  if (!result) return Match::no;
  switch (*result) {
    case auth::Result::pass:
      return Match::yes;
    case auth::Result::temperror:
      return Match::temperror;
    case auth::Result::none:
      note(fmt::format("no SPF record at {}", target.text()));
      return Match::permerror;
    case auth::Result::permerror:
      return Match::permerror;
    default:
      return Match::no;
  }
}

std::size_t Evaluation::step(const Frame& frame, const std::string& term) {
  verdict_.trail.push_back({frame.depth, frame.domain.text(), term, ""});
  return verdict_.trail.size() - 1;
}

void Evaluation::close(std::size_t step, const Directive& directive, Match match) {
  static constexpr std::array<std::string_view, 4> kWords{"no-match", "match", "temperror",
                                                          "permerror"};
  auto& trail = verdict_.trail;
  if (match == Match::no && trail.size() > kMaxTrail && !queries_dns(directive.mechanism)) {
    trail.pop_back();
    return;
  }
  trail[step].outcome = kWords[static_cast<std::size_t>(match)];
}

void Evaluation::note(std::string problem) {
  if (!verdict_.problem) verdict_.problem = std::move(problem);
}

bool Evaluation::count_lookup() {
  if (++verdict_.lookups <= kMaxLookups) return true;
  note(fmt::format("too many DNS look-ups ({}, limit {})", verdict_.lookups, kMaxLookups));
  return false;
}

bool Evaluation::count_void() {
  if (++verdict_.void_lookups <= kMaxVoidLookups) return true;
  note(
      fmt::format("too many void look-ups ({}, limit {})", verdict_.void_lookups, kMaxVoidLookups));
  return false;
}

// A term in its turn may always be asked. Ahead of it only so many, and no exists that would tell
// the other side of this message when the judgement may never get there.
bool Evaluation::may_ask(const Directive* directive, Frame& frame) {
  const bool in_budget = frame.asked++ < frame.ahead;
  if (!stalled_) return true;
  if (directive != nullptr && directive->mechanism == Mechanism::exists &&
      directive->target->tells_of_message()) {
    return false;
  }
  return in_budget;
}

}  // namespace emltrace::spf
