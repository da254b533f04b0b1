#include "message/received/received.hpp"

#include <optional>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/message.hpp"
#include "message/received/handover.hpp"

namespace emltrace::fuzz {
namespace {

void check_text(const std::optional<std::string>& value) {
  if (!value) return;
  expect(value->find('\n') == std::string::npos, "no value holds a line end");
}

void check_values(const Received& received) {
  for (const auto& value : {received.from.helo, received.from.rdns, received.from.invalid_ip,
                            received.from.redacted, received.by.host, received.id, received.for_,
                            received.with, received.envelope_from, received.unread}) {
    check_text(value);
  }
  if (received.from.ip) {
    expect(!received.from.invalid_ip && !received.from.redacted,
           "a client has an address or a text that stands for one, not both");
  }
}

// Folding is no part of what a field says (RFC 5322 2.2.3).
void check_unfolded(std::string_view input, const Received& received) {
  const Received again = parse_received(unfold(input));
  expect(received.from.ip == again.from.ip, "folds change no address");
  expect(received.from.helo == again.from.helo, "folds change no HELO");
  expect(received.by.host == again.by.host, "folds change no host");
  expect(received.stamp.has_value() == again.stamp.has_value(), "folds change no date");
}

void run(std::string_view input) {
  const Received received = parse_received(input);
  check_values(received);
  check_unfolded(input, received);
  static_cast<void>(is_local_handover(received));
  static_cast<void>(is_web_submission(received));
  static_cast<void>(is_pull(received));
  const auto lines = split_joined(input);
  expect(!lines.empty(), "a field holds one line or more");
  std::size_t size = 0;
  for (const std::string& line : lines) size += line.size();
  expect(size <= input.size(), "lines that were joined are not longer apart");
}

const Registration registration({"received", run,
                                 [] { return field_bodies({"Received", "X-Received"}); }});

}  // namespace
}  // namespace emltrace::fuzz
