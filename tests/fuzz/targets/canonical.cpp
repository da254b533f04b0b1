#include "auth/dkim/canonical.hpp"

#include <string>

#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

using dkim::Canonicalization;
using dkim::LineEnds;

// A canonical form has CRLF line ends, and is its own canonical form.
void check_body(std::string_view body, Canonicalization form, LineEnds ends) {
  const std::string once = dkim::canonical_body(body, form, ends);
  expect(once.empty() || once.ends_with("\r\n"), "a canonical body ends with a line end");
  expect(!once.ends_with("\r\n\r\n"), "a canonical body has no empty lines at its end");
  expect(dkim::canonical_body(once, form, LineEnds::crlf) == once,
         "a canonical body is its own canonical form");
  std::size_t at = 0;
  std::string pieces;
  dkim::canonical_body(
      body, form, ends, [&](std::string_view piece) { pieces += piece; },
      [&](std::size_t offset) {
        expect(offset > at && offset <= body.size(), "lines end in order, inside the body");
        at = offset;
      });
  expect(pieces == once, "the pieces are the whole");
}

void check_field(const dkim::FieldText& field, Canonicalization form, LineEnds ends) {
  const std::string once = dkim::canonical_field(field, form, ends);
  expect(once.ends_with("\r\n"), "a canonical field ends with a line end");
  if (form == Canonicalization::simple) return;
  const std::string_view name = std::string_view(once).substr(0, once.find(':'));
  expect(dkim::canonical_field({name, once}, form, LineEnds::crlf) == once,
         "a relaxed field is its own relaxed form");
}

void run(std::string_view input) {
  const Message message = Message::parse(input);
  for (const auto form : {Canonicalization::simple, Canonicalization::relaxed}) {
    for (const auto ends : {LineEnds::crlf, LineEnds::lf, LineEnds::any}) {
      check_body(message.body(), form, ends);
      for (const auto& field : dkim::field_texts(message)) check_field(field, form, ends);
    }
  }
}

const Registration registration({"canonical", run, messages});

}  // namespace
}  // namespace emltrace::fuzz
