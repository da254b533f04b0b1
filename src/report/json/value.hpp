#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ip.hpp"
#include "report/escape.hpp"
#include "trace/report.hpp"

/// How single values become JSON, and the parts of the report that are put together from them.
namespace emltrace::report::json {

using Json = nlohmann::ordered_json;

[[nodiscard]] inline Json value(std::string_view text) {
  return for_json(text);
}
[[nodiscard]] inline Json value(Instant instant) {
  return format_rfc3339(instant);
}
[[nodiscard]] inline Json value(const ip::Address& address) {
  return address.text();
}

/// Null where there is none.
template <class T>
[[nodiscard]] Json value(const std::optional<T>& optional) {
  if (!optional) return nullptr;
  if constexpr (requires { value(*optional); }) {
    return value(*optional);
  } else {
    return *optional;
  }
}

/// Null where the text is empty: for texts that say "unknown" that way.
[[nodiscard]] inline Json filled(std::string_view text) {
  return text.empty() ? Json(nullptr) : value(text);
}

/// A reverse-path: `<>` for the null path, which is known and empty.
[[nodiscard]] inline Json path(const std::optional<std::string>& address) {
  if (!address) return nullptr;
  return address->empty() ? Json("<>") : value(*address);
}

[[nodiscard]] inline Json list(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const auto& text : texts) out.push_back(value(text));
  return out;
}

/// Bytes as they were, with a `NAME_base64` twin where JSON cannot hold them.
inline void put_raw(Json& object, const std::string& name, std::string_view bytes) {
  object[name] = value(bytes);
  if (auto twin = base64_twin(bytes)) object[name + "_base64"] = *std::move(twin);
}

[[nodiscard]] Json input(const trace::Report& report);
[[nodiscard]] Json headers(const Headers& headers);
[[nodiscard]] Json envelope(const trace::Envelope& envelope);
[[nodiscard]] Json hop(const trace::TracedHop& hop);
/// `skew_s` is null where there is nothing to compare with.
[[nodiscard]] Json hop_clock(const trace::HopClock& clock);
[[nodiscard]] Json origin(const trace::Origin& origin);

[[nodiscard]] Json spf(const spf::Verdict& verdict);
/// `alignment` is null where DMARC could not compare the domain.
[[nodiscard]] Json dkim(const dkim::Verdict& verdict, std::optional<auth::Alignment> alignment);
[[nodiscard]] Json arc(const arc::Verdict& verdict);
[[nodiscard]] Json dmarc(const dmarc::Verdict& verdict);
[[nodiscard]] Json recorded(const trace::RecordedComparison& comparison);

}  // namespace emltrace::report::json
