#include "auth/arc/arc.hpp"

#include "auth/arc/chain.hpp"
#include "dns/settle.hpp"
#include "fuzz/made_dns.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check_chain(const Message& message) {
  const arc::Chain chain = arc::collect_chain(message);
  expect(chain.links.size() <= static_cast<std::size_t>(arc::kMaxSets), "the sets are bounded");
  int instance = 0;
  for (const arc::Link& link : chain.links) {
    expect(link.instance > instance, "sets stand by instance, each once");
    instance = link.instance;
  }
}

void check_verdict(const arc::Verdict& verdict) {
  expect(verdict.sets.size() <= static_cast<std::size_t>(arc::kMaxSets), "the sets are bounded");
  if (verdict.result != auth::Result::pass) return;
  for (const arc::Set& set : verdict.sets) {
    expect(set.seal == auth::Result::pass, "a chain passes where all of its seals do");
  }
  expect(!verdict.sets.empty() && verdict.sets.back().message_signature == auth::Result::pass,
         "a chain passes where its newest signature does");
}

void run(std::string_view input) {
  const auto [bytes, zone] = split_dns(input);
  const Message message = Message::parse(bytes);
  check_chain(message);
  MadeDns made(zone);
  dns::Known known;
  arc::Verifier verifier(message, {});
  check_verdict(
      dns::settle(known, made, {}, [&](dns::Client& client) { return verifier.verify(client); }));
}

Inputs seeds() {
  Inputs out;
  for (const Sample& sample : samples()) {
    if (Message::parse(sample.message).find("ARC-Seal") != nullptr) {
      out.push_back(join_dns(sample.message, sample.zone));
    }
  }
  return out;
}

const Registration registration({"arc", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
