#pragma once

#include "intake/container/archive_library.hpp"
#include "intake/container/magic.hpp"

namespace emltrace::intake::container {

/// How the library is told of a format.
struct ArchiveSupport {
  Format format;
  bool streamed;  ///< read from front to back; else all of its bytes are needed at once
  /// Exactly one of both: a filter stands for a compressed stream as a whole.
  decltype(ArchiveLibrary::filter_gzip) ArchiveLibrary::* filter;
  decltype(ArchiveLibrary::format_tar) ArchiveLibrary::* reader;
};

/// Null for a format that is no archive.
[[nodiscard]] const ArchiveSupport* find_support(Format format);

}  // namespace emltrace::intake::container
