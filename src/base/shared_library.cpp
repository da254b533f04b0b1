#include "base/shared_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace emltrace {
namespace {

// A program that holds its own C library may load none that stands on another.
#ifdef EMLTRACE_STATIC
void* load(const char*) {
  return nullptr;
}
void* look_up(void*, const char*) {
  return nullptr;
}
#else
void* load(const char* name) {
  return ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
}
void* look_up(void* library, const char* function) {
  return ::dlsym(library, function);
}
#endif

}  // namespace

SharedLibrary::SharedLibrary(const char* name) : name_(name), library_(load(name)) {}

void* SharedLibrary::address_of(const char* function) {
  void* found = library_ == nullptr ? nullptr : look_up(library_, function);
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
