#include "dns/zone.hpp"

#include <set>
#include <utility>

#include "base/file.hpp"
#include "dns/wire.hpp"

namespace emltrace::dns {
namespace {

using Records = std::map<DomainName, std::vector<Record>>;

/// RFC 4592 3.3.1: the wildcard below the closest encloser, the nearest ancestor that exists, and
/// no other one. Every ancestor of a record's owner is a key, so empty non-terminals exist too.
const std::vector<Record>* find_wildcard(const Records& records, const DomainName& name) {
  auto encloser = name.parent();
  while (encloser && !records.contains(*encloser)) encloser = encloser->parent();
  const auto wildcard = encloser ? encloser->with_prefix("*") : DomainName::parse("*");
  if (!wildcard) return nullptr;
  const auto found = records.find(*wildcard);
  return found == records.end() ? nullptr : &found->second;
}

/// Copies the records of one type to `out`, owned by the name that was asked for.
bool take(const std::vector<Record>& records, const DomainName& owner, Type type,
          std::vector<Record>& out) {
  bool any = false;
  for (const Record& record : records) {
    if (record.type != type) continue;
    out.push_back(record);
    out.back().owner = owner;
    any = true;
  }
  return any;
}

Answer failure(Answer answer, std::string reason) {
  answer.status = Status::failed;
  answer.records.clear();
  answer.reason = std::move(reason);
  return answer;
}

}  // namespace

Result<std::size_t> Zone::add_text(std::string_view text, const std::string& name) {
  auto entries = wire::read_master_file(text, name);
  if (!entries) return Error{entries.error()};
  std::size_t added = 0;
  for (wire::Entry& entry : *entries) {
    for (auto ancestor = entry.owner.parent(); ancestor; ancestor = ancestor->parent()) {
      if (!records_.try_emplace(*ancestor).second) break;
    }
    auto& records = records_[entry.owner];
    if (!entry.record) continue;
    records.push_back(std::move(*entry.record));
    ++added;
  }
  return added;
}

Result<std::size_t> Zone::add_file(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return Error{text.error()};
  return add_text(*text, path);
}

Answer Zone::lookup(const Question& question) const {
  Answer answer;
  DomainName name = question.name;
  std::set<DomainName> visited;
  while (true) {
    const auto found = records_.find(name);
    const auto* records = found != records_.end() ? &found->second : find_wildcard(records_, name);
    if (records == nullptr) {
      answer.status = Status::no_such_name;
      // The reverse tree is cut by address, not by owner: there a file tells what it is asked.
      answer.unheld = name.label_count() > 1 && !records_.contains(name.last_labels(2));
      return answer;
    }
    if (take(*records, name, question.type, answer.records)) {
      answer.status = Status::ok;
      return answer;
    }
    if (!take(*records, name, Type::cname, answer.records)) {
      answer.status = Status::no_data;
      return answer;
    }
    if (!visited.insert(name).second) return failure(std::move(answer), "an alias loop");
    if (visited.size() > kMaxAliases) return failure(std::move(answer), "too many aliases");
    name = std::get<DomainName>(answer.records.back().data);
  }
}

void Zone::fetch(const Question& question, Clock::time_point /*deadline*/, Done done) {
  done(lookup(question));
}

}  // namespace emltrace::dns
