#include "trace/side_lines.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::trace {

std::vector<SideLine> read_side_lines(const Message& message) {
  static constexpr std::string_view kNames[] = {
      "X-Received",      "X-Originating-IP", "Delivered-To",         "X-Original-To",
      "X-Forwarded-For", "X-Forwarded-To",   "X-Google-Smtp-Source", "X-Sender-IP"};
  std::vector<SideLine> lines;
  for (const Field& field : message.fields()) {
    const bool named =
        std::any_of(std::begin(kNames), std::end(kNames),
                    [&](std::string_view name) { return text::iequals(field.name, name); });
    if (!named && !text::istarts_with(field.name, "Resent-")) continue;
    lines.push_back({field.line, std::string(field.name), unfold(field.body)});
    if (lines.size() == kMaxSideLines) break;
  }
  return lines;
}

}  // namespace emltrace::trace
