#pragma once

#include <optional>
#include <string>

namespace emltrace {

/// A shared library that few inputs need: it is loaded when the first of these comes, so that
/// start-up pays nothing for it. It stays loaded.
class SharedLibrary {
 public:
  /// `name` is that of the installed file, which names the ABI: `libarchive.so.13`.
  explicit SharedLibrary(const char* name);

  /// Sets `into` to the function of that name, in the library or in one that it stands on; to null
  /// where there is none.
  template <class Function>
  void find(const char* name, Function& into) {
    into = reinterpret_cast<Function>(address_of(name));
  }
  /// Why what needs it cannot be opened: the library could not be loaded, or lacks a function that
  /// `find` asked for. Null where nothing is missing.
  [[nodiscard]] std::optional<std::string> problem() const;

 private:
  void* address_of(const char* function);

  const char* name_;
  void* library_;
  const char* missing_ = nullptr;  ///< the first one
};

}  // namespace emltrace
