#pragma once

#include <string>
#include <utility>
#include <vector>

namespace emltrace::test {

/// How an archive is written. The names are those of libarchive(3).
struct ArchiveStyle {
  std::string format = "zip";  ///< `zip`, `7zip`, `ustar`, `raw`
  std::string filter;          ///< `gzip`, `bzip2`, `xz`, `zstd`, `lzip`, `lz4`, `compress`
  std::string options;         ///< `zip:encryption=aes256`
  std::string password;
};

/// The bytes of an archive with these files, name and content.
std::string make_archive(const ArchiveStyle& style,
                         const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace emltrace::test
