#include "trace/route/delivery.hpp"

#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

bool signed_by_own_hosts(const Route& route, const Message& message) {
  const Field* topmost = message.find("DKIM2-Signature");
  const Hop* border = route.border();
  return topmost != nullptr && border != nullptr && topmost->offset < border->offset;
}

// An own host that forwards inside writes a MAIL FROM of its own.
bool is_own_path(const Route& route, const std::string& mail_from) {
  const auto domain = domain_of_address(std::optional(mail_from));
  const Hop* border = route.border();
  return related(domain, domain_of_address(route.envelope.rcpt_to)) ||
         (border != nullptr && related(domain, host_name(border->received.by.host)));
}

// A Return-Path without a border above is anybody's, and the line that starts a message of an mbox
// often holds no address at all.
bool may_be_rewritten(const Route& route, const Message& message) {
  switch (*route.envelope.sources.mail_from) {
    case Recorder::option:
    case Recorder::border:
      return false;
    case Recorder::wrapper:
      return true;
    case Recorder::return_path:
      if (route.border() == nullptr || message.find("Return-Path") == nullptr) return true;
      break;
    case Recorder::recorded:
      break;
  }
  return is_own_path(route, *route.envelope.mail_from);
}

}  // namespace

dkim2::Delivery delivery_of(const Route& route, const Message& message, bool returned) {
  const Envelope& envelope = route.envelope;
  const auto& sources = envelope.sources;
  const bool inside = returned || signed_by_own_hosts(route, message);
  dkim2::Delivery out;
  if (envelope.mail_from && (!inside || sources.mail_from == Recorder::option)) {
    out.mail_from = envelope.mail_from;
    out.mail_from_rewritten = may_be_rewritten(route, message);
  }
  if (envelope.rcpt_to && (!inside || sources.rcpt_to == Recorder::option)) {
    out.rcpt_to = {*envelope.rcpt_to};
    // What a delivering host notes names the mailbox that an alias led to.
    out.rcpt_to_rewritten =
        sources.rcpt_to != Recorder::option && sources.rcpt_to != Recorder::border;
  }
  return out;
}

}  // namespace emltrace::trace
