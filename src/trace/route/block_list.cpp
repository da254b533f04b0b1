#include "trace/route/block_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "trace/route/block_list_rows.hpp"

namespace emltrace::trace {
namespace {

using block_list_rows::Answers;
using block_list_rows::Code;
using block_list_rows::Holds;
using block_list_rows::kLists;
using block_list_rows::List;
using block_list_rows::octets;
using block_list_rows::Sense;

constexpr std::size_t kMaxCodes = 20;

const List* row_of(const DomainName& zone) {
  for (const List& list : kLists) {
    for (const std::string_view word : text::words(list.zones)) {
      if (zone.is_within(*DomainName::parse(word))) return &list;
    }
  }
  return nullptr;
}

/// What a set of answers says.
struct Reading {
  bool listed = false;
  std::vector<std::string> meanings;
  std::string problem;  ///< where it says nothing of what was asked
};

void note(Reading& reading, std::string_view meaning) {
  if (std::ranges::find(reading.meanings, meaning) == reading.meanings.end())
    reading.meanings.emplace_back(meaning);
}

void read_bits(const List& list, std::uint32_t value, Reading& reading) {
  for (const Code& code : list.codes) {
    if (code.sense == Sense::error && value == code.first) {
      reading.problem = code.meaning;
      return;
    }
    if (code.sense == Sense::listed && (value & code.first) != 0) note(reading, code.meaning);
  }
  reading.listed = true;
}

void read_value(const List* list, std::uint32_t value, Reading& reading) {
  if (list != nullptr && list->answers == Answers::bits && value <= octets(0, 0, 255)) {
    read_bits(*list, value, reading);
    return;
  }
  if (list != nullptr) {
    const auto code = std::ranges::find_if(
        list->codes, [&](const Code& c) { return c.first <= value && value <= c.last; });
    if (code != list->codes.end() && code->sense == Sense::error) {
      reading.problem = code->meaning;
      return;
    }
    if (code != list->codes.end()) note(reading, code->meaning);
  }
  if (value == octets(0, 0, 1) || value >= octets(255, 255, 0)) {
    reading.problem = "the list refuses to answer this resolver";
  } else {
    reading.listed = true;
  }
}

Reading read_answers(const List* list, const std::vector<ip::Address>& answers) {
  Reading reading;
  for (const ip::Address& answer : answers) {
    const auto bytes = answer.bytes();
    if (!answer.is_v4() || bytes[0] != 127) {
      reading.problem = fmt::format(
          "it answered {}, which is no answer of a block list: a wildcard, or a resolver that "
          "answers by itself",
          answer.text());
      return reading;
    }
    read_value(list, octets(bytes[1], bytes[2], bytes[3]), reading);
  }
  return reading;
}

std::string no_answer(const dns::Answer& answer) {
  if (answer.pending()) return "not answered yet";
  if (answer.unheld) return "the file of answers holds nothing of this list";
  return answer.reason.empty() ? std::string(dns::to_string(answer.status)) : answer.reason;
}

bool is_open(const dns::Answer& answer) {
  return answer.pending() || answer.error() || answer.unheld;
}

/// One question to a list.
class Asked {
 public:
  Asked(dns::Client& client, const List* list, const DomainName& zone, std::string_view labels)
      : name_(zone.with_prefix(labels)) {
    if (!name_) {
      reading_.problem = "the name is too long to be asked";
      return;
    }
    answer_ = &client.ask({*name_, dns::Type::a});
    if (is_open(*answer_)) {
      reading_.problem = no_answer(*answer_);
    } else {
      reading_ = read_answers(list, answer_->addresses());
    }
  }
  [[nodiscard]] const Reading& reading() const { return reading_; }
  [[nodiscard]] const std::string& problem() const { return reading_.problem; }
  [[nodiscard]] bool listed() const { return reading_.listed; }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    if (answer_ == nullptr) return out;
    for (const ip::Address& address : answer_->addresses()) {
      if (out.size() < kMaxCodes) out.push_back(address.text());
    }
    std::ranges::sort(out);
    return out;
  }
  [[nodiscard]] std::optional<std::string> reason(dns::Client& client) const {
    if (!listed() || !problem().empty()) return std::nullopt;
    const auto texts = client.ask({*name_, dns::Type::txt}).texts();
    if (texts.empty()) return std::nullopt;
    return std::string(text::head_of(texts.front(), kMaxListReason));
  }

 private:
  std::optional<DomainName> name_;
  const dns::Answer* answer_ = nullptr;
  Reading reading_;
};

Listing listing_of(dns::Client& client, const DomainName& zone, std::string subject,
                   const Asked& asked, const std::string& broken) {
  Listing listing;
  listing.zone = zone.text();
  listing.subject = std::move(subject);
  listing.codes = asked.codes();
  if (!asked.problem().empty() || !broken.empty()) {
    listing.problem = asked.problem().empty() ? broken : asked.problem();
    return listing;
  }
  listing.listed = asked.listed();
  if (!asked.reading().meanings.empty())
    listing.meaning = text::join(asked.reading().meanings, "; ");
  listing.reason = asked.reason(client);
  return listing;
}

struct TestEntries {
  std::string_view listed;
  std::string_view unlisted;
};
constexpr TestEntries kTestsV4{"2.0.0.127", "1.0.0.127"};
constexpr TestEntries kTestsV6{"2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
                               "1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"};

/// What is wrong with a list of addresses; empty where nothing is.
std::string fault_of(dns::Client& client, const List* list, const DomainName& zone, bool v4) {
  const Asked listed(client, list, zone, kTestsV4.listed);
  const Asked unlisted(client, list, zone, kTestsV4.unlisted);
  if (!listed.problem().empty()) return listed.problem();
  bool alive = listed.listed();
  bool wild = !unlisted.codes().empty();
  if (!v4) {
    alive = Asked(client, list, zone, kTestsV6.listed).listed() || alive;
    wild = !Asked(client, list, zone, kTestsV6.unlisted).codes().empty() || wild;
  }
  if (wild) return "the list is broken: it lists 127.0.0.1";
  if (!alive) return "the list is broken or gone: it does not list 127.0.0.2";
  return unlisted.problem();
}

}  // namespace

bool is_list_of_names(const DomainName& zone) {
  const List* list = row_of(zone);
  return list != nullptr && list->holds == Holds::names;
}

Listing ask_block_list(dns::Client& client, const DomainName& zone, const ip::Address& address) {
  const List* list = row_of(zone);
  const Asked asked(client, list, zone, address.reverse_labels());
  return listing_of(client, zone, address.text(), asked,
                    fault_of(client, list, zone, address.is_v4()));
}

Listing ask_block_list(dns::Client& client, const DomainName& zone, const DomainName& name) {
  const List* list = row_of(zone);
  const Asked asked(client, list, zone, name.text());
  const Asked invalid(client, list, zone, "invalid");
  std::string fault = invalid.problem();
  if (invalid.listed()) fault = "the list is broken: it lists the name `invalid`";
  if (fault.empty() && !asked.listed()) {
    const std::string_view test =
        list != nullptr && !list->test_name.empty() ? list->test_name : "test";
    if (!Asked(client, list, zone, test).listed())
      fault = "the list does not hold its test entry, so its silence says nothing";
  }
  return listing_of(client, zone, name.text(), asked, fault);
}

}  // namespace emltrace::trace
