#include "intake/inside/compound_file.hpp"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <initializer_list>
#include <mutex>
#include <utility>

namespace emltrace::compound_file {
namespace {

constexpr std::string_view kMagic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using InputPointer = std::unique_ptr<GsfInput, Unref>;

// The library tells of each damaged block on standard error; one line of ours is enough.
void silence_library() {
  const auto nothing = [](const char*, GLogLevelFlags, const char*, void*) {};
  const auto all = static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION);
  // Null is the domain of what is built without one, as libgsf is.
  for (const char* domain : std::initializer_list<const char*>{nullptr, "libgsf", "libgsf:msole",
                                                               "GLib", "GLib-GObject"}) {
    g_log_set_handler(domain, all, nothing, nullptr);
  }
}

}  // namespace

struct Storage::Handle {
  InputPointer input;

  [[nodiscard]] GsfInfile* folder() const { return GSF_INFILE(input.get()); }
};

Storage::Storage(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Storage::Storage(Storage&&) noexcept = default;
Storage& Storage::operator=(Storage&&) noexcept = default;
Storage::~Storage() = default;

bool has_magic(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

std::optional<Storage> Storage::open(std::string_view bytes) {
  static std::once_flag silenced;
  std::call_once(silenced, silence_library);
  const InputPointer input(gsf_input_memory_new(reinterpret_cast<const guint8*>(bytes.data()),
                                                static_cast<gsf_off_t>(bytes.size()), FALSE));
  GError* error = nullptr;
  GsfInfile* root = input ? gsf_infile_msole_new(input.get(), &error) : nullptr;
  g_clear_error(&error);
  if (root == nullptr) return std::nullopt;
  return Storage(std::make_unique<Handle>(Handle{InputPointer(GSF_INPUT(root))}));
}

std::optional<std::string> Storage::stream(const std::string& name, std::size_t most) const {
  const InputPointer stream(gsf_infile_child_by_name(handle_->folder(), name.c_str()));
  if (!stream) return std::nullopt;
  const gsf_off_t size = gsf_input_size(stream.get());
  if (size <= 0 || static_cast<std::size_t>(size) > most) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const bool read = gsf_input_read(stream.get(), bytes.size(),
                                   reinterpret_cast<guint8*>(bytes.data())) != nullptr;
  return read ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Storage> Storage::storage(const std::string& name) const {
  InputPointer child(gsf_infile_child_by_name(handle_->folder(), name.c_str()));
  if (!child || !GSF_IS_INFILE(child.get())) return std::nullopt;
  return Storage(std::make_unique<Handle>(Handle{std::move(child)}));
}

std::vector<std::string> Storage::names(std::string_view prefix, std::size_t most) const {
  std::vector<std::string> found;
  const int children = gsf_infile_num_children(handle_->folder());
  for (int i = 0; i < children && found.size() < most; ++i) {
    const char* name = gsf_infile_name_by_index(handle_->folder(), i);
    if (name != nullptr && std::string_view(name).starts_with(prefix)) found.emplace_back(name);
  }
  return found;
}

}  // namespace emltrace::compound_file
