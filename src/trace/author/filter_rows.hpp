#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trace/author/filter_verdict.hpp"

/// Inside of the filters: the tables.
namespace emltrace::trace {

/// What one value means. Of several rows the first that fits counts.
struct CodeRow {
  std::string_view name;  ///< of the value; `*` stands for any text; letter case does not count
  /// Alternatives parted by '|': a word (letter case does not count, `*` stands for any text), or
  /// `2..4`, the whole numbers from the one to the other.
  std::string_view codes;
  std::string_view meaning;
  std::optional<FilterVerdict> verdict = std::nullopt;
  bool outbound = false;  ///< the filter spoke of mail that it sent out
};

struct FilterRow;

/// What a field says, as its row reads it.
class FilterReading {
 public:
  explicit FilterReading(const FilterRow& row);

  /// Adds a value with the meaning and the verdict of the row's codes. Empty ones and those beyond
  /// kMaxFilterValues are left out.
  void add(std::string_view name, std::string_view value);
  /// Adds a value of which the reader itself knows what it means.
  void add(std::string_view name, std::string_view value, std::optional<std::string> meaning,
           std::optional<FilterVerdict> verdict = std::nullopt);
  /// Another vendor's field of the same name.
  void set_vendor(std::string_view vendor) { vendor_ = vendor; }
  /// The field is none of the row's: its name is another's too.
  void refuse() { refused_ = true; }

  [[nodiscard]] const FilterRow& row() const { return row_; }
  [[nodiscard]] bool refused() const { return refused_; }
  [[nodiscard]] bool outbound() const { return outbound_; }
  [[nodiscard]] std::string_view vendor() const { return vendor_; }
  [[nodiscard]] std::vector<FilterValue>& values() { return values_; }
  [[nodiscard]] const std::optional<FilterVerdict>& verdict() const { return verdict_; }

 private:
  const FilterRow& row_;
  std::string_view vendor_;
  bool outbound_;
  bool refused_ = false;
  std::vector<FilterValue> values_;
  std::optional<FilterVerdict> verdict_;
};

/// Reads the unfolded body of a field.
using FilterShape = void (*)(std::string_view text, FilterReading& out);

/// The fields of one form of one vendor.
struct FilterRow {
  /// Names in lower case, parted by blanks; `*` stands for any text. A whole name wins over one
  /// with a `*`.
  std::string_view fields;
  std::string_view vendor;
  FilterShape read;
  std::string_view name = {};  ///< of the value, where the field gives it none
  std::span<const CodeRow> codes = {};
  bool outbound = false;  ///< the sending side's filter writes it, about what it sends
};

/// The first row of `codes` that fits; null if none.
[[nodiscard]] const CodeRow* find_code(std::span<const CodeRow> codes, std::string_view name,
                                       std::string_view value);

[[nodiscard]] std::span<const FilterRow> microsoft_filter_rows();
/// Filters that anybody may run.
[[nodiscard]] std::span<const FilterRow> open_filter_rows();
/// Commercial gateways: Proofpoint to Kaspersky.
[[nodiscard]] std::span<const FilterRow> gateway_filter_rows();
/// Filters that providers buy: Vade to Cloudmark.
[[nodiscard]] std::span<const FilterRow> service_filter_rows();
[[nodiscard]] std::span<const FilterRow> mailbox_filter_rows();

}  // namespace emltrace::trace
