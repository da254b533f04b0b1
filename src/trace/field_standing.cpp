#include "trace/field_standing.hpp"

#include <algorithm>

namespace emltrace::trace {

FieldStanding::FieldStanding(const Report& report, const Message& message)
    : report_(report),
      message_(message),
      hops_(read_hops(message)),
      signatures_(message, report),
      writers_(message, hops_.hops, report.boundary, signatures_) {}

std::size_t FieldStanding::index_of(const Field& field) const {
  return static_cast<std::size_t>(&field - message_.fields().data());
}

bool FieldStanding::is_own(const Field& field) const {
  return writers_.is_own(index_of(field));
}

bool FieldStanding::is_signed_at(std::size_t field) const {
  return signatures_.any_signer(field, [](const DomainName&) { return true; });
}

bool FieldStanding::is_signed(std::string_view name) const {
  const auto fields = message_.find_all(name);
  return !fields.empty() && std::ranges::all_of(fields, [this](const Field* field) {
    return is_signed_at(index_of(*field));
  });
}

Standing FieldStanding::of(const Field& field) const {
  if (is_own(field)) return Standing::own;
  if (is_signed_at(index_of(field))) return Standing::corroborated;
  // Hops stand oldest first: the next one below is the newest of those behind the field.
  for (std::size_t i = std::min(hops_.hops.size(), report_.hops.size()); i-- > 0;) {
    if (hops_.hops[i].offset > field.offset) return report_.hops[i].standing;
  }
  return Standing::unverified;
}

}  // namespace emltrace::trace
