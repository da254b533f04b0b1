// Other implementations of SPF, where they are installed, on a zone of thirty domains.
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/spf_world.hpp"

namespace emltrace {
namespace {

namespace fs = std::filesystem;

const std::string kZone = R"($ORIGIN example.
d01 TXT "v=spf1 ip4:192.0.2.0/24 -all"
d02 TXT "v=spf1 ip6:2001:db8::/32 ~all"
d03 TXT "v=spf1 a -all"
d03 A 192.0.2.3
d03 AAAA 2001:db8::3
d04 TXT "v=spf1 a/28 ?all"
d04 A 192.0.2.14
d05 TXT "v=spf1 a:d03.example ~a:d04.example -all"
d06 TXT "v=spf1 mx -all"
d06 MX 20 mx2
d06 MX 10 mx1
mx1 A 192.0.2.3
mx1 AAAA 2001:db8::3
mx2 A 203.0.113.9
mx2 AAAA 2001:db8::9
d07 TXT "v=spf1 mx/24//64 ~all"
d07 MX 10 mx1
d08 TXT "v=spf1 mx:d06.example -all"
d09 TXT "v=spf1 include:d01.example ~all"
d10 TXT "v=spf1 include:d09.example include:d03.example -all"
d11 TXT "v=spf1 redirect=d01.example"
d12 TXT "v=spf1 ?include:d03.example redirect=d10.example"
d13 TXT "v=spf1 exists:%{i}.ok.example -all"
192.0.2.3.ok A 127.0.0.2
d14 TXT "v=spf1 -exists:%{ir}.%{v}.bl.example ~all"
3.2.0.192.in-addr.bl A 127.0.0.2
d15 TXT "v=spf1 exists:%{l1r+}.%{d2}.users.example -all"
alice.d15.example.users A 127.0.0.2
d16 TXT "v=spf1 exists:%{d1r}.%{o}.%{h}.who.example -all"
d16.d16.example.h.example.who A 127.0.0.2
d17 TXT "v=spf1 ptr:hosts.example -all"
three.hosts A 192.0.2.3
3.2.0.192.in-addr.arpa. PTR three.hosts
9.113.0.203.in-addr.arpa. PTR three.hosts
d18 TXT "v=spf1 -ip4:192.0.2.3 ip4:192.0.2.0/24 ?all"
d19 TXT "v=spf1 foo -all"
d20 TXT "v=spf1 -all"
d20 TXT "v=spf1 +all"
d21 TXT "no policy"
d22 TXT "v=spf1 include:d21.example -all"
d23 TXT "v=spf1 redirect=d21.example"
d24 TXT "v=spf1 include:d24.example -all"
d25 TXT "v=spf1 include:d01.example include:d10.example ~all"
d26 TXT "v=spf1"
d27 TXT "v=spf1 ~ip4:203.0.113.0/24 ?all"
d28 TXT "v=spf1 a:%{h} -all"
h A 192.0.2.3
d29 TXT "v=spf1 ip4:192.0.2.0/33 -all"
d30 TXT "v=spf1 x=y ip4:192.0.2.3 ALL"
d31 TXT "v=spf1 include:%{d}.inc.example -all"
d31.example.inc TXT "v=spf1 ip4:192.0.2.3 include:%{o}.inc2.example -all"
d31.example.inc2 TXT "v=spf1 ip4:203.0.113.9 -all"
)";
constexpr int kDomains = 31;
constexpr std::array<std::string_view, 4> kClients{"192.0.2.3", "192.0.2.200", "203.0.113.9",
                                                   "2001:db8::3"};

std::vector<spf::Request> queries() {
  std::vector<spf::Request> result;
  for (int i = 1; i <= kDomains; ++i) {
    for (const auto client : kClients) {
      spf::Request request;
      request.client = *ip::Address::parse(client);
      request.helo = "h.example";
      request.mail_from =
          std::string("bob+alice@d") + (i < 10 ? "0" : "") + std::to_string(i) + ".example";
      result.push_back(std::move(request));
    }
  }
  return result;
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "emltrace-spf-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("other implementations of SPF agree on a zone of thirty domains") {
  const TemporaryFolder folder;
  const auto requests = queries();
  std::ofstream(folder.path() / "zone")
      << "$TTL 300\n. SOA ns. hostmaster. 1 3600 600 86400 120\n. NS ns.\nns. A 127.0.0.1\n"
      << kZone;
  {
    std::ofstream file(folder.path() / "queries");
    for (const auto& request : requests) {
      file << request.client.text() << ' ' << request.mail_from << ' ' << request.helo << '\n';
    }
  }
  const std::string command = test::source_dir() + "/tests/support/spf_witness.sh '" +
                              folder.path().string() + "' 2>'" +
                              (folder.path() / "errors").string() + "'";
  if (std::system(command.c_str()) != 0) {
    std::cerr << "WARNING: no other SPF implementation could be asked:\n";
    for (const auto& line : lines_of(folder.path() / "errors")) std::cerr << "  " << line << '\n';
  }
  test::SpfWorld world(kZone);
  for (const auto* witness : {"spfquery", "pyspf"}) {
    const auto words = lines_of(folder.path() / witness);
    if (words.empty()) {
      std::cerr << "WARNING: " << witness << " is not asked for its opinion on SPF\n";
      continue;
    }
    REQUIRE(words.size() == requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
      INFO(witness << ": " << requests[i].mail_from << " from " << requests[i].client.text());
      CHECK(auth::to_string(world.check(requests[i]).result) == words[i]);
    }
  }
}

}  // namespace
}  // namespace emltrace
