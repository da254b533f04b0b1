#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "intake/reader.hpp"

namespace emltrace::test {

/// All that a reader gives.
struct Readings {
  std::vector<intake::Item> items;
  std::vector<intake::Fault> faults;

  [[nodiscard]] std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const auto& item : items) paths.push_back(item.path);
    return paths;
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const auto& fault : faults) lines.push_back(fault.path + ": " + fault.message);
    return lines;
  }
  void add(std::variant<intake::Item, intake::Fault> entry) {
    if (auto* item = std::get_if<intake::Item>(&entry)) {
      items.push_back(std::move(*item));
    } else {
      faults.push_back(std::get<intake::Fault>(std::move(entry)));
    }
  }
};

inline Readings read_all(const intake::Options& options) {
  Readings all;
  intake::Reader reader(options);
  while (auto entry = reader.next()) all.add(std::move(*entry));
  return all;
}

inline Readings read_in_memory(const std::string& path, const std::string& bytes,
                               const intake::Options& options = {}) {
  Readings all;
  for (auto& entry : intake::read_bytes(path, bytes, options)) all.add(std::move(entry));
  return all;
}

}  // namespace emltrace::test
