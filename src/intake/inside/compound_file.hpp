#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// A compound file (OLE2, MS-CFB): streams in storages, as in a file system.
namespace emltrace::compound_file {

/// True for the first bytes of one.
[[nodiscard]] bool has_magic(std::string_view bytes);

/// A storage. It looks into the bytes given to open(), which must outlive it. Reading never fails
/// otherwise than by null: a damaged block ends a stream.
class Storage {
 public:
  /// The root of the file; an error where the bytes are no compound file or too damaged to be one,
  /// or where libgsf, which is loaded by the first call, cannot be. May be called by any thread.
  [[nodiscard]] static Result<Storage> open(std::string_view bytes);
  Storage(Storage&&) noexcept;
  Storage& operator=(Storage&&) noexcept;
  ~Storage();

  /// The bytes of a stream; null where there is none of that name, or it is empty, damaged or
  /// longer than `most`.
  [[nodiscard]] std::optional<std::string> stream(const std::string& name, std::size_t most) const;
  /// A storage in it; null where there is none of that name.
  [[nodiscard]] std::optional<Storage> storage(const std::string& name) const;
  /// Names of the storages in it that begin with `prefix`, in the order of the file, `most` of
  /// them.
  [[nodiscard]] std::vector<std::string> names(std::string_view prefix, std::size_t most) const;

 private:
  struct Handle;
  explicit Storage(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace emltrace::compound_file
