#include "intake/container/archive_support.hpp"

#include <algorithm>
#include <array>

#include "intake/container/archive.hpp"

namespace emltrace::intake::container {
namespace {

constexpr std::array kSupport = std::to_array<ArchiveSupport>({
    {Format::gzip, true, &ArchiveLibrary::filter_gzip, nullptr},
    {Format::bzip2, true, &ArchiveLibrary::filter_bzip2, nullptr},
    {Format::xz, true, &ArchiveLibrary::filter_xz, nullptr},
    {Format::zstd, true, &ArchiveLibrary::filter_zstd, nullptr},
    {Format::lzip, true, &ArchiveLibrary::filter_lzip, nullptr},
    {Format::lz4, true, &ArchiveLibrary::filter_lz4, nullptr},
    {Format::compress, true, &ArchiveLibrary::filter_compress, nullptr},
    {Format::tar, true, nullptr, &ArchiveLibrary::format_tar},
    {Format::zip, false, nullptr, &ArchiveLibrary::format_zip},
    {Format::seven_zip, false, nullptr, &ArchiveLibrary::format_7zip},
    {Format::rar, false, nullptr, &ArchiveLibrary::format_rar},
    {Format::rar5, false, nullptr, &ArchiveLibrary::format_rar5},
    {Format::cab, false, nullptr, &ArchiveLibrary::format_cab},
});

}  // namespace

const ArchiveSupport* find_support(Format format) {
  const auto* found = std::ranges::find(kSupport, format, &ArchiveSupport::format);
  return found == kSupport.end() ? nullptr : found;
}

bool is_streamed(Format format) {
  const ArchiveSupport* support = find_support(format);
  return support != nullptr && support->streamed;
}

}  // namespace emltrace::intake::container
