#include "report/json/values.hpp"

#include "report/escape.hpp"

namespace emltrace::report::json {

void write(Writer& out, Instant instant) {
  out.value(format_rfc3339(instant));
}

void write(Writer& out, const ip::Address& address) {
  out.value(address.text());
}

std::optional<std::string_view> filled(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string_view> path(const std::optional<std::string>& address) {
  if (!address) return std::nullopt;
  return address->empty() ? std::string_view("<>") : std::string_view(*address);
}

std::optional<Instant> instant(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return date->instant;
}

std::string twin_of(std::string_view name) {
  return std::string(name) + "_base64";
}

void raw_member(Writer& out, std::string_view name, std::string_view bytes) {
  out.member(name, bytes);
  if (const auto twin = base64_twin(bytes)) out.member(twin_of(name), *twin);
}

void filled_raw_member(Writer& out, std::string_view name, std::string_view bytes) {
  if (bytes.empty()) {
    out.member(name, nullptr);
  } else {
    raw_member(out, name, bytes);
  }
}

}  // namespace emltrace::report::json
