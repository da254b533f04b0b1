#include "intake/maker.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "intake/container/csv_export.hpp"
#include "intake/container/json_export.hpp"
#include "intake/container/magic.hpp"
#include "intake/inside/compound_file.hpp"

namespace emltrace::intake {
namespace {

constexpr std::size_t kBinarySample = 8'192;

// Hashes of an empty body (RFC 6376 3.4.3 and 3.4.4): a signature that holds one of them says
// that the body was empty, and not left out of a paste.
constexpr std::array kEmptyBodyHashes = std::to_array<std::string_view>({
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=",
    "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "uoq1oCgLlTqpdDX/iUbLy7J1Wic=",
});

bool has_empty_body_hash(std::string_view header) {
  const std::string packed = text::without_space(header);
  return std::ranges::any_of(kEmptyBodyHashes, [&](auto hash) {
    return packed.find("bh=" + std::string(hash)) != std::string::npos;
  });
}

// The number of a part, as seen from the outermost message.
std::string part_of(const Origin& origin, const std::string& number) {
  return (origin.part ? *origin.part + "." : "") + number;
}

Repair outlook_properties() {
  return {std::string(kOutlookProperties), 1, 1, true,
          "The file holds no header as it came by mail: one was made of what Outlook knows."};
}

}  // namespace

void Maker::fault(const Origin& origin, std::string why, Fault::Kind kind) {
  if (origin.part) {
    return;  // the message that holds it is traced: nothing was lost
  }
  if (origin.in_mbox) {
    why = "message " + std::to_string(origin.index) + ": " + why;
    kind = Fault::Kind::unread;
  }
  out_.emplace_back(Fault{origin.path, std::move(why), kind});
}

bool Maker::is_headers(const Item& item, const HeaderBlock& block, const Origin& origin) const {
  using survey::Extent;
  if (origin.extent == Extent::headers || options_.input == InputKind::headers) {
    return true;
  }
  if (origin.in_mbox || origin.extent == Extent::whole || options_.input == InputKind::message) {
    return false;
  }
  const bool blank_body = text::trim(item.text.substr(block.next)).empty();
  return !block.closed || (blank_body && !has_empty_body_hash(item.text.substr(0, block.end)));
}

bool Maker::refuse(const Item& item, const HeaderBlock& block, const Origin& origin) {
  if (text::trim(item.text).empty()) {
    fault(origin, "is empty", Fault::Kind::no_message);
    return true;
  }
  if (block.mail > 0) {
    return false;
  }
  const bool binary = item.text.substr(0, kBinarySample).find('\0') != std::string_view::npos;
  const std::string_view kind = container::text_kind(item.original);
  fault(origin,
        !kind.empty() ? "is " + std::string(kind)
        : binary      ? "is a binary file, not a message"
                      : "holds no header field",
        Fault::Kind::no_message);
  return true;
}

std::optional<Item> Maker::read_item(Chunk chunk, const Origin& origin) {
  Mended mended = origin.as_it_is ? Mended{} : mend(chunk.bytes);
  return read_item(std::move(chunk), origin, std::move(mended));
}

std::optional<Item> Maker::read_item(Chunk chunk, const Origin& origin, Mended mended) {
  Item item;
  item.path = item.file = origin.path;
  item.index = origin.index;
  item.part = origin.part;
  item.base_offset = origin.offset;
  item.wrapper = origin.wrapper;
  item.original = item.text = chunk.bytes;
  item.storage = chunk.storage;
  item.repairs = origin.unpacked;
  if (!mended.repairs.empty()) {
    std::ranges::move(mended.repairs, std::back_inserter(item.repairs));
    item.places = std::move(mended.places);
    const Chunk copy = Chunk::own(std::move(mended.text), chunk.storage);
    item.text = copy.bytes;
    item.storage = copy.storage;
  }
  const HeaderBlock block = scan_header_block(item.text, 0);
  if (refuse(item, block, origin)) {
    return std::nullopt;
  }
  item.kind = is_headers(item, block, origin) ? Kind::headers : Kind::message;
  return item;
}

void Maker::make_exported(const Chunk& chunk, const Origin& origin, container::Export found) {
  if (found.messages.empty()) {
    fault(origin, "is JSON, and no message is in it", Fault::Kind::no_message);
  } else if (!found.complete) {
    fault(origin, "cannot be read to its end: it is damaged as JSON or as a table");
  }
  for (std::size_t i = 0; i < found.messages.size(); ++i) {
    container::Exported& message = found.messages[i];
    Origin inner = origin;
    inner.index = i + 1;
    inner.offset = origin.offset + message.offset;
    ++inner.depth;
    if (message.verbatim) {
      inner.unpacked = {std::move(message.repair)};
      make(Chunk::own(std::move(message.text), chunk.storage), inner);
    } else {
      inner.extent = survey::Extent::headers;
      Mended mended{
          std::move(message.text), {std::move(message.repair)}, std::move(message.places)};
      auto item = read_item({chunk.bytes.substr(message.offset, message.length), chunk.storage},
                            inner, std::move(mended));
      if (item) out_.emplace_back(std::move(*item));
    }
  }
}

// Takes what is told by its first bytes to be no text of a message.
bool Maker::divert(const Chunk& chunk, const Origin& origin) {
  if (compound_file::has_magic(chunk.bytes)) {
    make_outlook(chunk, origin);
    return true;
  }
  if (origin.in_mbox || origin.depth > 0) {
    return false;
  }
  if (const auto* kind = container::find_magic(chunk.bytes)) {
    fault(origin, "is " + std::string(kind->name), Fault::Kind::no_message);
    return true;
  }
  auto found = container::read_export(chunk.bytes);
  if (!found) found = container::read_csv(chunk.bytes);
  if (!found) return false;
  make_exported(chunk, origin, std::move(*found));
  return true;
}

void Maker::make(Chunk chunk, const Origin& origin) {
  if (divert(chunk, origin)) {
    return;
  }
  auto item = read_item(std::move(chunk), origin);
  if (!item) {
    return;
  }
  attached::Content content;
  if (item->kind == Kind::message && options_.attached != AttachedMode::never) {
    content = attached::look_into(item->text);
  }
  const auto storage = item->storage;
  place(std::move(item), origin, std::move(content), storage);
}

void Maker::make_outlook(const Chunk& chunk, const Origin& origin) {
  const auto message = outlook_msg::read(chunk.bytes);
  if (!message) {
    // A document of Office is such a file too, and no damaged message.
    const bool other =
        compound_file::Storage::open(chunk.bytes) && !outlook_msg::is_msg(chunk.bytes);
    fault(origin, message.error(), other ? Fault::Kind::no_message : Fault::Kind::unread);
    return;
  }
  make_outlook(*message, chunk.storage, origin);
}

void Maker::make_outlook(const outlook_msg::Message& message,
                         const std::shared_ptr<const void>& storage, const Origin& origin) {
  std::optional<Item> item;
  if (!message.header.empty()) {
    Origin own = origin;
    own.extent = survey::Extent::headers;
    own.as_it_is = message.made_of_properties;
    item = read_item(Chunk::own(message.header, storage), own);
  }
  if (item && message.made_of_properties) {
    item->repairs.insert(item->repairs.begin(), outlook_properties());
    if (message.delivered_at && !item->wrapper.arrival_date) {
      item->wrapper.arrival_date = format_rfc3339(*message.delivered_at);
    }
  }
  attached::Content content;
  if (!item || options_.attached != AttachedMode::never) {
    content = attached::look_into(message);
  }
  place(std::move(item), origin, std::move(content), storage);
}

// Traces what is attached to `outer` (null where nothing of it can be traced itself), and returns
// what could not be.
std::vector<Untraced> Maker::expand(const Item* outer, const Origin& origin,
                                    attached::Content& content,
                                    const std::shared_ptr<const void>& storage) {
  std::vector<Untraced> missed;
  for (std::size_t i = 0; i < content.messages.size(); ++i) {
    survey::Attached& message = content.messages[i];
    Origin inner;
    inner.path = origin.path;
    inner.index = origin.index;
    inner.part = part_of(origin, message.number);
    inner.extent = message.extent;
    inner.depth = origin.depth + 1;
    inner.wrapper = content.facts[i];
    const std::size_t before = out_.size();
    if (message.embedded != nullptr) {
      make_outlook(*message.embedded, storage, inner);
    } else if (message.decoded) {
      make(Chunk::own(std::move(*message.decoded), storage), inner);
    } else {
      const auto start = static_cast<std::size_t>(message.bytes.data() - outer->text.data());
      inner.offset = outer->base_offset + outer->places.input_offset(start);
      make({message.bytes, storage}, inner);
    }
    if (out_.size() == before) missed.push_back({message.number, Untraced::Why::unreadable});
  }
  return missed;
}

// Traces the message, those attached to it, or both, and notes what is not.
void Maker::place(std::optional<Item> outer, const Origin& origin, attached::Content content,
                  const std::shared_ptr<const void>& storage) {
  const bool automatic = options_.attached == AttachedMode::automatic;
  const bool wanted = options_.attached == AttachedMode::all ||
                      (automatic && (attached::stands_for_its_messages(content.wrapper) || !outer));
  const bool deep = origin.depth >= attached::kMaxDepth;
  std::vector<Untraced> missed = std::move(content.unread);
  if (!wanted || deep) {
    for (const survey::Attached& message : content.messages) {
      missed.push_back({message.number, deep              ? Untraced::Why::too_deep
                                        : message.in_text ? Untraced::Why::in_text
                                                          : Untraced::Why::not_asked});
    }
  }
  const std::size_t first = out_.size();
  if (outer && !automatic) out_.emplace_back(*outer);
  if (wanted && !deep) {
    for (Untraced& one : expand(outer ? &*outer : nullptr, origin, content, storage)) {
      missed.push_back(std::move(one));
    }
  }
  if (out_.size() == first && outer) out_.emplace_back(std::move(*outer));
  if (out_.size() == first) {
    fault(origin, "an Outlook message without a header, and none that is attached has one");
    return;
  }
  for (Untraced& one : missed) {
    one.part = part_of(origin, one.part);
    std::get<Item>(out_[first]).untraced.push_back(std::move(one));
  }
}

}  // namespace emltrace::intake
