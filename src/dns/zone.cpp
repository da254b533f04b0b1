#include "dns/zone.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/file.hpp"
#include "dns/wire.hpp"

namespace emltrace::dns {
namespace {

using Records = std::map<DomainName, std::vector<Record>>;

/// The nearest ancestor that exists. Every ancestor of a record's owner is a key, so empty
/// non-terminals exist too.
std::optional<DomainName> closest_encloser(const Records& records, const DomainName& name) {
  auto encloser = name.parent();
  while (encloser && !records.contains(*encloser)) encloser = encloser->parent();
  return encloser;
}

/// RFC 4592 3.3.1: the wildcard below the closest encloser, and no other one.
const std::vector<Record>* find_wildcard(const Records& records,
                                         const std::optional<DomainName>& encloser) {
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

/// RFC 6672 3.2 3C: the DNAME of the closest encloser of a name that is not there.
const Record* find_redirection(const Records& records, const std::optional<DomainName>& encloser) {
  if (!encloser) return nullptr;
  const std::vector<Record>& there = records.at(*encloser);
  const auto found = std::ranges::find(there, Type::dname, &Record::type);
  return found == there.end() ? nullptr : &*found;
}

/// RFC 6672 2.2 and 3.1: the CNAME that a DNAME makes for a name below its owner; null where the
/// new name is too long.
std::optional<Record> make_alias(const Record& redirection, const DomainName& name) {
  const std::size_t kept = name.text().size() - redirection.owner.text().size() - 1;
  const auto target = DomainName::parse_octets(name.text().substr(0, kept + 1) +
                                               std::get<DomainName>(redirection.data).text());
  if (!target) return std::nullopt;
  return Record{name, Type::cname, redirection.ttl, *target};
}

Answer failure(Answer answer, std::string reason) {
  answer.status = Status::failed;
  answer.records.clear();
  answer.reason = std::move(reason);
  return answer;
}

}  // namespace

Result<std::size_t> Zone::add_text(std::string_view text, const std::string& name) {
  auto file = wire::read_master_file(text, name);
  if (!file) return Error{file.error()};
  skipped_ += file->skipped;
  std::size_t added = 0;
  for (wire::Entry& entry : file->entries) {
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
    const Step step = step_from(name, question.type, answer);
    answer.status = step.status;
    if (!step.next) return answer;
    if (!visited.insert(name).second) return failure(std::move(answer), "an alias loop");
    if (visited.size() > kMaxAliases) return failure(std::move(answer), "too many aliases");
    name = *step.next;
  }
}

Zone::Step Zone::step_from(const DomainName& name, Type type, Answer& answer) const {
  const auto found = records_.find(name);
  const auto* records = found != records_.end() ? &found->second : nullptr;
  if (records == nullptr) {
    const auto encloser = closest_encloser(records_, name);
    if (const Record* redirection = find_redirection(records_, encloser)) {
      auto alias = make_alias(*redirection, name);
      if (!alias) return {Status::no_data, std::nullopt};
      answer.records.push_back(std::move(*alias));
      if (type == Type::cname) return {Status::ok, std::nullopt};
      return {Status::pending, std::get<DomainName>(answer.records.back().data)};
    }
    records = find_wildcard(records_, encloser);
  }
  if (records == nullptr) {
    // The reverse tree is cut by address, not by owner: there a file tells what it is asked.
    answer.unheld = name.label_count() > 1 && !records_.contains(name.last_labels(2));
    return {Status::no_such_name, std::nullopt};
  }
  if (take(*records, name, type, answer.records)) return {Status::ok, std::nullopt};
  if (!take(*records, name, Type::cname, answer.records)) return {Status::no_data, std::nullopt};
  return {Status::pending, std::get<DomainName>(answer.records.back().data)};
}

void Zone::fetch(const Question& question, Clock::time_point /*deadline*/, Done done) {
  done(lookup(question));
}

}  // namespace emltrace::dns
