#include "trace/route/envelope.hpp"

#include "base/text.hpp"
#include "message/address.hpp"

namespace emltrace::trace {
namespace {

// The first of these fields that stands above the border hop: below it the sender could have
// written it.
std::optional<std::string> own_recipient_field(const Message& message, std::size_t border_offset) {
  static constexpr std::string_view kNames[] = {"Delivered-To", "X-Original-To", "Envelope-To",
                                                "X-Envelope-To"};
  for (const Field& field : message.fields()) {
    if (field.offset >= border_offset) return std::nullopt;
    for (const std::string_view name : kNames) {
      if (!text::iequals(field.name, name)) continue;
      if (auto path = parse_path(field.body); path && !path->empty()) return path;
    }
  }
  return std::nullopt;
}

// `From a@b Tue Mar 18 …` of an mbox, or the `>From a@b` of old relays.
std::optional<std::string> from_line_sender(std::string_view line) {
  if (line.starts_with('>')) line.remove_prefix(1);
  if (!line.starts_with("From ")) return std::nullopt;
  const auto words = text::words(line.substr(5));
  if (words.empty() || words.front().find('@') == std::string_view::npos) return std::nullopt;
  return std::string(words.front());
}

std::optional<std::string> mail_from(const Message& message, const Headers& headers,
                                     std::span<const Hop> hops, const Boundary& boundary) {
  if (headers.return_path) return headers.return_path;
  if (boundary.border) {
    for (std::size_t i = *boundary.border; i < hops.size(); ++i) {
      if (hops[i].received.envelope_from) return hops[i].received.envelope_from;
    }
  }
  return from_line_sender(message.from_line());
}

std::optional<std::string> recipient(const Message& message, std::span<const Hop> hops,
                                     const Boundary& boundary) {
  if (!boundary.border) return std::nullopt;
  const Hop& border = hops[*boundary.border];
  if (border.received.for_) return border.received.for_;
  if (auto field = own_recipient_field(message, border.offset)) return field;
  for (std::size_t i = *boundary.border + 1; i < hops.size(); ++i) {
    if (hops[i].received.for_) return hops[i].received.for_;
  }
  return std::nullopt;
}

template <class T>
void override_with(std::optional<T>& target, const std::optional<T>& given, std::string_view name,
                   std::string_view source, Envelope& envelope) {
  if (!given) return;
  target = given;
  envelope.overridden.emplace_back(name);
  envelope.source = std::string(source);
}

}  // namespace

Envelope read_envelope(const Message& message, const Headers& headers, std::span<const Hop> hops,
                       const Boundary& boundary, const Given& given,
                       const intake::WrapperFacts& wrapper) {
  Envelope envelope;
  if (boundary.border) {
    const Hop& border = hops[*boundary.border];
    envelope.from_hop = border.number;
    envelope.client_ip = border.received.from.ip;
    envelope.helo = border.received.from.helo;
    if (border.received.stamp) envelope.received_at = border.received.stamp->instant;
  }
  envelope.mail_from = mail_from(message, headers, hops, boundary);
  envelope.rcpt_to = recipient(message, hops, boundary);

  override_with(envelope.client_ip, wrapper.source_ip, "client_ip", wrapper.wrapper, envelope);
  override_with(envelope.helo, wrapper.helo, "helo", wrapper.wrapper, envelope);
  override_with(envelope.mail_from, wrapper.mail_from, "mail_from", wrapper.wrapper, envelope);
  override_with(envelope.rcpt_to, wrapper.rcpt_to, "rcpt_to", wrapper.wrapper, envelope);
  if (wrapper.arrival_date && !envelope.received_at) {
    if (const auto date = parse_date(*wrapper.arrival_date)) envelope.received_at = date->instant;
  }
  // What the wrapper said first is said again by the command line, not named twice.
  const auto said_again = [&](const auto& value, std::string_view name) {
    if (value) std::erase(envelope.overridden, std::string(name));
  };
  said_again(given.client_ip, "client_ip");
  said_again(given.helo, "helo");
  said_again(given.mail_from, "mail_from");
  said_again(given.rcpt_to, "rcpt_to");
  override_with(envelope.client_ip, given.client_ip, "client_ip", "command line", envelope);
  override_with(envelope.helo, given.helo, "helo", "command line", envelope);
  override_with(envelope.mail_from, given.mail_from, "mail_from", "command line", envelope);
  override_with(envelope.rcpt_to, given.rcpt_to, "rcpt_to", "command line", envelope);
  return envelope;
}

}  // namespace emltrace::trace
