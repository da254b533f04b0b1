#include "message/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxCharsetName = 40;
constexpr const char* kUtf8 = "UTF-8";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Encoding {
  const char* iconv;        // what mail readers take the labels for
  std::string_view labels;  // in mail, lower case, parted by spaces
};

// Labels of the WHATWG Encoding Standard, 4.2, and some that mail has besides, where iconv does not
// know the label or knows a subset of what writers mean by it.
constexpr std::array kEncodings = {
    Encoding{"GB18030",
             "gb2312 gb_2312 gb_2312-80 gbk x-gbk chinese csgb2312 csiso58gb231280 iso-ir-58 cp936 "
             "ms936 windows-936 euc-cn x-euc-cn"},
    Encoding{"BIG5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 windows-950"},
    Encoding{"CP932",
             "shift_jis shift-jis sjis x-sjis csshiftjis ms932 ms_kanji windows-31j x-ms-cp932"},
    Encoding{"EUC-JP-MS", "euc-jp x-euc-jp cseucpkdfmtjapanese"},
    Encoding{"CP949",
             "euc-kr cseuckr ks_c_5601 ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
             "csksc56011987 iso-ir-149 korean windows-949"},
    Encoding{"CP866", "866 ibm866 csibm866"},
    Encoding{"KOI8-R", "koi8-r koi8_r koi8 koi cskoi8r"},
    Encoding{"KOI8-U", "koi8-u koi8-ru"},
    Encoding{"MACINTOSH", "macintosh mac x-mac-roman csmacintosh"},
    Encoding{"CP874", "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11 iso885911"},
    Encoding{"CP1250", "windows-1250 x-cp1250 win-1250"},
    Encoding{"CP1251", "windows-1251 x-cp1251 win-1251"},
    Encoding{"CP1252",
             "windows-1252 x-cp1252 win-1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 "
             "iso_8859-1:1987 iso-ir-100 csisolatin1 latin1 l1 ibm819 cp819"},
    Encoding{"CP1253", "windows-1253 x-cp1253 win-1253"},
    Encoding{"CP1254",
             "windows-1254 x-cp1254 win-1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 "
             "iso_8859-9:1989 iso-ir-148 csisolatin5 latin5 l5"},
    Encoding{"CP1255", "windows-1255 x-cp1255 win-1255"},
    Encoding{"CP1256", "windows-1256 x-cp1256 win-1256"},
    Encoding{"CP1257", "windows-1257 x-cp1257 win-1257"},
    Encoding{"CP1258", "windows-1258 x-cp1258 win-1258"},
    Encoding{"ISO-8859-2", "iso8859-2 iso88592 iso_8859-2:1987 iso-ir-101 csisolatin2 latin2 l2"},
    Encoding{"ISO-8859-3", "iso8859-3 iso88593 iso_8859-3:1988 iso-ir-109 csisolatin3 latin3 l3"},
    Encoding{"ISO-8859-4", "iso8859-4 iso88594 iso_8859-4:1988 iso-ir-110 csisolatin4 latin4 l4"},
    Encoding{"ISO-8859-5",
             "iso8859-5 iso88595 iso_8859-5:1988 iso-ir-144 csisolatincyrillic cyrillic"},
    Encoding{"ISO-8859-6",
             "iso8859-6 iso88596 iso_8859-6:1987 iso-ir-127 csisolatinarabic arabic asmo-708 "
             "ecma-114 iso-8859-6-e iso-8859-6-i csiso88596e csiso88596i"},
    Encoding{"ISO-8859-7",
             "iso8859-7 iso88597 iso_8859-7:1987 iso-ir-126 csisolatingreek greek greek8 ecma-118 "
             "elot_928 sun_eu_greek"},
    Encoding{"ISO-8859-8",
             "iso8859-8 iso88598 iso_8859-8:1988 iso-ir-138 csisolatinhebrew hebrew visual "
             "iso-8859-8-e csiso88598e iso-8859-8-i csiso88598i logical"},
    Encoding{"ISO-8859-10", "iso8859-10 iso885910 iso-ir-157 csisolatin6 latin6 l6"},
    Encoding{"ISO-8859-13", "iso8859-13 iso885913"},
    Encoding{"ISO-8859-14", "iso8859-14 iso885914"},
    Encoding{"ISO-8859-15", "iso8859-15 iso885915 csisolatin9 l9 latin9"},
    Encoding{"UTF-7", "unicode-1-1-utf-7 x-unicode-2-0-utf-7"},
};

bool is_utf8_name(std::string_view name) {
  return text::iequals(name, "utf-8") || text::iequals(name, "utf8") ||
         text::iequals(name, "unicode-1-1-utf-8");
}

// iconv takes options after a slash, and "" for the locale's charset: neither is for the sender.
bool is_charset_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxCharsetName &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return text::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
         });
}

bool has_label(std::string_view labels, std::string_view name) {
  for (std::size_t at = 0; at < labels.size();) {
    const std::size_t end = std::min(labels.find(' ', at), labels.size());
    if (text::iequals(labels.substr(at, end - at), name)) return true;
    at = end + 1;
  }
  return false;
}

std::string iconv_name(std::string_view name) {
  const auto* encoding =
      std::find_if(kEncodings.begin(), kEncodings.end(),
                   [name](const Encoding& row) { return has_label(row.labels, name); });
  return encoding != kEncodings.end() ? std::string(encoding->iconv) : std::string(name);
}

// The converter used last is kept: a batch meets the same few charsets again and again, and opening
// one loads a module.
class Converter {
 public:
  Converter() = default;
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { close(); }

  bool open(const std::string& from, const std::string& to) {
    if (is_open() && from == from_ && to == to_) {
      iconv(*handle_, nullptr, nullptr, nullptr, nullptr);
      return true;
    }
    close();
    iconv_t handle = iconv_open(to.c_str(), from.c_str());
    if (reinterpret_cast<std::intptr_t>(handle) != -1) handle_ = handle;
    from_ = from;
    to_ = to;
    return is_open();
  }

  /// False in `whole` where an ill-formed byte was replaced.
  std::string convert(std::string_view bytes, bool& whole) {
    std::string out;
    whole = true;
    char* in = const_cast<char*>(bytes.data());  // iconv's type; it does not write there
    std::size_t left = bytes.size();
    while (left > 0) {
      const std::size_t done = run(out, &in, &left);
      if (done != static_cast<std::size_t>(-1)) break;
      if (errno == E2BIG) continue;
      out += kReplacement;
      whole = false;
      const bool incomplete = errno == EINVAL;
      ++in;
      --left;
      if (incomplete) break;
    }
    run(out, nullptr, nullptr);
    return out;
  }

 private:
  [[nodiscard]] bool is_open() const { return handle_.has_value(); }

  void close() {
    if (is_open()) iconv_close(*handle_);
    handle_.reset();
  }

  std::size_t run(std::string& out, char** in, std::size_t* left) {
    std::array<char, 1024> buffer;
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(*handle_, in, left, &to, &room);
    const int error = errno;
    out.append(buffer.data(), buffer.size() - room);
    errno = error;
    return result;
  }

  std::optional<iconv_t> handle_;
  std::string from_, to_;
};

struct Converted {
  std::string text;
  bool whole;
};

std::optional<Converted> convert(std::string_view bytes, std::string_view charset) {
  if (is_utf8_name(charset)) return Converted{text::to_valid_utf8(bytes), text::is_utf8(bytes)};
  if (!is_charset_name(charset)) return std::nullopt;
  thread_local Converter converter;
  if (!converter.open(iconv_name(charset), kUtf8)) return std::nullopt;
  Converted out{};
  out.text = converter.convert(bytes, out.whole);
  return out;
}

}  // namespace

std::optional<std::string> to_utf8(std::string_view bytes, std::string_view charset) {
  auto converted = convert(bytes, charset);
  if (!converted) return std::nullopt;
  return std::move(converted->text);
}

std::optional<std::string> from_utf8(std::string_view text, std::string_view charset) {
  if (is_utf8_name(charset)) return std::string(text);
  if (!is_charset_name(charset)) return std::nullopt;
  Converter converter;  // seldom asked for
  if (!converter.open(kUtf8, iconv_name(charset))) return std::nullopt;
  bool whole = true;
  std::string out = converter.convert(text, whole);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> to_utf8_whole(std::string_view bytes, std::string_view charset) {
  auto converted = convert(bytes, charset);
  if (!converted || !converted->whole) return std::nullopt;
  return std::move(converted->text);
}

}  // namespace emltrace
