#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "intake/mend/input_lines.hpp"
#include "intake/mend/mend.hpp"
#include "intake/reader.hpp"
#include "message/address.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"
#include "message/received/received.hpp"
#include "support/catch.hpp"
#include "support/damage.hpp"
#include "support/mail.hpp"

using namespace emltrace;
using intake::Mended;

namespace {

std::string or_none(const std::optional<std::string>& value) {
  return value.value_or("-");
}

std::string hop_of(std::string_view body) {
  const Received hop = parse_received(body);
  std::string out = "helo=" + or_none(hop.from.helo);
  out += " ip=" + (hop.from.ip ? hop.from.ip->text() : "-");
  out += " by=" + or_none(hop.by.host) + " id=" + or_none(hop.id);
  return out + " stamp=" + (hop.stamp ? format_rfc3339(hop.stamp->instant) : "-");
}

// What a trace needs of a message, as text.
std::vector<std::string> facts_of(std::string_view text) {
  const Message message = Message::parse(text);
  std::vector<std::string> facts;
  for (const Field* field : message.find_all("received")) facts.push_back(hop_of(field->body));
  if (const Field* from = message.find("from")) {
    const AddressList list = parse_addresses(from->body);
    facts.push_back("From: " + (list.mailboxes.empty() ? "-" : list.mailboxes[0].address()));
  }
  if (const Field* id = message.find("message-id")) {
    facts.push_back("Message-ID: " + unfold(id->body));
  }
  if (const Field* path = message.find("return-path")) {
    facts.push_back("Return-Path: " + or_none(parse_path(path->body)));
  }
  if (const Field* subject = message.find("subject")) {
    facts.push_back("Subject: " + decode_encoded_words(subject->body));
  }
  return facts;
}

std::vector<std::string> facts_after_intake(const std::string& input) {
  intake::Options options;
  options.attached = intake::AttachedMode::never;
  const auto entries = intake::read_bytes("paste", input, options);
  if (const auto* item = std::get_if<intake::Item>(&entries.front())) return facts_of(item->text);
  return {"fault: " + std::get<intake::Fault>(entries.front()).message};
}

bool may_combine(const test::Damage& first, const test::Damage& second) {
  const bool backwards =
      first.stage == test::DamageStage::bytes && second.stage == test::DamageStage::text;
  return !backwards && first.family != second.family;
}

std::string difference(const std::vector<std::string>& clean,
                       const std::vector<std::string>& recovered) {
  for (std::size_t i = 0; i < clean.size(); ++i) {
    if (i >= recovered.size()) return clean[i] + " / missing";
    if (clean[i] != recovered[i]) return clean[i] + " / " + recovered[i];
  }
  return "more was found than there is";
}

}  // namespace

TEST_CASE("each single damage is mended: the same hops and identities as in the clean message") {
  std::size_t tried = 0;
  std::size_t recovered = 0;
  for (const test::Mail& mail : test::clean_mail()) {
    const auto clean = facts_of(mail.bytes);
    for (const test::Damage& damage : test::damages()) {
      const auto found = facts_after_intake(damage.apply(mail.bytes));
      ++tried;
      recovered += found == clean ? 1 : 0;
      if (found != clean) {
        std::cout << "not recovered: " << mail.name << ", " << damage.name << ": "
                  << difference(clean, found) << "\n";
      }
    }
  }
  std::cout << "single damage: " << recovered << " of " << tried << " recovered\n";
  CHECK(tried > 0);
  CHECK(recovered == tried);
}

TEST_CASE("damage in pairs is mended in at least 97 of 100 cases") {
  std::size_t tried = 0;
  std::size_t recovered = 0;
  std::map<std::string, std::set<std::string>> lost;
  // Each pair is done to every seventh message, another seventh each time.
  constexpr std::size_t kStep = 7;
  const auto mails = test::clean_mail();
  std::vector<std::vector<std::string>> clean;
  for (const test::Mail& mail : mails) clean.push_back(facts_of(mail.bytes));
  std::size_t pair = 0;
  for (const test::Damage& first : test::damages()) {
    for (const test::Damage& second : test::damages()) {
      if (!may_combine(first, second)) continue;
      for (std::size_t i = pair++ % kStep; i < mails.size(); i += kStep) {
        const auto found = facts_after_intake(second.apply(first.apply(mails[i].bytes)));
        ++tried;
        recovered += found == clean[i] ? 1 : 0;
        if (found != clean[i]) {
          lost[std::string(first.name) + ", then " + std::string(second.name)].insert(
              mails[i].name + ": " + difference(clean[i], found));
        }
      }
    }
  }
  for (const auto& [kinds, names] : lost) {
    std::cout << "pair not recovered: " << kinds << " (" << names.size() << ", as " << *names.begin()
              << ")\n";
  }
  std::cout << "pairs of damage: " << recovered << " of " << tried << " recovered\n";
  CHECK(tried > 0);
  CHECK(recovered * 100 >= tried * 97);
}

TEST_CASE("a clean message of the project's own is never mended") {
  for (const test::Mail& mail : test::clean_mail()) {
    INFO(mail.name);
    CHECK(intake::mend(mail.bytes).repairs.empty());
  }
}

TEST_CASE("a valid message is never mended, however odd it looks") {
  for (unsigned seed = 0; seed < 20'000; ++seed) {
    const std::string message = test::random_message(seed);
    const Mended mended = intake::mend(message);
    if (!mended.repairs.empty()) {
      INFO(message);
      INFO(mended.repairs[0].code);
      REQUIRE(mended.repairs.empty());
    }
  }
}

TEST_CASE("a mend says its code, its first line, how often, and whether signed bytes may differ") {
  const Mended mended = intake::mend(
      "Dear team,\n\nReceived: from a.example by b.example;\nTue, 22 Mar 2022 16:12:36 +0000\n"
      "From: a@a.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n\nbody\n");
  REQUIRE(mended.repairs.size() == 2);
  CHECK(mended.repairs[0].code == "leading-text");
  CHECK(mended.repairs[0].line == 1);
  CHECK(mended.repairs[0].count == 2);
  CHECK(!mended.repairs[0].touches_signed_bytes);
  CHECK(mended.repairs[1].code == "fold-lost");
  CHECK(mended.repairs[1].line == 4);
  CHECK(mended.repairs[1].count == 1);
  CHECK(mended.repairs[1].touches_signed_bytes);
}

TEST_CASE("places in a mended copy lead back to the bytes of the input") {
  for (const test::Mail& mail : test::clean_mail()) {
    for (const test::Damage& damage : test::damages()) {
      const std::string input = damage.apply(mail.bytes);
      const Mended mended = intake::mend(input);
      const bool wide = damage.name.starts_with("UTF-16");
      const Message message = Message::parse(mended.text);
      for (const Field& field : message.fields()) {
        INFO(mail.name << ", " << damage.name << ", " << field.name);
        const std::size_t offset = mended.places.input_offset(field.offset);
        REQUIRE(offset < input.size());
        const std::size_t first = wide && damage.name == "UTF-16BE" ? offset + 1 : offset;
        CHECK(input[first] == field.name.front());
        const std::size_t line = mended.places.input_line(field.offset, field.line);
        CHECK(line == intake::InputLines(input).line_of(offset));
      }
    }
  }
}

TEST_CASE("an empty line cuts a header only where the first half is no valid message") {
  const std::string trace =
      "Received: from a.example by b.example; Tue, 22 Mar 2022 16:12:36 +0000\n";
  const std::string author = "From: a@a.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n";
  CHECK(!intake::mend(trace + "\n" + author + "\nbody\n").repairs.empty());
  CHECK(intake::mend(trace + author + "\nSubject: x\nTo: y@z.example\n\nbody\n").repairs.empty());
  CHECK(intake::mend(author + "\n" + trace + author + "\nbody\n").repairs.empty());
}

TEST_CASE("text without any header is left as it is") {
  CHECK(intake::mend("Dear all,\n\nthis is a letter.\nIt has no header.\n").repairs.empty());
  CHECK(intake::mend("").repairs.empty());
  CHECK(intake::mend("\n\n\n").repairs.empty());
  CHECK(intake::mend(std::string(100, '\0')).repairs.empty());
}

TEST_CASE("every row of the table of mends has a code of its own and a sentence") {
  std::set<std::string_view> codes;
  for (const intake::MendRow& row : intake::mend_rows()) {
    CHECK(codes.insert(row.code).second);
    CHECK(row.detail.ends_with('.'));
  }
}
