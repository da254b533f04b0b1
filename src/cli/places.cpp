#include "cli/places.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

namespace emltrace::cli {
namespace {

constexpr std::string_view kStandardInput = "/dev/stdin";
constexpr std::string_view kStandardOutput = "/dev/stdout";

// A device such as /dev/null may be named twice.
bool is_same_file(const std::string& a, const std::string& b) {
  struct stat one{};
  struct stat other{};
  const bool there = ::stat(a.c_str(), &one) == 0;
  if (there != (::stat(b.c_str(), &other) == 0)) return false;
  if (there) {
    return !S_ISCHR(one.st_mode) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
  }
  std::error_code unknown;
  const auto first = std::filesystem::weakly_canonical(a, unknown);
  return !unknown && first == std::filesystem::weakly_canonical(b, unknown) && !unknown;
}

std::vector<std::string> files_read(const Options& options) {
  std::vector<std::string> out = options.input.paths;
  if (out.empty() && !options.input.files_from) out.emplace_back("-");
  out.insert(out.end(), options.zones.begin(), options.zones.end());
  out.insert(out.end(), options.mmdb.begin(), options.mmdb.end());
  for (const auto* path : {&options.input.files_from, &options.replay, &options.psl}) {
    if (*path) out.push_back(**path);
  }
  std::ranges::replace(out, "-", kStandardInput);
  return out;
}

}  // namespace

Outputs::Outputs(const Options& options) {
  if (options.record) places_.push_back({"--record", *options.record});
  if (options.quiet && !options.summary) return;
  places_.push_back({options.output ? "--output" : "standard output",
                     options.output.value_or(std::string(kStandardOutput))});
}

std::optional<std::string> Outputs::clash(const Options& options) const {
  if (places_.size() == 2) {
    const auto& [record, report] = std::pair(places_[0], places_[1]);
    if (is_same_file(record.path, report.path))
      return fmt::format("{} and {} are one file: {}", record.option, report.option, record.path);
  }
  for (const std::string& path : files_read(options)) {
    if (auto found = clash_with_input(path)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> Outputs::clash_with_input(const std::string& path) const {
  for (const Place& place : places_) {
    for (const std::string& file : {path, path.substr(0, path.find('!'))}) {
      if (is_same_file(place.path, file))
        return fmt::format("{}: {} is also read", place.option, file);
    }
  }
  return std::nullopt;
}

}  // namespace emltrace::cli
