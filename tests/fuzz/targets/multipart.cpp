#include "base/quoted_printable.hpp"
#include "fuzz/seeds.hpp"
#include "intake/inside/attached.hpp"
#include "message/mime.hpp"

namespace emltrace::fuzz {
namespace {

std::size_t check_part(const mime::Part& part, std::string_view whole, std::size_t depth) {
  expect(depth <= mime::kMaxDepth, "the depth is bounded");
  expect_inside(part.header, whole, "a header lies in its entity");
  expect_inside(part.body, whole, "a body lies in its entity");
  expect_inside(part.content_type, part.header, "a type lies in its header");
  if (const auto decoded = part.decoded(); decoded && part.is_encoded()) {
    expect(decoded->size() <= part.body.size(), "decoding adds nothing");
  }
  std::size_t count = part.parts.size();
  for (const mime::Part& child : part.parts) count += check_part(child, part.body, depth + 1);
  return count;
}

void check_pieces(std::string_view body) {
  const std::string_view boundary = body.substr(0, body.find('\n'));
  const auto pieces = mime::cut(body, boundary, mime::kMaxParts);
  expect(pieces.pieces.size() <= mime::kMaxParts, "the number of pieces is bounded");
  std::size_t last = 0;
  for (const auto& piece : pieces.pieces) {
    expect_inside(piece.entity, body, "a piece lies in the body");
    expect(piece.delimiter >= last && piece.delimiter < body.size(), "delimiters stand in order");
    last = piece.delimiter;
  }
}

void run(std::string_view input) {
  const mime::Part part = mime::read(input);
  expect(check_part(part, input, 0) <= mime::kMaxParts, "the number of parts is bounded");
  check_pieces(input);
  const attached::Content content = attached::look_into(input);
  expect(content.messages.size() <= survey::kMaxAttached, "the number attached is bounded");
  expect(content.facts.size() == content.messages.size(), "each has the facts of its wrapper");
  for (const auto& message : content.messages) {
    expect_inside(message.bytes, input, "an attached message lies in its wrapper");
  }
  expect(quoted_printable::decode(input).size() <= input.size(), "decoding adds nothing");
}

const Registration registration({"multipart", run, messages});

}  // namespace
}  // namespace emltrace::fuzz
