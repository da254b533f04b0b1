#include "support/archives.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace emltrace::test {
namespace {

la_ssize_t append(struct archive* /*archive*/, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void must(struct archive* archive, int status) {
  if (status != ARCHIVE_OK) throw std::runtime_error(archive_error_string(archive));
}

void add(struct archive* archive, const std::string& name, const std::string& bytes) {
  struct archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, name.c_str());
  const bool folder = name.ends_with('/');
  archive_entry_set_filetype(entry, folder ? AE_IFDIR : AE_IFREG);
  archive_entry_set_perm(entry, folder ? 0755 : 0644);
  archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
  must(archive, archive_write_header(archive, entry));
  if (archive_write_data(archive, bytes.data(), bytes.size()) < 0) {
    throw std::runtime_error(archive_error_string(archive));
  }
  archive_entry_free(entry);
}

}  // namespace

std::string make_archive(const ArchiveStyle& style,
                         const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  struct archive* archive = archive_write_new();
  must(archive, archive_write_set_format_by_name(archive, style.format.c_str()));
  if (!style.filter.empty()) {
    must(archive, archive_write_add_filter_by_name(archive, style.filter.c_str()));
  }
  if (!style.options.empty())
    must(archive, archive_write_set_options(archive, style.options.c_str()));
  if (!style.password.empty()) {
    must(archive, archive_write_set_passphrase(archive, style.password.c_str()));
  }
  must(archive, archive_write_set_bytes_in_last_block(archive, 1));
  must(archive, archive_write_open(archive, &out, nullptr, &append, nullptr));
  for (const auto& [name, bytes] : files) add(archive, name, bytes);
  must(archive, archive_write_close(archive));
  archive_write_free(archive);
  return out;
}

}  // namespace emltrace::test
