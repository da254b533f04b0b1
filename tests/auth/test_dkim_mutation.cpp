#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "dkim_check.hpp"
#include "dns/known.hpp"
#include "shapes.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::replaced;
using test::SigningKey;
using test::SignOptions;

namespace {

constexpr std::size_t kMessages = 51;

struct Signed {
  std::string text;
  SignOptions options;
};

const SigningKey& key_of(const SignOptions& options) {
  return options.algorithm == "ed25519-sha256" ? SigningKey::ed25519() : SigningKey::rsa();
}

// Each shape in three ways: both canonicalizations mixed, both algorithms, LF and CRLF, extra tags.
std::vector<Signed> signed_messages() {
  constexpr std::array<const char*, 4> kForms{"simple/simple", "relaxed/relaxed", "relaxed/simple",
                                              "simple/relaxed"};
  std::vector<Signed> out;
  const auto shapes = test::message_shapes();
  for (std::size_t i = 0; i < kMessages; ++i) {
    SignOptions options;
    options.canonicalization = kForms[i % kForms.size()];
    if (i % 3 == 1) options.algorithm = "ed25519-sha256";
    if (i % 5 == 1) options.headers = {"From", "From", "To", "To", "Subject", "Date", "X-None"};
    if (i % 5 == 2) options.identity = "joe@news.example.org";
    if (i % 5 == 3) options.time = test::kNow - 60;
    if (i % 7 == 3) options.expires = test::kNow + 60;
    std::string message = shapes[i % shapes.size()];
    if (i % 4 == 3) message = test::replaced_all(message, "\r\n", "\n");
    out.push_back({test::sign_message(message, key_of(options), options), options});
  }
  return out;
}

// Answers every message of the tests.
dns::Known& keys() {
  static dns::Known known = [] {
    dns::Known table;
    const auto name = *DomainName::parse("s1._domainkey.example.org");
    dns::Answer answer;
    answer.status = dns::Status::ok;
    for (const SigningKey* key : {&SigningKey::rsa(), &SigningKey::ed25519()}) {
      answer.records.push_back({name, dns::Type::txt, 1, dns::Text{{test::key_record(*key)}}});
    }
    table.add({name, dns::Type::txt}, answer);
    return table;
  }();
  return known;
}

bool passes(std::string_view text) {
  const Message message = Message::parse(text);
  dkim::Verifier verifier(message, test::dkim_options());
  const auto verdicts = verifier.verify(keys());
  return !verdicts.empty() && verdicts[0].result == auth::Result::pass;
}

// Marks what is signed: the body, the fields that h= takes, the signature field but its b= value.
std::vector<bool> signed_bytes(const Signed& s) {
  const Message message = Message::parse(s.text);
  std::vector<bool> marks(s.text.size(), false);
  const auto mark = [&](std::string_view part, bool value) {
    const Span span = message.span_of(part);
    for (std::size_t i = span.offset; i < span.end(); ++i) marks[i] = value;
  };
  mark(message.body(), true);
  std::vector<bool> taken(message.fields().size(), false);
  for (const std::string& name : s.options.headers) {
    for (std::size_t i = message.fields().size(); i-- > 1;) {
      if (taken[i] || !text::iequals(message.fields()[i].name, name)) continue;
      taken[i] = true;
      mark(message.fields()[i].raw, true);
      break;
    }
  }
  const Field& own = message.fields()[0];
  mark(own.raw, true);
  const std::size_t value = own.raw.find("\tb=") + 3;
  mark(own.raw.substr(value), false);
  return marks;
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
  return replaced(std::move(text), from, to);
}

}  // namespace

TEST_CASE("all signed messages pass as they are") {
  for (const Signed& s : signed_messages()) {
    CAPTURE(s.text);
    CHECK(passes(s.text));
  }
}

TEST_CASE("flipping any one signed byte of fifty messages never passes") {
  std::size_t flips = 0;
  std::vector<std::string> survivors;
  for (const Signed& s : signed_messages()) {
    const auto marks = signed_bytes(s);
    std::string text = s.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!marks[i]) continue;
      // A long run of one byte says nothing new after its first bytes.
      if (i > 40 && text.compare(i - 40, 40, std::string(40, text[i])) == 0) continue;
      const char original = text[i];
      const unsigned mask = i % 4 == 0 ? 0x80U : 0x01U;
      text[i] = static_cast<char>(static_cast<unsigned char>(original) ^ mask);
      ++flips;
      if (passes(text)) survivors.push_back(text);
      text[i] = original;
    }
  }
  CAPTURE(flips);
  CHECK(flips > 15'000);
  for (const std::string& text : survivors) {
    CAPTURE(text);
    CHECK_FALSE(passes(text));
  }
}

TEST_CASE("taking out any one signed field, or adding a line to the body, never passes") {
  for (const Signed& s : signed_messages()) {
    const Message message = Message::parse(s.text);
    for (std::size_t i = 0; i < message.fields().size(); ++i) {
      const std::string_view raw = message.fields()[i].raw;
      if (!signed_bytes(s)[message.fields()[i].offset]) continue;
      std::string without = s.text;
      without.erase(message.fields()[i].offset, raw.size());
      CAPTURE(without);
      CHECK_FALSE(passes(without));
    }
    CHECK_FALSE(passes(s.text + "one more line"));
  }
}

TEST_CASE("changes of unsigned parts always pass") {
  for (const Signed& s : signed_messages()) {
    CAPTURE(s.text);
    const bool crlf = s.text.find("\r\n") != std::string::npos;
    const std::string end = crlf ? "\r\n" : "\n";
    CHECK(passes("Received: from x by y; now" + end + s.text));
    CHECK(passes("X-New: a" + end + "\tb" + end + s.text));
    CHECK(passes("Authentication-Results: mx.example.net; none" + end + s.text));
    CHECK(passes(changed(s.text, "\tb=", "\tb= " + end + "\t ")));
    if (s.text.ends_with(end)) {
      CHECK(passes(s.text + end));
      CHECK(passes(s.text + end + end + end));
    }
    CHECK(passes(crlf ? test::replaced_all(s.text, "\r\n", "\n")
                      : test::replaced_all(s.text, "\n", "\r\n")));
  }
}

TEST_CASE("changes that relaxed header canonicalization allows pass there and fail under simple") {
  for (const Signed& s : signed_messages()) {
    CAPTURE(s.text);
    const bool relaxed = s.options.canonicalization.starts_with("relaxed");
    const std::string end = s.text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
    const std::size_t from = s.text.find(end + "From: ");
    if (from == std::string::npos) continue;
    for (const char* change : {"From:   ", "FROM: ", "From:\t", "from:"}) {
      std::string text = s.text;
      CHECK(passes(text.replace(from, end.size() + 6, end + std::string(change))) == relaxed);
    }
    std::string folded = s.text;
    CHECK(passes(folded.replace(from, end.size() + 6, end + "From:" + end + " ")) == relaxed);
    std::string padded = s.text;
    const std::size_t line = padded.find(end, from + 2);
    CHECK(passes(padded.insert(line, " \t")) == relaxed);
    CHECK(passes(changed(s.text, "; c=", ";  c=")) == relaxed);
  }
}

TEST_CASE("changes that relaxed body canonicalization allows pass there and fail under simple") {
  for (const Signed& s : signed_messages()) {
    CAPTURE(s.text);
    const bool relaxed = s.options.canonicalization.ends_with("relaxed");
    const std::string end = s.text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
    const std::size_t body = s.text.find(end + end) + 2 * end.size();
    std::string padded = s.text;
    const std::size_t line = padded.find(end, body);
    if (line != std::string::npos) {
      CHECK(passes(padded.insert(line, " \t ")) == relaxed);
    }
    const std::size_t space = s.text.find(' ', body);
    const bool inside = space != std::string::npos && space > body && s.text[space - 1] > ' ';
    if (!inside) continue;
    std::string widened = s.text;
    CHECK(passes(widened.insert(space, "  ")) == relaxed);
    std::string tabbed = s.text;
    CHECK(passes(tabbed.replace(space, 1, "\t")) == relaxed);
  }
}

TEST_CASE("what stands behind l= may change, what stands before it may not") {
  for (const char* form : {"simple/simple", "relaxed/relaxed"}) {
    SignOptions options;
    options.canonicalization = form;
    options.length = 7;
    const std::string message = test::sign_message("From: a@example.org\r\n\r\nHello\r\nworld\r\n",
                                                   SigningKey::rsa(), options);
    CHECK(passes(message));
    CHECK(passes(changed(message, "world", "there")));
    CHECK(passes(message + "more\r\n"));
    CHECK_FALSE(passes(changed(message, "Hello", "Hallo")));
  }
}
