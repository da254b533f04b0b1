// The published DKIM2 cases, where they are at hand: messages of five implementations that share no
// code, each with its zone, its envelope, its clock and the results that the drafts give.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "auth/dkim2/dkim2.hpp"
#include "auth/dkim2/history.hpp"
#include "auth/dkim2/signature_input.hpp"
#include "message/address.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/table.hpp"

namespace emltrace {
namespace {

using Json = nlohmann::json;

const std::string kSuite = test::shared_dir() + "/suites/dkim2/";
constexpr std::size_t kCasesInSuite = 68;

bool suite_is_here() {
  if (std::filesystem::exists(kSuite + "cases.json")) return true;
  std::cerr << "WARNING: the published DKIM2 cases are not run: there is no " << kSuite << '\n';
  return false;
}

std::string read(const std::string& path) {
  std::ifstream in(kSuite + path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

dkim2::Verdict run(const Json& one, const std::string& text) {
  const Message message = Message::parse(text);
  dkim::Options options;
  options.at = options.now = Instant(std::chrono::seconds(one["now"].get<std::int64_t>()));
  dkim2::Delivery delivery;
  if (one["mail_from"].is_string())
    delivery.mail_from = parse_path(one["mail_from"].get<std::string>());
  for (const Json& recipient : one["rcpt_to"]) {
    if (auto path = parse_path(recipient.get<std::string>())) delivery.rcpt_to.push_back(*path);
  }
  dkim2::Verifier verifier(message, options);
  return test::settle_with_zone(
      read(one["zone"]), [&](dns::Client& client) { return verifier.verify(client, delivery); });
}

void check_original(const Json& expected, const dkim2::Verdict& verdict) {
  REQUIRE(verdict.original);
  const auto wanted = [&](const char* name) { return expected.at(name).get<std::string>(); };
  if (expected.contains("subject")) CHECK(verdict.original->subject == wanted("subject"));
  if (expected.contains("from")) CHECK(verdict.original->from == wanted("from"));
  CHECK(verdict.original->body_sha256 == wanted("body_sha256"));
}

}  // namespace

TEST_CASE("the published DKIM2 cases give the results of the drafts", "[dkim2]") {
  if (!suite_is_here()) return;
  const Json cases = Json::parse(read("cases.json"));
  CHECK(cases.size() == kCasesInSuite);
  std::map<std::string, std::size_t> newest;
  for (const Json& one : cases) {
    const auto verdict = run(one, read(one["file"]));
    const std::string result(auth::to_string(verdict.result));
    INFO(one["source"] << ": " << one["name"] << ": " << result << ", " << verdict.detail
                       << "; wanted " << one["accept"] << ", " << one["reason"]);
    const auto accepted = one["accept"].get<std::vector<std::string>>();
    CHECK(std::ranges::count(accepted, result) == 1);
    ++newest[result == one["result"].get<std::string>() ? "as -09" : "as an earlier draft"];
    if (one.contains("original")) check_original(one["original"], verdict);
  }
  std::cerr << "DKIM2 cases: " << newest["as -09"] << " as draft -09 has it, "
            << newest["as an earlier draft"] << " as an earlier one\n";
}

TEST_CASE("what is hashed and signed is what other implementations hash and sign", "[dkim2]") {
  if (!suite_is_here()) return;
  std::size_t compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kSuite + "inputs")) {
    const std::string file = entry.path().filename().string();
    const std::string name = file.substr(0, file.find('.'));
    const std::string part = file.substr(name.size() + 1);
    const std::string bytes = read("inputs/" + file);
    const std::string text = read("messages/" + name + ".eml");
    const Message message = Message::parse(text);
    const dkim2::Chain chain = dkim2::collect_chain(message);
    const std::size_t number = std::stoul(part.substr(1));
    INFO(file);
    if (part.ends_with(".signature")) {
      const auto digests = dkim2::signature_digests(chain, dkim::line_ends_of(message));
      CHECK(digests.at(number - 1) == crypto::digest(crypto::Hash::sha256, bytes));
    } else {
      // The hash of the input is the one that the instance states.
      const dkim2::Instance* instance = chain.instance(number);
      REQUIRE(instance != nullptr);
      const auto& set = instance->hashes.front();
      const std::string hash = crypto::digest(*set.hash, bytes);
      CHECK(hash == (part.ends_with(".header") ? set.header : set.body));
      const auto history = dkim2::read_history(
          chain, dkim2::Recipes(chain), dkim2::State(message, dkim::line_ends_of(message)), true);
      CHECK(history.checks.at(number - 1).header_matches);
      CHECK(history.checks.at(number - 1).body_matches);
    }
    ++compared;
  }
  CHECK(compared == 26);
}

}  // namespace emltrace
