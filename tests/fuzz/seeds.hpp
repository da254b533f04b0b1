#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dns/wire.hpp"
#include "fuzz/target.hpp"

/// What fuzzing starts from: the messages and zones of `samples/` and of the tests.
namespace emltrace::fuzz {

/// The cases beside the project count too, where there are any. Before anything else of this file.
void add_cases();

struct Sample {
  std::string message;
  std::string zone;  ///< empty where none belongs to it
};
[[nodiscard]] const std::vector<Sample>& samples();

/// The bytes of the files whose names end with one of `endings` (`.zone`).
[[nodiscard]] Inputs files(std::initializer_list<std::string_view> endings);
[[nodiscard]] Inputs messages();
[[nodiscard]] Inputs zones();

/// The bodies of the fields of these names, folded as they stand, each distinct one once.
[[nodiscard]] Inputs field_bodies(std::initializer_list<std::string_view> names);
/// Messages that hold a field of one of these names.
[[nodiscard]] Inputs messages_with(std::initializer_list<std::string_view> names);

/// What the master files hold.
[[nodiscard]] const std::vector<dns::wire::Entry>& zone_entries();
/// The TXT records that begin with `prefix`, each distinct one once.
[[nodiscard]] Inputs text_records(std::string_view prefix);

}  // namespace emltrace::fuzz
