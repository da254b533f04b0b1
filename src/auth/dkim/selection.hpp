#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auth/dkim/canonical.hpp"

namespace emltrace::dkim {

/// Of field names, without regard to ASCII case.
struct NameHash {
  std::size_t operator()(std::string_view name) const;
};
struct SameName {
  bool operator()(std::string_view a, std::string_view b) const;
};

/// The fields that h= names (RFC 6376 5.4.2), of one header or of many: each further mention of a
/// name takes the next instance upwards, mentions beyond the instances present take none.
class Selection {
 public:
  static constexpr auto kUnnamed = static_cast<std::size_t>(-1);

  /// `names` must outlive it.
  explicit Selection(const std::vector<std::string>& names);

  /// The number of a field's name among those of h=, each counted once; kUnnamed where it is none.
  [[nodiscard]] std::size_t name_of(std::string_view field) const;

  /// The selected of a header whose fields, from the top, have the names of these numbers: in the
  /// order of h=, as indexes into `names`. Linear in both; valid until it is asked again.
  [[nodiscard]] const std::vector<std::size_t>& select(std::span<const std::size_t> names);

 private:
  std::unordered_map<std::string_view, std::size_t, NameHash, SameName> numbers_;
  std::vector<std::size_t> mentions_;  // of h=, by number
  std::vector<std::size_t> lowest_;    // of each name: the lowest field that is left
  std::vector<std::size_t> above_;     // of each field: the next one of its name
  std::vector<std::size_t> selected_;
};

/// The selected fields of one header as indexes into `fields`. `excluded` (the signature field
/// itself) is never taken; pass fields.size() where there is none.
[[nodiscard]] std::vector<std::size_t> select_fields(std::span<const FieldText> fields,
                                                     const std::vector<std::string>& names,
                                                     std::size_t excluded);

}  // namespace emltrace::dkim
