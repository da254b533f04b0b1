#include "intake/inside/mapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.hpp"
#include "message/charset.hpp"

namespace emltrace::mapi {
namespace {

constexpr const char* kPropertyStream = "__properties_version1.0";
constexpr std::size_t kMaxPropertyBytes = std::size_t{1} << 20;
constexpr std::size_t kEntryBytes = 16;
constexpr std::size_t kValueOffset = 8;
constexpr std::uint16_t kInteger32 = 0x0003;
constexpr std::uint16_t kBoolean = 0x000B;
constexpr std::uint16_t kTime = 0x0040;

// 1601-01-01 to 1970-01-01 (MS-DTYP 2.3.3).
constexpr std::uint64_t kFiletimeEpoch = 11'644'473'600;
constexpr std::uint64_t kFiletimeSecond = 10'000'000;

struct Codepage {
  std::uint32_t number;
  std::string_view charset;
};
// Those whose charset is not `CP` with the number (Windows' code page identifiers).
constexpr std::array kCodepages = std::to_array<Codepage>({
    {10000, "MACINTOSH"},   {20127, "US-ASCII"},    {20866, "KOI8-R"},      {20932, "EUC-JP"},
    {21866, "KOI8-U"},      {28591, "ISO-8859-1"},  {28592, "ISO-8859-2"},  {28593, "ISO-8859-3"},
    {28594, "ISO-8859-4"},  {28595, "ISO-8859-5"},  {28596, "ISO-8859-6"},  {28597, "ISO-8859-7"},
    {28598, "ISO-8859-8"},  {28599, "ISO-8859-9"},  {28603, "ISO-8859-13"}, {28605, "ISO-8859-15"},
    {50220, "ISO-2022-JP"}, {50221, "ISO-2022-JP"}, {50222, "ISO-2022-JP"}, {50225, "ISO-2022-KR"},
    {51932, "EUC-JP"},      {51936, "GB18030"},     {51949, "EUC-KR"},      {54936, "GB18030"},
    {65000, "UTF-7"},       {65001, "UTF-8"},
});

std::string charset_of(std::uint32_t codepage) {
  const auto* row = std::ranges::find(kCodepages, codepage, &Codepage::number);
  return row != kCodepages.end() ? std::string(row->charset) : fmt::format("CP{}", codepage);
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

std::optional<std::string> until_zero(std::string text) {
  // Some writers count the terminating zero in.
  text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

std::string stream_name(std::uint16_t id, std::uint16_t type) {
  return fmt::format("__substg1.0_{:04X}{:04X}", id, type);
}

Properties::Properties(const compound_file::Storage& storage, Owner owner) : storage_(&storage) {
  if (auto stream = storage.stream(kPropertyStream, kMaxPropertyBytes)) {
    entries_ = stream->substr(std::min(static_cast<std::size_t>(owner), stream->size()));
  }
}

std::optional<std::string> Properties::bytes(std::uint16_t id, std::uint16_t type,
                                             std::size_t most) const {
  return storage_->stream(stream_name(id, type), most);
}

std::optional<std::string> Properties::text(std::uint16_t id, std::size_t most) const {
  if (const auto wide = bytes(id, kUnicode, most)) {
    return until_zero(to_utf8(*wide, "UTF-16LE").value_or(""));
  }
  const auto narrow = bytes(id, kString8, most);
  if (!narrow) return std::nullopt;
  return until_zero(to_utf8(*narrow, charset_of(codepage_)).value_or(text::to_valid_utf8(*narrow)));
}

std::optional<std::uint64_t> Properties::fixed(std::uint16_t id, std::uint16_t type) const {
  const std::uint64_t wanted = std::uint64_t{id} << 16U | type;
  const std::string_view all = entries_;
  for (std::size_t at = 0; at + kEntryBytes <= all.size(); at += kEntryBytes) {
    if (little_endian(all.substr(at, 4)) == wanted) {
      return little_endian(all.substr(at + kValueOffset, kEntryBytes - kValueOffset));
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Properties::number(std::uint16_t id) const {
  auto value = fixed(id, kInteger32);
  if (!value) value = fixed(id, kBoolean);
  return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

std::optional<Instant> Properties::time(std::uint16_t id) const {
  const auto value = fixed(id, kTime);
  if (!value || *value / kFiletimeSecond < kFiletimeEpoch) return std::nullopt;
  const std::chrono::seconds since(
      static_cast<std::int64_t>(*value / kFiletimeSecond - kFiletimeEpoch));
  const Instant instant(since);
  return instant <= kLastInstant ? std::optional(instant) : std::nullopt;
}

}  // namespace emltrace::mapi
