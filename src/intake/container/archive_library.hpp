#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "base/result.hpp"

namespace emltrace::intake::container {

/// The functions of libarchive(3) that are used. Few inputs need them: the library is loaded when
/// the first of these comes, and start-up pays nothing for it.
struct ArchiveLibrary {
  decltype(&::archive_read_new) read_new;
  decltype(&::archive_read_free) read_free;
  decltype(&::archive_read_open) read_open;
  decltype(&::archive_read_open_memory) read_open_memory;
  decltype(&::archive_read_next_header) read_next_header;
  decltype(&::archive_read_data) read_data;
  decltype(&::archive_read_add_passphrase) read_add_passphrase;
  decltype(&::archive_read_has_encrypted_entries) read_has_encrypted_entries;
  decltype(&::archive_error_string) error_string;
  decltype(&::archive_format) format;

  decltype(&::archive_read_support_filter_gzip) filter_gzip;
  decltype(&::archive_read_support_filter_bzip2) filter_bzip2;
  decltype(&::archive_read_support_filter_xz) filter_xz;
  decltype(&::archive_read_support_filter_zstd) filter_zstd;
  decltype(&::archive_read_support_filter_lzip) filter_lzip;
  decltype(&::archive_read_support_filter_lz4) filter_lz4;
  decltype(&::archive_read_support_filter_compress) filter_compress;
  decltype(&::archive_read_support_format_tar) format_tar;
  decltype(&::archive_read_support_format_raw) format_raw;
  decltype(&::archive_read_support_format_empty) format_empty;
  decltype(&::archive_read_support_format_zip) format_zip;
  decltype(&::archive_read_support_format_7zip) format_7zip;
  decltype(&::archive_read_support_format_rar) format_rar;
  decltype(&::archive_read_support_format_rar5) format_rar5;
  decltype(&::archive_read_support_format_cab) format_cab;

  decltype(&::archive_entry_filetype) entry_filetype;
  decltype(&::archive_entry_pathname) entry_pathname;
  decltype(&::archive_entry_pathname_utf8) entry_pathname_utf8;
  decltype(&::archive_entry_hardlink) entry_hardlink;
  decltype(&::archive_entry_is_data_encrypted) entry_is_data_encrypted;

  /// The library, loaded by the first call; the error says why it cannot be. May be called by any
  /// thread.
  [[nodiscard]] static const Result<ArchiveLibrary>& get();
};

}  // namespace emltrace::intake::container
