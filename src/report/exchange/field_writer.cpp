#include "report/exchange/field_writer.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace emltrace::report {

FieldWriters::FieldWriters(const trace::Report& report, const intake::Item& item,
                           const Message& message)
    : report_(report), item_(item), hops_(read_hops(message)) {
  const int border = report.envelope.from_hop.value_or(0);
  if (border >= 1 && static_cast<std::size_t>(border) <= hops_.hops.size()) {
    own_ = trace::find_own_fields(message, hops_.hops[static_cast<std::size_t>(border) - 1]);
  }
}

bool FieldWriters::is_own(const Field& field) const {
  // Who wrote the field of a filter, and that of an account, is told by more than its place.
  const std::size_t line = item_.places.input_line(field.offset, field.line);
  const auto is_it = [&](const auto& told) {
    return told.line == line && text::iequals(told.header, field.name);
  };
  const auto filter = std::ranges::find_if(report_.filters, is_it);
  if (filter != report_.filters.end()) return filter->trusted;
  return own_ && own_->hold(field.offset);
}

bool FieldWriters::is_signed(std::string_view name) const {
  for (std::size_t i = 0; i < report_.dkim.size(); ++i) {
    const dkim::Verdict& signature = report_.dkim[i];
    const auto lists = [&](const std::vector<std::string>& names) {
      return std::ranges::find(names, name) != names.end();
    };
    if (signature.result == auth::Result::pass && !report_.is_partial(i) &&
        lists(signature.signed_headers) && !lists(signature.unsigned_headers)) {
      return true;
    }
  }
  return false;
}

trace::Standing FieldWriters::standing_of(const Field& field) const {
  if (is_own(field)) return trace::Standing::own;
  if (is_signed(text::lower(field.name))) return trace::Standing::corroborated;
  // Hops stand oldest first: the next one below is the newest of those behind the field.
  for (std::size_t i = std::min(hops_.hops.size(), report_.hops.size()); i-- > 0;) {
    if (hops_.hops[i].offset > field.offset) return report_.hops[i].standing;
  }
  return trace::Standing::unverified;
}

}  // namespace emltrace::report
