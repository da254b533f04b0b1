#include "auth/dkim2/hashed_fields.hpp"

#include <algorithm>

namespace emltrace::dkim2 {
namespace {

/// A name, or the beginning of names, and which drafts leave it out.
struct Row {
  std::string_view name;
  bool prefix;
  bool by_04, by_06, by_09;
};
constexpr auto kRows = std::to_array<Row>({
    {"apparently-to", false, false, true, true},
    {"arc-", true, true, false, false},
    {"arc-authentication-results", false, true, true, true},
    {"arc-message-signature", false, true, true, true},
    {"arc-seal", false, true, true, true},
    {"authentication-results", false, true, true, true},
    {"auto-submitted", false, false, true, false},
    {"delivered-to", false, true, true, true},
    {"dkim-signature", false, true, true, true},
    {"dkim2-signature", false, true, true, true},
    {"dl-expansion-history", false, false, true, true},
    {"message-instance", false, true, true, true},
    {"original-recipient", false, false, true, true},
    {"received", false, true, true, true},
    {"received-", true, false, true, true},
    {"return-path", false, true, true, true},
    {"sio-label-history", false, false, true, true},
    {"vbr-info", false, false, true, false},
    {"x-", true, true, true, true},
    {"x400-received", false, false, true, true},
    {"x400-trace", false, false, true, true},
});

bool leaves_out(const Row& row, Rules rules) {
  switch (rules) {
    case Rules::draft_09:
      return row.by_09;
    case Rules::draft_06:
      return row.by_06;
    case Rules::draft_04:
      break;
  }
  return row.by_04;
}

}  // namespace

std::string_view to_string(Rules rules) {
  switch (rules) {
    case Rules::draft_09:
      return "09";
    case Rules::draft_06:
      return "06";
    case Rules::draft_04:
      break;
  }
  return "04";
}

bool is_hashed(std::string_view name, Rules rules) {
  return std::ranges::none_of(kRows, [&](const Row& row) {
    return leaves_out(row, rules) && (row.prefix ? name.starts_with(row.name) : name == row.name);
  });
}

}  // namespace emltrace::dkim2
