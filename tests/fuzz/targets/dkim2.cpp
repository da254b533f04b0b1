#include "auth/dkim2/dkim2.hpp"

#include <algorithm>

#include "auth/dkim2/undo.hpp"
#include "dns/settle.hpp"
#include "fuzz/made_dns.hpp"
#include "fuzz/seeds.hpp"
#include "message/message.hpp"

namespace emltrace::fuzz {
namespace {

void check_fields(const Message& message) {
  const auto fields = dkim2::collect_seen(message);
  expect(fields.size() <= dkim2::kMaxSeenFields, "the number of fields is bounded");
  std::size_t line = 0;
  for (const auto& field : fields) {
    expect(field.line > line, "fields stand in order");
    line = field.line;
    expect(field.rcpt_to.size() <= dkim2::kMaxSeenTags, "the number of recipients is bounded");
    expect(field.tags.size() <= dkim2::kMaxSeenTags, "the number of tags is bounded");
    for (const auto& [name, value] : field.tags) {
      expect(value.size() <= dkim2::kMaxSeenValue, "a value is cut");
    }
  }
}

void check_verdict(const dkim2::Verdict& verdict) {
  expect(verdict.signatures.size() <= dkim2::kMaxFields, "signatures are bounded");
  expect(verdict.instances.size() <= dkim2::kMaxFields, "instances are bounded");
  expect(verdict.modifications.size() <= dkim2::kMaxChanges, "changes are bounded");
  if (verdict.result != auth::Result::pass) return;
  expect(verdict.faults.empty(), "a chain passes where nothing is against it");
  expect(verdict.all_verified(), "a chain passes where all of its signatures do");
  expect(verdict.newest_matches(), "a chain passes where the message is as it was signed");
}

// The input as a recipe over the message that it is.
void check_undo(std::string_view input, const Message& message) {
  const auto text = dkim2::read_recipe(input);
  if (!text.recipe) return;
  dkim2::State state(message, dkim::line_ends_of(message));
  const auto undone = dkim2::undo(*text.recipe, dkim2::Rules::draft_09, state);
  for (const auto& change : undone.changes) {
    expect(change.before.size() <= dkim2::kMaxShown, "what is shown is bounded");
    expect(change.after.size() <= dkim2::kMaxShown, "what is shown is bounded");
  }
  expect(!state.body_hash(crypto::Hash::sha256).empty(), "any state has a hash");
}

void run(std::string_view input) {
  const auto [bytes, zone] = split_dns(input);
  const Message message = Message::parse(bytes);
  check_fields(message);
  check_undo(bytes, message);
  MadeDns made(zone);
  dns::Known known;
  dkim2::Verifier verifier(message, {});
  check_verdict(dns::settle(known, made, {}, [&](dns::Client& client) {
    return verifier.verify(client, {"a@b.example", {"c@d.example"}});
  }));
}

Inputs seeds() {
  Inputs out = messages_with({"DKIM2-Signature", "Message-Instance"});
  for (std::string& header : files({".header", ".signature"})) out.push_back(std::move(header));
  for (const Sample& sample : samples()) {
    if (Message::parse(sample.message).find("DKIM2-Signature") != nullptr)
      out.push_back(join_dns(sample.message, sample.zone));
  }
  out.push_back(
      "Message-Instance: m=1; h=sha256:AA==:AA==\r\n"
      "DKIM2-Signature: i=1; m=1; t=1700000000; mf=PGFAYi5leGFtcGxlPg==; "
      "rt=PGNAZC5leGFtcGxlPg==;\r\n"
      " d=b.example; s=s1:rsa-sha256:AA==\r\nFrom: a@b.example\r\n\r\n");
  out.push_back(R"({"h":{"from":[{"d":["x"]}]},"b":[{"c":[1,1]},{"d":["a"]},{"u":["/w=="]}]})");
  return out;
}

const Registration registration({"dkim2", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
