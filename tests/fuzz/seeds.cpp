#include "fuzz/seeds.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text.hpp"
#include "message/message.hpp"
#include "support/paths.hpp"

namespace emltrace::fuzz {
namespace {

namespace fs = std::filesystem;

bool cases_too = false;

std::vector<fs::path> all_files() {
  std::vector<fs::path> out;
  const fs::path own = test::source_dir();
  const fs::path beside = test::shared_dir();
  std::vector<fs::path> folders{own / "samples", own / "tests/support/mail"};
  if (cases_too) {
    for (const char* name : {"cases", "examples", "suites"}) folders.push_back(beside / name);
  }
  for (const fs::path& folder : folders) {
    std::error_code absent;
    for (const auto& entry : fs::recursive_directory_iterator(folder, absent)) {
      if (entry.is_regular_file()) out.push_back(entry.path());
    }
  }
  std::ranges::sort(out);
  return out;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](auto each) { return text::iequals(name, each); });
}

Inputs distinct(const std::set<std::string>& inputs) {
  return {inputs.begin(), inputs.end()};
}

}  // namespace

void add_cases() {
  cases_too = true;
}

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = [] {
    std::vector<Sample> out;
    for (fs::path path : all_files()) {
      if (path.extension() != ".eml") continue;
      std::string message = bytes_of(path);
      out.push_back({std::move(message), bytes_of(path.replace_extension(".zone"))});
    }
    return out;
  }();
  return all;
}

Inputs files(std::initializer_list<std::string_view> endings) {
  Inputs out;
  for (const fs::path& path : all_files()) {
    const std::string name = path.filename().string();
    if (std::ranges::any_of(endings, [&](auto ending) { return name.ends_with(ending); })) {
      out.push_back(bytes_of(path));
    }
  }
  return out;
}

Inputs messages() {
  return files({".eml"});
}

Inputs zones() {
  return files({".zone"});
}

Inputs field_bodies(std::initializer_list<std::string_view> names) {
  std::set<std::string> out;
  for (const Sample& sample : samples()) {
    const Message message = Message::parse(sample.message);
    for (const Field& field : message.fields()) {
      if (is_one_of(field.name, names)) out.emplace(field.body);
    }
  }
  return distinct(out);
}

Inputs messages_with(std::initializer_list<std::string_view> names) {
  Inputs out;
  for (const Sample& sample : samples()) {
    const Message message = Message::parse(sample.message);
    if (std::ranges::any_of(names, [&](auto name) { return message.find(name) != nullptr; })) {
      out.push_back(sample.message);
    }
  }
  return out;
}

const std::vector<dns::wire::Entry>& zone_entries() {
  static const std::vector<dns::wire::Entry> all = [] {
    std::vector<dns::wire::Entry> out;
    for (const std::string& zone : zones()) {
      // Some of the cases are broken on purpose.
      if (auto file = dns::wire::read_master_file(zone, "seed")) {
        std::ranges::move(file->entries, std::back_inserter(out));
      }
    }
    return out;
  }();
  return all;
}

Inputs text_records(std::string_view prefix) {
  std::set<std::string> out;
  for (const dns::wire::Entry& entry : zone_entries()) {
    if (!entry.record) continue;
    const auto* record = std::get_if<dns::Text>(&entry.record->data);
    if (record == nullptr) continue;
    std::string joined;
    for (const std::string& part : record->strings) joined += part;
    if (joined.starts_with(prefix)) out.insert(std::move(joined));
  }
  return distinct(out);
}

}  // namespace emltrace::fuzz
