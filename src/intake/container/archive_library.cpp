#include "intake/container/archive_library.hpp"

#include "base/shared_library.hpp"

namespace emltrace::intake::container {
namespace {

// The name under which the ABI of archive.h is installed.
constexpr const char* kLibrary = "libarchive.so.13";

void find_reading(SharedLibrary& library, ArchiveLibrary& into) {
  library.find("archive_read_new", into.read_new);
  library.find("archive_read_free", into.read_free);
  library.find("archive_read_open", into.read_open);
  library.find("archive_read_open_memory", into.read_open_memory);
  library.find("archive_read_next_header", into.read_next_header);
  library.find("archive_read_data", into.read_data);
  library.find("archive_read_add_passphrase", into.read_add_passphrase);
  library.find("archive_read_has_encrypted_entries", into.read_has_encrypted_entries);
  library.find("archive_error_string", into.error_string);
  library.find("archive_format", into.format);
  library.find("archive_entry_filetype", into.entry_filetype);
  library.find("archive_entry_pathname", into.entry_pathname);
  library.find("archive_entry_pathname_utf8", into.entry_pathname_utf8);
  library.find("archive_entry_hardlink", into.entry_hardlink);
  library.find("archive_entry_is_data_encrypted", into.entry_is_data_encrypted);
}

void find_formats(SharedLibrary& library, ArchiveLibrary& into) {
  library.find("archive_read_support_filter_gzip", into.filter_gzip);
  library.find("archive_read_support_filter_bzip2", into.filter_bzip2);
  library.find("archive_read_support_filter_xz", into.filter_xz);
  library.find("archive_read_support_filter_zstd", into.filter_zstd);
  library.find("archive_read_support_filter_lzip", into.filter_lzip);
  library.find("archive_read_support_filter_lz4", into.filter_lz4);
  library.find("archive_read_support_filter_compress", into.filter_compress);
  library.find("archive_read_support_format_tar", into.format_tar);
  library.find("archive_read_support_format_raw", into.format_raw);
  library.find("archive_read_support_format_empty", into.format_empty);
  library.find("archive_read_support_format_zip", into.format_zip);
  library.find("archive_read_support_format_7zip", into.format_7zip);
  library.find("archive_read_support_format_rar", into.format_rar);
  library.find("archive_read_support_format_rar5", into.format_rar5);
  library.find("archive_read_support_format_cab", into.format_cab);
}

Result<ArchiveLibrary> load() {
  SharedLibrary library(kLibrary);
  ArchiveLibrary functions{};
  find_reading(library, functions);
  find_formats(library, functions);
  if (const auto problem = library.problem()) return Error{*problem};
  return functions;
}

}  // namespace

const Result<ArchiveLibrary>& ArchiveLibrary::get() {
  static const Result<ArchiveLibrary> library = load();
  return library;
}

}  // namespace emltrace::intake::container
