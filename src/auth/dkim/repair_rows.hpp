#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "auth/dkim/damaged.hpp"
#include "auth/dkim/variant.hpp"

/// The rows of trial repair: each tries to undo one kind of damage. To add one is one row.
namespace emltrace::dkim {

struct HeaderRepair {
  std::string_view code;
  std::vector<HeaderVariant> (*variants)(const Damaged& damaged, const HeaderVariant& from);
};
struct BodyRepair {
  std::string_view code;
  std::vector<BodyVariant> (*variants)(const Damaged& damaged, const BodyVariant& from);
};

/// Cheapest and most usual first.
[[nodiscard]] std::span<const HeaderRepair> header_repairs();
[[nodiscard]] std::span<const BodyRepair> body_repairs();

/// True where bare CR or LF stand beside the line ends of the message.
[[nodiscard]] bool has_stray_line_ends(const Message& message);

/// A multipart body taken apart by its outermost boundary. Views look into the body.
struct Parts {
  struct Part {
    std::size_t delimiter;     ///< offset of the line of its delimiter
    std::string_view header;   ///< its fields, with their line ends
    std::string_view content;  ///< without the line end that belongs to the next delimiter
  };
  std::vector<Part> parts;
  std::size_t closing = 0;  ///< offset of the line of the closing delimiter
  bool closed = false;
};
inline constexpr std::size_t kMaxParts = 100;
/// No parts where the message is no multipart or its boundary is never met.
[[nodiscard]] Parts cut_parts(const Damaged& damaged, std::string_view body);
/// The field `name` in a part's header, with its line ends; empty if none.
[[nodiscard]] std::string_view part_field(const Parts::Part& part, std::string_view name);

}  // namespace emltrace::dkim
