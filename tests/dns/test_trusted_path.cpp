#include "dns/known.hpp"
#include "dns/trusted_path.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Source;

namespace {

/// Says that the server at that address vouches, or does not.
class Voucher final : public Source {
 public:
  Voucher(std::string server, bool vouches) : server_(std::move(server)), vouches_(vouches) {}
  void fetch(const dns::Question& /*question*/, Clock::time_point /*deadline*/,
             Done done) override {
    Answer answer;
    answer.status = dns::Status::no_data;
    answer.server = server_;
    answer.authenticated = vouches_;
    done(std::move(answer));
  }
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "replay"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {server_}; }

 private:
  std::string server_;
  bool vouches_;
};

bool believed(const std::string& server, bool vouches, bool trust_all) {
  Voucher voucher(server, vouches);
  dns::TrustedPath path(voucher, trust_all);
  bool authenticated = false;
  path.fetch({*emltrace::DomainName::parse("a.example"), dns::Type::a}, Source::Clock::now(),
             [&](const Answer& a) { authenticated = a.authenticated; });
  path.run();
  CHECK(path.mode() == "replay");
  CHECK(path.servers() == std::vector<std::string>{server});
  return authenticated;
}

}  // namespace

TEST_CASE("the AD bit counts from a resolver on a loopback address, from another where told so") {
  for (const char* near : {"127.0.0.1:53", "127.0.0.53:53", "[::1]:5353"}) {
    CAPTURE(near);
    CHECK(believed(near, true, false));
    CHECK_FALSE(believed(near, false, false));
    CHECK_FALSE(believed(near, false, true));
  }
  for (const char* far : {"192.0.2.1:53", "10.0.0.1:53", "[2001:db8::1]:53", "[fe80::1%eth0]:53",
                          "", "128.0.0.1:53"}) {
    CAPTURE(far);
    CHECK_FALSE(believed(far, true, false));
    CHECK(believed(far, true, true));
  }
}
