#include "intake/container/archive_library.hpp"

#include <dlfcn.h>

#include <string>

namespace emltrace::intake::container {
namespace {

// The name under which the ABI of archive.h is installed.
constexpr const char* kLibrary = "libarchive.so.13";

class Loader {
 public:
  explicit Loader(void* library) : library_(library) {}

  template <class Function>
  void find(const char* name, Function& into) {
    into = reinterpret_cast<Function>(::dlsym(library_, name));
    if (into == nullptr && missing_ == nullptr) missing_ = name;
  }
  /// The first name that the library lacks; null where it lacks none.
  [[nodiscard]] const char* missing() const { return missing_; }

 private:
  void* library_;
  const char* missing_ = nullptr;
};

void find_reading(Loader& loader, ArchiveLibrary& into) {
  loader.find("archive_read_new", into.read_new);
  loader.find("archive_read_free", into.read_free);
  loader.find("archive_read_open", into.read_open);
  loader.find("archive_read_open_memory", into.read_open_memory);
  loader.find("archive_read_next_header", into.read_next_header);
  loader.find("archive_read_data", into.read_data);
  loader.find("archive_read_add_passphrase", into.read_add_passphrase);
  loader.find("archive_read_has_encrypted_entries", into.read_has_encrypted_entries);
  loader.find("archive_error_string", into.error_string);
  loader.find("archive_format", into.format);
  loader.find("archive_entry_filetype", into.entry_filetype);
  loader.find("archive_entry_pathname", into.entry_pathname);
  loader.find("archive_entry_pathname_utf8", into.entry_pathname_utf8);
  loader.find("archive_entry_hardlink", into.entry_hardlink);
  loader.find("archive_entry_is_data_encrypted", into.entry_is_data_encrypted);
}

void find_formats(Loader& loader, ArchiveLibrary& into) {
  loader.find("archive_read_support_filter_gzip", into.filter_gzip);
  loader.find("archive_read_support_filter_bzip2", into.filter_bzip2);
  loader.find("archive_read_support_filter_xz", into.filter_xz);
  loader.find("archive_read_support_filter_zstd", into.filter_zstd);
  loader.find("archive_read_support_filter_lzip", into.filter_lzip);
  loader.find("archive_read_support_filter_lz4", into.filter_lz4);
  loader.find("archive_read_support_filter_compress", into.filter_compress);
  loader.find("archive_read_support_format_tar", into.format_tar);
  loader.find("archive_read_support_format_raw", into.format_raw);
  loader.find("archive_read_support_format_empty", into.format_empty);
  loader.find("archive_read_support_format_zip", into.format_zip);
  loader.find("archive_read_support_format_7zip", into.format_7zip);
  loader.find("archive_read_support_format_rar", into.format_rar);
  loader.find("archive_read_support_format_rar5", into.format_rar5);
  loader.find("archive_read_support_format_cab", into.format_cab);
}

Result<ArchiveLibrary> load() {
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return Error{std::string("needs ") + kLibrary + " to be opened, which cannot be loaded"};
  }
  ArchiveLibrary functions{};
  Loader loader(library);
  find_reading(loader, functions);
  find_formats(loader, functions);
  if (loader.missing() != nullptr) {
    return Error{std::string("needs ") + kLibrary + " to be opened, which lacks " +
                 loader.missing()};
  }
  return functions;
}

}  // namespace

const Result<ArchiveLibrary>& ArchiveLibrary::get() {
  static const Result<ArchiveLibrary> library = load();
  return library;
}

}  // namespace emltrace::intake::container
