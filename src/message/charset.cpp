#include "message/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxCharsetName = 40;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Alias {
  std::string_view name;  // in mail
  const char* iconv;      // what mail readers take it for
};

// Names that iconv does not know, or whose superset is what writers mean.
constexpr std::array kAliases = {
    Alias{"gb2312", "GB18030"},
    Alias{"gb_2312-80", "GB18030"},
    Alias{"gbk", "GB18030"},
    Alias{"x-gbk", "GB18030"},
    Alias{"cp936", "GB18030"},
    Alias{"ks_c_5601-1987", "CP949"},
    Alias{"ks_c_5601", "CP949"},
    Alias{"ksc5601", "CP949"},
    Alias{"euc-kr", "CP949"},
    Alias{"big5", "BIG5-HKSCS"},
    Alias{"x-x-big5", "BIG5-HKSCS"},
    Alias{"shift_jis", "CP932"},
    Alias{"shift-jis", "CP932"},
    Alias{"x-sjis", "CP932"},
    Alias{"iso-8859-8-i", "ISO-8859-8"},
    Alias{"iso-8859-8-e", "ISO-8859-8"},
    Alias{"x-mac-roman", "MACINTOSH"},
    Alias{"unicode-1-1-utf-7", "UTF-7"},
    Alias{"x-unicode-2-0-utf-7", "UTF-7"},
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

std::string iconv_name(std::string_view name) {
  const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [name](const Alias& row) {
    return text::iequals(row.name, name);
  });
  if (alias != kAliases.end()) return alias->iconv;
  return std::string(name);
}

// The converter used last is kept: a batch meets the same few charsets again and again, and opening
// one loads a module.
class Converter {
 public:
  Converter() = default;
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { close(); }

  bool open(const std::string& charset) {
    if (is_open() && charset == charset_) {
      iconv(handle_, nullptr, nullptr, nullptr, nullptr);
      return true;
    }
    close();
    handle_ = iconv_open("UTF-8", charset.c_str());
    charset_ = charset;
    return is_open();
  }

  std::string convert(std::string_view bytes) {
    std::string out;
    char* in = const_cast<char*>(bytes.data());  // iconv's type; it does not write there
    std::size_t left = bytes.size();
    while (left > 0) {
      const std::size_t done = run(out, &in, &left);
      if (done != static_cast<std::size_t>(-1)) break;
      if (errno == E2BIG) continue;
      out += kReplacement;
      const bool incomplete = errno == EINVAL;
      ++in;
      --left;
      if (incomplete) break;
    }
    run(out, nullptr, nullptr);
    return out;
  }

 private:
  [[nodiscard]] bool is_open() const { return handle_ != kNone; }

  void close() {
    if (is_open()) iconv_close(handle_);
    handle_ = kNone;
  }

  std::size_t run(std::string& out, char** in, std::size_t* left) {
    std::array<char, 1024> buffer;
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(handle_, in, left, &to, &room);
    const int error = errno;
    out.append(buffer.data(), buffer.size() - room);
    errno = error;
    return result;
  }

  inline static const iconv_t kNone = reinterpret_cast<iconv_t>(-1);
  iconv_t handle_ = kNone;
  std::string charset_;
};

}  // namespace

std::optional<std::string> to_utf8(std::string_view bytes, std::string_view charset) {
  if (is_utf8_name(charset)) return text::to_valid_utf8(bytes);
  if (!is_charset_name(charset)) return std::nullopt;
  thread_local Converter converter;
  if (!converter.open(iconv_name(charset))) return std::nullopt;
  return converter.convert(bytes);
}

}  // namespace emltrace
