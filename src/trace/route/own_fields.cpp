#include "trace/route/own_fields.hpp"

#include "base/text.hpp"
#include "message/results/recorded.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

bool is_result_field(const Field& field) {
  return text::iequals(field.name, "Authentication-Results") ||
         text::iequals(field.name, "Received-SPF") || text::istarts_with(field.name, "ARC-");
}

// What a provider puts around its results: no field of RFC 5322, and no signature of a sender.
bool may_stand_before(const Field& field) {
  return text::istarts_with(field.name, "X-") || text::iequals(field.name, "Return-Path");
}

// In the name of the host that wrote the border's line, or of its organization.
bool bears_name_of(const Field& field, const Hop& border) {
  if (text::istarts_with(field.name, "ARC-")) return true;
  const auto id = authserv_id_of(field);
  const auto& by = border.received.by.host;
  return id && by && (text::iequals(*id, *by) || related(host_name(id), host_name(by)));
}

std::size_t end_of_block_below(const Message& message, const Hop& border) {
  std::size_t end = border.offset;
  bool began = false;
  for (const Field& field : message.fields()) {
    if (field.offset <= border.offset) continue;
    if (is_result_field(field) && bears_name_of(field, border)) {
      began = true;
      end = field.offset + field.raw.size();
    } else if (began || !may_stand_before(field)) {
      break;
    }
  }
  return end;
}

// X-CM-TRANSID repeats the id of the line by which Coremail took the message in.
std::optional<std::size_t> appended_results(const Message& message, const Hop& border) {
  const auto& id = border.received.id;
  if (!id) return std::nullopt;
  for (const Field* field : message.find_all("X-CM-TRANSID")) {
    if (field->offset > border.offset && unfold(field->body) == *id) return field->offset;
  }
  return std::nullopt;
}

}  // namespace

OwnFields find_own_fields(const Message& message, const Hop& border) {
  OwnFields own{border.offset, std::nullopt};
  switch (results_place(border.received)) {
    case ResultsPlace::above:
      break;
    case ResultsPlace::right_below:
      own.until = end_of_block_below(message, border);
      break;
    case ResultsPlace::at_end:
      own.appended_from = appended_results(message, border);
      break;
  }
  return own;
}

}  // namespace emltrace::trace
