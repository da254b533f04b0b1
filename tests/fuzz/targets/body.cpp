#include <string>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/body/content.hpp"
#include "message/body/html_reader.hpp"
#include "message/body/wrapped_link.hpp"
#include "report/defang.hpp"

namespace emltrace::fuzz {
namespace {

void check_link(const Url& url) {
  expect(url.path_at <= url.text.size(), "the path of a URL lies in it");
  expect(url.text.size() <= 2 * kMaxUrl, "the length of a URL is bounded");
  if (url.host.index() != 0 && !url.scheme.empty()) {
    const auto again = read_url(url.text);
    expect(again && again->host == url.host, "a URL in its plain form leads to the same host");
  }
  static_cast<void>(unwrapped_link(url.text));
  const std::string plain = report::defanged(url.text);
  expect(text::ifind(plain, "http://") == std::string::npos, "what is defanged does not link");
  expect(report::defanged(plain) == plain, "what is defanged stays so");
}

void check_content(const std::string& message) {
  const body::Content content = body::read_content(message);
  expect(content.links.size() + content.addresses.size() <= body::kMaxLinks,
         "the number of links is bounded");
  for (const body::Link& link : content.links) check_link(link.url);
  for (const std::string& address : content.addresses) {
    expect(address.find('@') != std::string::npos, "an address has its sign");
  }
}

void run(std::string_view input) {
  html::Reader reader(input);
  std::size_t pieces = 0;
  while (const auto piece = reader.next()) {
    ++pieces;
    expect(piece->attributes.size() <= html::Reader::kMaxAttributes, "attributes are bounded");
  }
  expect(pieces <= input.size(), "each piece takes a byte");
  check_content(std::string(input));
  for (const char* type : {"text/html", "text/plain", "text/calendar"}) {
    check_content("Content-Type: " + std::string(type) + "; charset=utf-8\n\n" +
                  std::string(input));
  }
}

Inputs seeds() {
  Inputs out = messages();
  out.emplace_back(
      "<a/href=\"&#104;ttp&colon;//bank.example@3405803785/x\"b='c'>y</a><!--[if mso]>");
  out.emplace_back(
      "<base href=http://a.example/><form action=b><img srcset='c 1x, //d.example 2x'>");
  out.emplace_back(
      "<script>x=\"https:\\/\\/a.example\\/\"</script><style>url(//b.example)</style>");
  out.emplace_back("<iframe src=\"data:text/html;base64,PGEgaHJlZj1odHRwOi8vYS5leGFtcGxlLz4=\">");
  out.emplace_back(
      "see <http://a.example/\n b>, www.c.example. d@e.example (https://f.example/_(g))");
  out.emplace_back("https://urldefense.com/v3/__https://a.example/b*c__;JiM!!K!M$");
  return out;
}

const Registration registration({"body", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
