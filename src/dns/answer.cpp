#include "dns/answer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace emltrace::dns {
namespace {

struct StatusRow {
  Status status;
  std::string_view word;
};

constexpr std::array kStatuses = {
    StatusRow{Status::ok, "ok"},
    StatusRow{Status::no_data, "no-data"},
    StatusRow{Status::no_such_name, "no-such-name"},
    StatusRow{Status::failed, "failed"},
    StatusRow{Status::timed_out, "timed-out"},
    StatusRow{Status::refused, "refused"},
    StatusRow{Status::pending, "pending"},
};

/// The data of the records of any of `types`, in order.
template <class Data>
std::vector<Data> data_of(const std::vector<Record>& records, std::initializer_list<Type> types) {
  std::vector<Data> found;
  for (const Record& record : records) {
    if (std::find(types.begin(), types.end(), record.type) == types.end()) continue;
    if (const auto* data = std::get_if<Data>(&record.data)) found.push_back(*data);
  }
  return found;
}

}  // namespace

std::string_view to_string(Status status) {
  for (const StatusRow& row : kStatuses) {
    if (row.status == status) return row.word;
  }
  return "failed";
}

std::optional<Status> parse_status(std::string_view word) {
  for (const StatusRow& row : kStatuses) {
    if (row.word == word) return row.status;
  }
  return std::nullopt;
}

std::vector<ip::Address> Answer::addresses() const {
  return data_of<ip::Address>(records, {Type::a, Type::aaaa});
}

std::vector<DomainName> Answer::names() const {
  return data_of<DomainName>(records, {Type::ptr});
}

std::vector<MailExchange> Answer::exchanges() const {
  std::multimap<std::uint16_t, MailExchange> by_preference;
  for (auto& exchange : data_of<MailExchange>(records, {Type::mx})) {
    by_preference.emplace(exchange.preference, std::move(exchange));
  }
  std::vector<MailExchange> sorted;
  for (auto& [preference, exchange] : by_preference) sorted.push_back(std::move(exchange));
  return sorted;
}

std::vector<std::string> Answer::texts() const {
  std::vector<std::string> joined;
  for (const Text& text : data_of<Text>(records, {Type::txt, Type::spf})) {
    std::string& whole = joined.emplace_back();
    for (const std::string& part : text.strings) whole += part;
  }
  return joined;
}

}  // namespace emltrace::dns
