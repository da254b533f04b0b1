#include <algorithm>
#include <map>

#include "dkim_check.hpp"
#include "support/catch.hpp"
#include "support/rewriter.hpp"

using namespace emltrace;
using test::Original;
using test::Rewriting;
using test::SigningKey;
using test::SignOptions;

namespace {

// How signers sign: most of them relaxed, some one half or both as simple.
const std::vector<std::string> kCanonicalizations{"relaxed/relaxed", "simple/simple"};

std::string sign(const std::string& message, const std::string& canonicalization) {
  SignOptions options;
  options.canonicalization = canonicalization;
  options.headers = test::signed_fields();
  return test::sign_message(message, SigningKey::rsa(), options);
}

dkim::Verdict verify(const std::string& message) {
  auto how = test::dkim_options();
  how.repair = true;
  return test::verify_first(message, test::key_line(SigningKey::rsa()), how);
}

struct Tally {
  int tried = 0;
  int found = 0;
};

// Calls `each(rewriting, original, canonicalization, verdict)` for each damage that breaks the
// signature; a damage that does not is none.
template <class Each>
void try_all(const std::vector<Rewriting>& rewritings, Each each,
             const std::vector<std::string>& canonicalizations = kCanonicalizations,
             const std::vector<std::string>& names = {}) {
  for (const std::string& canonicalization : canonicalizations) {
    for (const Original& original : test::originals()) {
      if (!names.empty() && std::find(names.begin(), names.end(), original.name) == names.end()) {
        continue;
      }
      const std::string message = sign(original.text, canonicalization);
      REQUIRE(test::word(verify(message)) == "pass");
      for (const Rewriting& rewriting : rewritings) {
        const std::string damaged = rewriting.apply(message);
        if (damaged == message) continue;
        const auto verdict = verify(damaged);
        if (verdict.result == auth::Result::pass) continue;
        each(rewriting, original, canonicalization, verdict);
      }
    }
  }
}

struct Rewritten {
  const Rewriting* rewriting;
  const Original* original;
  std::string canonicalization;
  dkim::Verdict verdict;
};

// All that lists, gateways and relays do to all originals, verified once for all tests.
const std::vector<Rewritten>& rewritten() {
  static const std::vector<Rewritten> kAll = [] {
    std::vector<Rewritten> out;
    try_all(test::rewritings(), [&](const Rewriting& rewriting, const Original& original,
                                    const std::string& canonicalization, const dkim::Verdict& v) {
      out.push_back({&rewriting, &original, canonicalization, v});
    });
    return out;
  }();
  return kAll;
}

bool softens(dkim::Change change) {
  return change == dkim::Change::footer || change == dkim::Change::banner ||
         change == dkim::Change::tag;
}

}  // namespace

TEST_CASE("at least 90 of 100 damages that lists, gateways and relays do are explained") {
  std::map<std::string, Tally> tallies;
  Tally all;
  std::string missed;
  for (const Rewritten& one : rewritten()) {
    Tally& group = tallies[one.rewriting->group];
    const bool found = !one.verdict.verifies_after.empty();
    for (Tally* tally : {&group, &all}) {
      ++tally->tried;
      tally->found += found ? 1 : 0;
    }
    if (found) continue;
    missed += "  " + one.rewriting->group + ": " + one.rewriting->name + " | " +
              one.original->name + " | " + one.canonicalization + "\n";
  }
  std::string table;
  for (const auto& [group, tally] : tallies) {
    table += "  " + group + ": " + std::to_string(tally.found) + " of " +
             std::to_string(tally.tried) + "\n";
  }
  INFO(table << "not explained:\n" << missed);
  CAPTURE(all.found, all.tried);
  CHECK(all.tried >= 900);
  CHECK(all.found * 100 >= all.tried * 90);
  for (const auto& [group, tally] : tallies) {
    CAPTURE(group);
    CHECK(tally.found * 100 >= tally.tried * 70);
  }
}

TEST_CASE("nothing explains a message whose content was changed") {
  int tried = 0;
  try_all(test::falsifications(),
          [&](const Rewriting& rewriting, const Original& original,
              const std::string& canonicalization, const dkim::Verdict& v) {
            CAPTURE(rewriting.name, original.name, canonicalization);
            ++tried;
            CHECK(v.verifies_after == std::vector<std::string>{});
            CHECK_FALSE(v.repair);
          },
          {"relaxed/relaxed"});
  CHECK(tried == 9 * 11);
}

TEST_CASE("nothing explains changed content beside a list's tag, footer or banner") {
  std::vector<Rewriting> both;
  for (const Rewriting& innocent : test::rewritings()) {
    const bool usual = innocent.name == "list tag" || innocent.name == "list footer" ||
                       innocent.name == "Microsoft's table" || innocent.name == "in every part";
    if (!usual) continue;
    for (const Rewriting& guilty : test::falsifications()) {
      both.push_back({guilty.group, guilty.name + " and " + innocent.name,
                      [innocent, guilty](const std::string& message) {
                        const std::string once = guilty.apply(message);
                        return once == message ? message : innocent.apply(once);
                      }});
    }
  }
  int tried = 0;
  try_all(both,
          [&](const Rewriting& rewriting, const Original& original,
              const std::string& canonicalization, const dkim::Verdict& v) {
            CAPTURE(rewriting.name, original.name, canonicalization);
            ++tried;
            CHECK(v.verifies_after == std::vector<std::string>{});
          },
          {"relaxed/relaxed"}, {"plain", "html", "alternative 8bit"});
  CHECK(tried > 100);
}

TEST_CASE("what a stranger put in is never told as a known footer, tag or banner") {
  int found = 0;
  try_all(test::insertions(), [&](const Rewriting& rewriting, const Original& original,
                                  const std::string& canonicalization, const dkim::Verdict& v) {
    CAPTURE(rewriting.name, original.name, canonicalization);
    if (v.verifies_after.empty()) return;
    ++found;
    REQUIRE(v.repair);
    CHECK(std::none_of(v.repair->changes.begin(), v.repair->changes.end(), softens));
  });
  CHECK(found > 50);
}

TEST_CASE("what lists and gateways put in is told by its kind") {
  const std::map<std::string, dkim::Change> kKinds{
      {"list footer", dkim::Change::footer},
      {"groups footer in every part", dkim::Change::footer},
      {"antivirus in every part", dkim::Change::footer},
      {"wrapped with a footer part", dkim::Change::footer},
      {"Microsoft's table", dkim::Change::banner},
      {"in every part", dkim::Change::banner},
      {"lines on top", dkim::Change::banner},
      {"filter's word", dkim::Change::tag},
      {"tag at the end", dkim::Change::tag},
      {"Reply-To", dkim::Change::field_added},
      {"Mailman 3", dkim::Change::author_rewritten},
      {"SafeLinks", dkim::Change::links_rewritten},
      {"8bit to base64", dkim::Change::transfer_encoding},
      {"base64 in lines of 72", dkim::Change::transfer_encoding},
      {"in Message-ID", dkim::Change::fold},
      {"quoted author", dkim::Change::header_form},
  };
  std::map<std::string, int> seen;
  for (const Rewritten& one : rewritten()) {
    const dkim::Verdict& v = one.verdict;
    const auto kind = kKinds.find(one.rewriting->name);
    if (kind == kKinds.end() || v.verifies_after.empty()) continue;
    CAPTURE(one.rewriting->name, one.original->name, one.canonicalization, v.verifies_after);
    ++seen[one.rewriting->name];
    REQUIRE(v.repair);
    CHECK(v.repair->changes.size() == v.verifies_after.size());
    CHECK(std::find(v.repair->changes.begin(), v.repair->changes.end(), kind->second) !=
          v.repair->changes.end());
    CHECK(v.repair->signed_from == std::string("Joe Author <joe@example.org>"));
  }
  CHECK(seen.size() == kKinds.size());
}
