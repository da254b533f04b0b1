#include "intake/outlook_msg.hpp"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "message/charset.hpp"

namespace emltrace::outlook_msg {
namespace {

constexpr std::string_view kMagic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

// Stream names of a property: __substg1.0_ + property + type (MS-OXMSG 2.2.1.1).
constexpr const char* kUnicodeHeaders = "__substg1.0_007D001F";
constexpr const char* kAnsiHeaders = "__substg1.0_007D001E";
constexpr std::string_view kAttachmentStorage = "__attach_version1.0_#";
constexpr const char* kEmbeddedMessage = "__substg1.0_3701000D";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using InputPointer = std::unique_ptr<GsfInput, Unref>;
using FolderPointer = std::unique_ptr<GsfInfile, Unref>;

std::string read_stream(GsfInfile* folder, const char* name) {
  const InputPointer stream(gsf_infile_child_by_name(folder, name));
  if (!stream) {
    return {};
  }
  const gsf_off_t size = gsf_input_size(stream.get());
  if (size <= 0 || static_cast<std::size_t>(size) > kMaxHeaderBytes) {
    return {};
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const bool read = gsf_input_read(stream.get(), bytes.size(),
                                   reinterpret_cast<guint8*>(bytes.data())) != nullptr;
  return read ? bytes : std::string();
}

std::string transport_headers(GsfInfile* message) {
  const std::string unicode = read_stream(message, kUnicodeHeaders);
  std::string headers = unicode.empty() ? read_stream(message, kAnsiHeaders)
                                        : to_utf8(unicode, "UTF-16LE").value_or(std::string());
  // Some writers count the terminating zero in.
  headers.erase(std::find(headers.begin(), headers.end(), '\0'), headers.end());
  return headers;
}

class Collector {
 public:
  void enter(GsfInfile* message, int depth) {
    const std::string headers = transport_headers(message);
    if (depth == 0) {
      found.own = headers;
    } else if (!headers.empty()) {
      found.attached.push_back(headers);
    }
    const int children = depth < kMaxDepth ? gsf_infile_num_children(message) : 0;
    for (int i = 0; i < children && looked_at_ < kMaxStorages; ++i) {
      const char* name = gsf_infile_name_by_index(message, i);
      if (name != nullptr && std::string_view(name).starts_with(kAttachmentStorage)) {
        ++looked_at_;
        enter_attachment(message, i, depth);
      }
    }
  }
  Headers found;

 private:
  void enter_attachment(GsfInfile* message, int index, int depth) {
    const InputPointer storage(gsf_infile_child_by_index(message, index));
    if (!storage || !GSF_IS_INFILE(storage.get())) {
      return;
    }
    const InputPointer embedded(
        gsf_infile_child_by_name(GSF_INFILE(storage.get()), kEmbeddedMessage));
    if (embedded && GSF_IS_INFILE(embedded.get())) {
      enter(GSF_INFILE(embedded.get()), depth + 1);
    }
  }
  int looked_at_ = 0;
};

// The library tells of each damaged block on standard error; one line of ours is enough.
void silence_library() {
  const auto nothing = [](const char*, GLogLevelFlags, const char*, void*) {};
  const auto all = static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION);
  for (const char* domain : {"libgsf", "libgsf:msole", "GLib", "GLib-GObject"}) {
    g_log_set_handler(domain, all, nothing, nullptr);
  }
}

}  // namespace

bool looks_like_msg(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

Result<Headers> read_headers(std::string_view bytes) {
  static std::once_flag silenced;
  std::call_once(silenced, silence_library);
  const InputPointer input(gsf_input_memory_new(reinterpret_cast<const guint8*>(bytes.data()),
                                                static_cast<gsf_off_t>(bytes.size()), FALSE));
  GError* error = nullptr;
  const FolderPointer root(input ? gsf_infile_msole_new(input.get(), &error) : nullptr);
  if (!root) {
    g_clear_error(&error);
    return Error{"a damaged OLE2 file: no Outlook message can be read from it"};
  }
  Collector collector;
  collector.enter(root.get(), 0);
  if (collector.found.own.empty() && collector.found.attached.empty()) {
    return Error{"an OLE2 file without Internet headers (0x007D): never sent by SMTP, or no .msg"};
  }
  return std::move(collector.found);
}

}  // namespace emltrace::outlook_msg
