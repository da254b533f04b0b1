#include "message/message.hpp"

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "message/results/recorded.hpp"

namespace emltrace::fuzz {
namespace {

// Fields stand one behind the other, and a field alone is read as in its message.
void check_fields(const Message& message, std::string_view input) {
  std::size_t end = 0;
  std::size_t line = 0;
  for (const Field& field : message.fields()) {
    expect_inside(field.raw, input, "a field lies in the message");
    expect_inside(field.name, field.raw, "a name lies in its field");
    expect_inside(field.body, field.raw, "a body lies in its field");
    expect(field.offset == message.span_of(field.raw).offset, "a field knows its offset");
    expect(field.offset >= end && field.line > line, "fields stand in order");
    end = field.offset + field.raw.size();
    line = field.line;
  }
  expect(message.fields().size() <= Message::kMaxFields, "the number of fields is bounded");
  if (message.has_body()) expect_inside(message.body(), input, "the body lies in the message");
}

void check_unfolded(const Message& message) {
  for (const Field& field : message.fields()) {
    const std::string once = unfold(field.body);
    expect(unfold(once) == once, "what is unfolded has no folds");
    expect(once.size() <= field.body.size(), "unfolding adds nothing");
  }
}

void check_readers(const Message& message, std::string_view input) {
  const Headers headers = read_headers(message);
  if (headers.subject && text::is_utf8(input)) {
    expect(text::is_utf8(*headers.subject), "what is decoded is UTF-8 where the input is");
  }
  const HopList hops = read_hops(message);
  expect(hops.hops.size() <= kMaxHops, "the number of hops is bounded");
  for (const Hop& hop : hops.hops) {
    expect(hop.offset < input.size() && hop.line > 0, "a hop stands in the message");
  }
  for (const Recorded& recorded : collect_recorded(message)) {
    expect(recorded.offset < input.size() && recorded.line > 0, "a result stands in the message");
  }
}

void run(std::string_view input) {
  const Message message = Message::parse(input);
  check_fields(message, input);
  check_unfolded(message);
  check_readers(message, input);
}

const Registration registration({"message", run, messages});

}  // namespace
}  // namespace emltrace::fuzz
