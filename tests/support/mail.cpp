#include "support/mail.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "support/paths.hpp"

namespace emltrace::test {
namespace {

using Random = std::minstd_rand;

unsigned below(Random& random, unsigned limit) {
  return static_cast<unsigned>(random() % limit);
}

template <class Table>
auto pick(Random& random, const Table& table) {
  return table[below(random, static_cast<unsigned>(table.size()))];
}

// Each is a valid field of RFC 5322, with what an eager mender could take for damage.
constexpr std::array<const char*, 31> kFields = {
    "Subject: Re: From: Date: To: what is in a line",
    "Subject: =?utf-8?Q?a=3Db=3Dc?=",
    "Subject: use &lt;b&gt; and &nbsp; in <a@b>",
    "Subject: a line\n \n with a fold of spaces",
    "Subject: v=3D1; d=3Dx and mailto:a@b [mailto:c@d]",
    "Subject: \xE2\x80\x9Cquoted\xE2\x80\x9D, by \xC2\xA0 someone",
    "Comments: > quoted\n > quoted again\n > From x",
    "X-Note: 16:12:36 +0000",
    "X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "a",
    "16: a field with a name of digits",
    "Received: from a.example (a.example [192.0.2.1])\n\tby b.example (Postfix) with ESMTP id 4A\n"
    "\tfor <x@b.example>; Tue, 22 Mar 2022 16:12:36 +0000",
    "Received: from a.example(a.example[192.0.2.1])by b.example with SMTP id forby;\n Tue, 22 Mar "
    "2022\n 16:12:36 +0000 (UTC)",
    "Received : from c.example by d.example; Tue, 22 Mar 2022 16:12:30 +0000",
    "Received: by 2002:a05:6a10:9f4e:b0:4c1:8d6a:22c1 with SMTP id fe14csp1234567pxb;\n        "
    "Tue, 22 Mar 2022 09:12:44 -0700 (PDT)",
    "DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=a;\n h=from:to:\n date:subject;\n bh=3D=;\n "
    "b=3Dabc",
    "DKIM-Signature: v=1; a=rsa-sha256; d=3DPrint.example; s=a; h=From : To : Date; bh=x; b=y",
    "Authentication-Results: b.example; spf=pass smtp.mailfrom=x@a.example",
    "List-Unsubscribe: <mailto:a@b.example>, <https://b.example/?a=3Db&lt=1>",
    "To: \"Doe, Jane &lt;j@x.example&gt; [mailto:a@b]\" <j@x.example>",
    "To: j@x.example (see <mailto:j@x.example> &lt;a@b&gt;)",
    "Cc: undisclosed-recipients:;",
    "X-From-Line: From x@y Tue Mar 22 16:12:36 2022",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Type: text/html;\n\tcharset=\"iso-8859-1\"",
    "Content-Type: multipart/mixed; boundary==3D",
    "X-Html: <html><pre>Received: from a by b</pre></html>",
    "X-Empty:",
    "X-Folded-Empty:\n ",
    "Keywords: Original Message, SPF: PASS with IP 192.0.2.1",
    "Microsoft-Mail: Internet Headers Version 2.0",
};

constexpr std::array<const char*, 22> kBodyLines = {
    "Hello,",
    "",
    "",
    "> From the desk of somebody",
    "> Received: from a by b; Tue, 22 Mar 2022 16:12:36 +0000",
    "Received: from a.example by b.example; Tue, 22 Mar 2022 16:12:36 +0000",
    "Received: from c.example by a.example; Tue, 22 Mar 2022 16:12:30 +0000",
    "From: someone@example.com",
    "Date: Tue, 22 Mar 2022 16:12:36 +0000",
    "Subject: a second header?",
    "Message-ID: <1@example.com>",
    "    Received: from indented by block",
    "<html><body><pre>From: a@b</pre></body></html>",
    "a=3Db; v=3D1; =",
    "&lt;a@b&gt;&nbsp;",
    "Microsoft Mail Internet Headers Version 2.0",
    "Original Message",
    "SPF:\tPASS with IP 192.0.2.1",
    "From here on it is only text",
    "\xC2\xA0\xE2\x80\x9Cx\xE2\x80\x9D \xC3\xBC \xE6\x98\x8E",
    ".",
    "--=_boundary",
};

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<Mail> clean_mail() {
  std::vector<Mail> mail;
  const std::filesystem::path root(test::source_dir());
  for (const auto& folder : {root / "tests/support/mail", root / "samples"}) {
    if (!std::filesystem::is_directory(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".eml") {
        mail.push_back({entry.path().filename().string(), read(entry.path())});
      }
    }
  }
  std::ranges::sort(mail, {}, &Mail::name);
  return mail;
}

std::string random_message(unsigned seed) {
  Random random(seed * 2'654'435 + 1);
  std::vector<std::string> fields = {
      "From: \"A. Author\" <author" + std::to_string(seed) + "@example.com>",
      "Date: Tue, 22 Mar 2022 16:12:36 +0000"};
  const unsigned extra = below(random, 9);
  for (unsigned i = 0; i < extra; ++i) {
    const auto at =
        static_cast<std::ptrdiff_t>(below(random, static_cast<unsigned>(fields.size() + 1)));
    fields.insert(fields.begin() + at, pick(random, kFields));
  }
  std::string out;
  for (const std::string& field : fields) out += field + "\n";
  const unsigned lines = below(random, 14);
  if (lines > 0) out += "\n";
  for (unsigned i = 0; i < lines; ++i) out += std::string(pick(random, kBodyLines)) + "\n";
  if (lines > 0 && below(random, 8) == 0) out += std::string(2'000, 'x') + "\n";
  if (below(random, 3) != 0) return out;
  std::string crlf;
  for (const char c : out) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return crlf;
}

}  // namespace emltrace::test
