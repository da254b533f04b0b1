#include "base/shared_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace emltrace {

SharedLibrary::SharedLibrary(const char* name)
    : name_(name), library_(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}

void* SharedLibrary::address_of(const char* function) {
  void* found = library_ == nullptr ? nullptr : ::dlsym(library_, function);
  if (found == nullptr && missing_ == nullptr) missing_ = function;
  return found;
}

std::optional<std::string> SharedLibrary::problem() const {
  if (library_ == nullptr)
    return fmt::format("needs {} to be opened, which cannot be loaded", name_);
  if (missing_ != nullptr)
    return fmt::format("needs {} to be opened, which lacks {}", name_, missing_);
  return std::nullopt;
}

}  // namespace emltrace
