#pragma once

#include <cstddef>
#include <string_view>

/// What an input is, told by its first bytes before anything is guessed.
namespace emltrace::intake::container {

/// How the bytes behind a magic number are opened.
enum class Format {
  none,           ///< never a message, and nothing is looked for in it
  compound_file,  ///< OLE2: perhaps an Outlook .msg
  // One compressed stream: of a tar archive, or of one file.
  gzip,
  bzip2,
  xz,
  zstd,
  lzip,
  lz4,
  compress,
  // Archives of files.
  tar,
  zip,
  seven_zip,
  rar,
  rar5,
  cab,
};
[[nodiscard]] constexpr bool is_archive(Format format) {
  return format >= Format::gzip;
}

/// One kind of file.
struct Magic {
  std::string_view bytes;
  std::size_t offset = 0;  ///< at which they stand
  std::string_view name;   ///< for people, with its article: `a ZIP archive`
  Format format = Format::none;
  bool zero_near = false;  ///< and a zero byte stands among the first 16, as in no text
};

/// The kind whose magic number `start`, the first bytes of an input, holds; null where there is
/// none. No message begins as one of them does. kMagicBytes are enough to tell.
[[nodiscard]] const Magic* find_magic(std::string_view start);
inline constexpr std::size_t kMagicBytes = 512;

/// What a text is that was found to hold no header field, by the words it begins with: `an HTML
/// page`, `a property list`; empty where nothing tells.
[[nodiscard]] std::string_view text_kind(std::string_view text);

}  // namespace emltrace::intake::container
