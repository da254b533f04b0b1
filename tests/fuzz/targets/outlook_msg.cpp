#include "intake/inside/outlook_msg.hpp"

#include "base/text.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check(const outlook_msg::Message& message, std::size_t depth) {
  expect(depth <= outlook_msg::kMaxDepth, "the depth is bounded");
  expect(message.text.size() <= outlook_msg::kMaxTextBytes, "the text is bounded");
  expect(message.html.size() <= outlook_msg::kMaxTextBytes, "the HTML is bounded");
  expect(text::is_utf8(message.text), "the text is UTF-8");
  expect(message.attachments.size() <= outlook_msg::kMaxObjects, "attachments are bounded");
  for (const auto& attachment : message.attachments) {
    expect(text::is_utf8(attachment.name) && text::is_utf8(attachment.type), "names are UTF-8");
    if (attachment.message) check(*attachment.message, depth + 1);
  }
}

void run(std::string_view input) {
  static_cast<void>(outlook_msg::is_msg(input));
  const auto message = outlook_msg::read(input);
  if (!message) {
    expect(!message.error().empty(), "an error is named");
    return;
  }
  check(*message, 0);
}

Inputs seeds() {
  Inputs out = files({".msg"});
  out.push_back("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  return out;
}

const Registration registration({"outlook_msg", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
