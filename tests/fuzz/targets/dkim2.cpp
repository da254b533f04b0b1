#include "auth/dkim2/dkim2.hpp"

#include "fuzz/seeds.hpp"
#include "message/message.hpp"

namespace emltrace::fuzz {
namespace {

void run(std::string_view input) {
  const Message message = Message::parse(input);
  const auto fields = auth::collect_dkim2(message);
  expect(fields.size() <= auth::kMaxDkim2Fields, "the number of fields is bounded");
  std::size_t line = 0;
  for (const auto& field : fields) {
    expect(field.line > line, "fields stand in order");
    line = field.line;
    expect(field.rcpt_to.size() <= auth::kMaxDkim2Tags, "the number of recipients is bounded");
    expect(field.tags.size() <= auth::kMaxDkim2Tags, "the number of tags is bounded");
    for (const auto& [name, value] : field.tags) {
      expect(value.size() <= auth::kMaxDkim2Value, "a value is cut");
    }
  }
}

Inputs seeds() {
  Inputs out = messages_with({"DKIM2-Signature", "Message-Instance"});
  for (std::string& header : files({".header", ".signature"})) out.push_back(std::move(header));
  out.push_back(
      "Message-Instance: m=1; h=sha256:AA==\r\n"
      "DKIM2-Signature: i=1; m=1; t=1700000000; mf=PGFAYi5leGFtcGxlPg==; "
      "rt=PGNAZC5leGFtcGxlPg==;\r\n"
      " d=b.example; s=s1:rsa-sha256:AA==\r\nFrom: a@b.example\r\n\r\n");
  return out;
}

const Registration registration({"dkim2", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
