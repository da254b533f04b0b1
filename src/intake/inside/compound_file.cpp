#include "intake/inside/compound_file.hpp"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <utility>

#include "base/shared_library.hpp"

namespace emltrace::compound_file {
namespace {

constexpr std::string_view kMagic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

// The name under which the ABI of libgsf is installed.
constexpr const char* kLibrary = "libgsf-1.so.114";

// The functions of libgsf, and of the GLib below it, that are used.
struct Gsf {
  decltype(&::gsf_input_memory_new) input_memory_new;
  decltype(&::gsf_infile_msole_new) infile_msole_new;
  decltype(&::gsf_infile_child_by_name) infile_child_by_name;
  decltype(&::gsf_infile_num_children) infile_num_children;
  decltype(&::gsf_infile_name_by_index) infile_name_by_index;
  decltype(&::gsf_infile_get_type) infile_get_type;
  decltype(&::gsf_input_size) input_size;
  decltype(&::gsf_input_read) input_read;
  decltype(&::g_object_unref) object_unref;
  decltype(&::g_type_check_instance_is_a) instance_is_a;
  decltype(&::g_error_free) error_free;
  decltype(&::g_log_set_default_handler) log_set_default_handler;

  /// The library, loaded by the first call.
  static const Result<Gsf>& get();
  /// What `get` gave, where there is a storage and so the library too.
  static const Gsf& loaded() { return *get(); }

  [[nodiscard]] bool is_storage(GsfInput* input) const {
    return instance_is_a(reinterpret_cast<GTypeInstance*>(input), infile_get_type()) != FALSE;
  }
};

// The library tells of each damaged block on standard error; one line of ours is enough. Nothing
// else here uses GLib.
void silence(const Gsf& gsf) {
  gsf.log_set_default_handler([](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
}

Result<Gsf> load() {
  SharedLibrary library(kLibrary);
  Gsf gsf{};
  library.find("gsf_input_memory_new", gsf.input_memory_new);
  library.find("gsf_infile_msole_new", gsf.infile_msole_new);
  library.find("gsf_infile_child_by_name", gsf.infile_child_by_name);
  library.find("gsf_infile_num_children", gsf.infile_num_children);
  library.find("gsf_infile_name_by_index", gsf.infile_name_by_index);
  library.find("gsf_infile_get_type", gsf.infile_get_type);
  library.find("gsf_input_size", gsf.input_size);
  library.find("gsf_input_read", gsf.input_read);
  library.find("g_object_unref", gsf.object_unref);
  library.find("g_type_check_instance_is_a", gsf.instance_is_a);
  library.find("g_error_free", gsf.error_free);
  library.find("g_log_set_default_handler", gsf.log_set_default_handler);
  if (const auto problem = library.problem()) return Error{*problem};
  silence(gsf);
  return gsf;
}

const Result<Gsf>& Gsf::get() {
  static const Result<Gsf> gsf = load();
  return gsf;
}

struct Unref {
  void operator()(void* object) const { Gsf::loaded().object_unref(object); }
};
using InputPointer = std::unique_ptr<GsfInput, Unref>;

}  // namespace

struct Storage::Handle {
  InputPointer input;

  [[nodiscard]] GsfInfile* folder() const { return reinterpret_cast<GsfInfile*>(input.get()); }
};

Storage::Storage(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Storage::Storage(Storage&&) noexcept = default;
Storage& Storage::operator=(Storage&&) noexcept = default;
Storage::~Storage() = default;

bool has_magic(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

Result<Storage> Storage::open(std::string_view bytes) {
  const auto& gsf = Gsf::get();
  if (!gsf) return Error{gsf.error()};
  const InputPointer input(gsf->input_memory_new(reinterpret_cast<const guint8*>(bytes.data()),
                                                 static_cast<gsf_off_t>(bytes.size()), FALSE));
  GError* error = nullptr;
  GsfInfile* root = input ? gsf->infile_msole_new(input.get(), &error) : nullptr;
  if (error != nullptr) gsf->error_free(error);
  if (root == nullptr) return Error{"a damaged OLE2 file: no Outlook message can be read from it"};
  InputPointer owned(reinterpret_cast<GsfInput*>(root));
  return Storage(std::make_unique<Handle>(Handle{std::move(owned)}));
}

std::optional<std::string> Storage::stream(const std::string& name, std::size_t most) const {
  const Gsf& gsf = Gsf::loaded();
  const InputPointer stream(gsf.infile_child_by_name(handle_->folder(), name.c_str()));
  if (!stream) return std::nullopt;
  const gsf_off_t size = gsf.input_size(stream.get());
  if (size <= 0 || static_cast<std::size_t>(size) > most) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const bool read = gsf.input_read(stream.get(), bytes.size(),
                                   reinterpret_cast<guint8*>(bytes.data())) != nullptr;
  return read ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Storage> Storage::storage(const std::string& name) const {
  const Gsf& gsf = Gsf::loaded();
  InputPointer child(gsf.infile_child_by_name(handle_->folder(), name.c_str()));
  if (!child || !gsf.is_storage(child.get())) return std::nullopt;
  return Storage(std::make_unique<Handle>(Handle{std::move(child)}));
}

std::vector<std::string> Storage::names(std::string_view prefix, std::size_t most) const {
  const Gsf& gsf = Gsf::loaded();
  std::vector<std::string> found;
  const int children = gsf.infile_num_children(handle_->folder());
  for (int i = 0; i < children && found.size() < most; ++i) {
    const char* name = gsf.infile_name_by_index(handle_->folder(), i);
    if (name != nullptr && std::string_view(name).starts_with(prefix)) found.emplace_back(name);
  }
  return found;
}

}  // namespace emltrace::compound_file
