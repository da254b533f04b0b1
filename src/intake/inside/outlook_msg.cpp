#include "intake/inside/outlook_msg.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "intake/inside/compound_file.hpp"
#include "intake/inside/mapi.hpp"
#include "intake/inside/outlook_header.hpp"
#include "message/charset.hpp"

namespace emltrace::outlook_msg {
namespace {

using compound_file::Storage;
using mapi::Properties;
namespace tag = mapi::tag;

// Storages of a message object (MS-OXMSG 2.2).
constexpr std::string_view kAttachments = "__attach_version1.0_#";
constexpr std::string_view kRecipients = "__recip_version1.0_#";

// `__substg1.0_`, as the directory of a compound file holds names: in UTF-16.
constexpr std::string_view kPropertyName("_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0000\0_\0", 24);

class Reader {
 public:
  explicit Reader(std::size_t file_bytes) : bytes_left_(file_bytes) {}

  Message message(const Storage& storage, std::size_t depth) {
    const auto owner = depth == 0 ? mapi::Owner::file : mapi::Owner::embedded;
    Properties properties(storage, owner);
    for (const std::uint16_t id : {tag::kInternetCodepage, tag::kMessageCodepage}) {
      if (const auto number = properties.number(id)) properties.set_codepage(*number);
    }
    Message found;
    found.message_class = properties.text(tag::kMessageClass).value_or("");
    found.delivered_at = properties.time(tag::kDeliveryTime);
    found.text = properties.text(tag::kBody, kMaxTextBytes).value_or("");
    found.html = html(properties);
    found.text_unread = found.text.empty() && found.html.empty() &&
                        properties.bytes(tag::kRtfCompressed, mapi::kBinary, kMaxTextBytes);
    found.header = transport_headers(properties);
    if (text::trim(found.header).empty()) {
      found.header = outlook_header::make(properties, recipients(storage, properties.codepage()));
      found.made_of_properties = !found.header.empty();
    }
    for (const std::string& name : objects(storage, kAttachments)) {
      if (auto attached = storage.storage(name)) {
        found.attachments.push_back(attachment(*attached, properties.codepage(), depth));
      }
    }
    return found;
  }

 private:
  // The names of storages; all of one file together are bounded.
  std::vector<std::string> objects(const Storage& storage, std::string_view prefix) {
    auto names = storage.names(prefix, objects_left_);
    objects_left_ -= names.size();
    return names;
  }

  // A header is bytes: stored as a string of 8 bits it is given as it came.
  static std::string transport_headers(const Properties& properties) {
    const auto wide = properties.bytes(tag::kTransportHeaders, mapi::kUnicode, kMaxHeaderBytes);
    std::string header =
        wide ? to_utf8(*wide, "UTF-16LE").value_or("")
             : properties.bytes(tag::kTransportHeaders, mapi::kString8, kMaxHeaderBytes)
                   .value_or("");
    // Some writers count the terminating zero in.
    header.erase(std::find(header.begin(), header.end(), '\0'), header.end());
    return header;
  }

  static std::string html(const Properties& properties) {
    auto bytes = properties.bytes(tag::kHtml, mapi::kBinary, kMaxTextBytes);
    return bytes ? std::move(*bytes) : properties.text(tag::kHtml, kMaxTextBytes).value_or("");
  }

  std::vector<Properties> recipients(const Storage& storage, std::uint32_t codepage) {
    std::vector<Properties> all;
    for (const std::string& name : objects(storage, kRecipients)) {
      auto recipient = storage.storage(name);
      if (!recipient) continue;
      recipients_.push_back(std::make_unique<Storage>(std::move(*recipient)));
      all.emplace_back(*recipients_.back(), mapi::Owner::other).set_codepage(codepage);
    }
    return all;
  }

  Attachment attachment(const Storage& storage, std::uint32_t codepage, std::size_t depth) {
    Properties properties(storage, mapi::Owner::other);
    properties.set_codepage(codepage);
    Attachment found;
    for (const std::uint16_t id :
         {tag::kAttachLongFilename, tag::kAttachFilename, tag::kDisplayName}) {
      if (found.name.empty()) found.name = properties.text(id).value_or("");
    }
    found.type = text::lower(properties.text(tag::kAttachMimeTag).value_or(""));
    found.inline_picture = properties.number(tag::kAttachmentHidden).value_or(0) != 0 ||
                           properties.text(tag::kAttachContentId).has_value();
    if (const auto embedded = storage.storage(mapi::stream_name(tag::kAttachData, mapi::kObject))) {
      if (depth + 1 < kMaxDepth) {
        found.message = std::make_unique<Message>(message(*embedded, depth + 1));
      }
      return found;
    }
    if (auto bytes = properties.bytes(tag::kAttachData, mapi::kBinary, bytes_left_)) {
      bytes_left_ -= bytes->size();
      found.bytes = std::move(*bytes);
    }
    return found;
  }

  std::size_t bytes_left_;
  std::size_t objects_left_ = kMaxObjects;
  std::vector<std::unique_ptr<Storage>> recipients_;  ///< properties look into them
};

}  // namespace

bool is_msg(std::string_view bytes) {
  return compound_file::has_magic(bytes) && bytes.find(kPropertyName) != std::string_view::npos;
}

Result<Message> read(std::string_view bytes) {
  const auto root = Storage::open(bytes);
  if (!root) return Error{root.error()};
  Message found = Reader(bytes.size()).message(*root, 0);
  const bool carries = std::ranges::any_of(
      found.attachments, [](const Attachment& one) { return one.message != nullptr; });
  if (found.header.empty() && !carries) {
    return Error{
        "an OLE2 file without Internet headers (0x007D), author, time or identifier: no mail is in "
        "it"};
  }
  return found;
}

}  // namespace emltrace::outlook_msg
