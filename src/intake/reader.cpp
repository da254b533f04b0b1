#include "intake/reader.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "intake/inside/attached.hpp"
#include "intake/inside/compound_file.hpp"
#include "intake/inside/outlook_msg.hpp"
#include "intake/mbox.hpp"
#include "intake/mend/mend.hpp"
#include "intake/storage.hpp"
#include "message/header_block.hpp"

namespace emltrace::intake {
namespace {

using Entry = std::variant<Item, Fault>;

constexpr std::size_t kMaxPipedMessage = std::size_t{512} << 20;
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

// What one message was found as.
struct Origin {
  std::string path;
  std::size_t index = 1;
  std::size_t offset = 0;  ///< in the input
  std::optional<std::string> part;
  bool in_mbox = false;
  bool escaped = false;
  /// How much of a message it is; a part that was told by its content is looked at again.
  survey::Extent extent = survey::Extent::unknown;
  WrapperFacts wrapper;
  std::size_t depth = 0;
  bool as_it_is = false;  ///< a header of our own making: there is nothing to mend
};

// The number of a part, as seen from the outermost message.
std::string part_of(const Origin& origin, const std::string& number) {
  return (origin.part ? *origin.part + "." : "") + number;
}

Repair outlook_properties() {
  return {std::string(kOutlookProperties), 1, 1, true,
          "The file holds no header as it came by mail: one was made of what Outlook knows."};
}

// Turns the bytes of one message into items: mends it, and looks into it for attached ones.
class Maker {
 public:
  Maker(const Options& options, std::deque<Entry>& out) : options_(options), out_(out) {}

  void make(Chunk chunk, const Origin& origin);

 private:
  void fault(const Origin& origin, std::string why);
  [[nodiscard]] bool is_headers(const Item& item, const HeaderBlock& block,
                                const Origin& origin) const;
  [[nodiscard]] bool refuse(const Item& item, const HeaderBlock& block, const Origin& origin);
  [[nodiscard]] std::optional<Item> read_item(Chunk chunk, const Origin& origin);

  void make_outlook(const Chunk& chunk, const Origin& origin);
  void make_outlook(const outlook_msg::Message& message, const std::shared_ptr<const void>& storage,
                    const Origin& origin);
  void place(std::optional<Item> outer, const Origin& origin, attached::Content content,
             const std::shared_ptr<const void>& storage);
  [[nodiscard]] std::vector<Untraced> expand(const Item* outer, const Origin& origin,
                                             attached::Content& content,
                                             const std::shared_ptr<const void>& storage);

  const Options& options_;
  std::deque<Entry>& out_;
};

void Maker::fault(const Origin& origin, std::string why) {
  if (origin.part) {
    return;  // the message that holds it is traced: nothing was lost
  }
  if (origin.in_mbox) {
    why = "message " + std::to_string(origin.index) + ": " + why;
  }
  out_.push_back(Fault{origin.path, std::move(why)});
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
    fault(origin, "is empty");
    return true;
  }
  if (block.fields > 0 && (block.known > 0 || block.strays == 0)) {
    return false;
  }
  const bool binary = item.text.substr(0, kBinarySample).find('\0') != std::string_view::npos;
  fault(origin, binary ? "is a binary file, not a message" : "holds no header field");
  return true;
}

std::optional<Item> Maker::read_item(Chunk chunk, const Origin& origin) {
  Item item;
  item.path = origin.path;
  item.index = origin.index;
  item.part = origin.part;
  item.base_offset = origin.offset;
  item.wrapper = origin.wrapper;
  item.original = item.text = chunk.bytes;
  item.storage = chunk.storage;
  Mended mended = origin.as_it_is ? Mended{} : mend(chunk.bytes);
  if (mended.repairs.empty() && origin.escaped) {
    mended = mbox::unescape(chunk.bytes);
  }
  if (!mended.repairs.empty()) {
    item.repairs = std::move(mended.repairs);
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

void Maker::make(Chunk chunk, const Origin& origin) {
  if (compound_file::has_magic(chunk.bytes)) {
    make_outlook(chunk, origin);
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
    fault(origin, message.error());
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

}  // namespace

struct Reader::State {
  explicit State(Options given) : options(std::move(given)), sources(options) {}

  Options options;
  Sources sources;
  std::deque<Entry> ready;
  std::optional<Input> input;
  std::optional<mbox::Splitter> splitter;
  std::string path;
  std::size_t index = 0;

  bool step();
  void open(Source source);
  void read_whole();
  void read_next_of_mbox();
  void close();
};

void Reader::State::close() {
  if (!input->status()) ready.push_back(Fault{path, input->status().error()});
  splitter.reset();
  input.reset();
}

void Reader::State::read_whole() {
  input->grow_to(kMaxPipedMessage);
  if (!input->complete()) {
    ready.push_back(Fault{path, "is too large to be one message"});
  } else if (input->status()) {
    Origin origin;
    origin.path = path;
    origin.offset = static_cast<std::size_t>(input->position());
    Maker(options, ready).make(input->take(input->view().size()), std::move(origin));
  }
  close();
}

void Reader::State::read_next_of_mbox() {
  auto slice = splitter->next();
  if (!slice) {
    close();
    return;
  }
  Origin origin;
  origin.path = path;
  origin.index = ++index;
  origin.offset = static_cast<std::size_t>(slice->offset);
  origin.in_mbox = true;
  origin.escaped = slice->escaped;
  Maker(options, ready).make(std::move(slice->chunk), std::move(origin));
}

void Reader::State::open(Source source) {
  path = std::move(source.path);
  index = 0;
  input.emplace(std::move(source.descriptor));
  input->grow_to(Input::kReadBytes);
  const std::string_view start = input->view();
  const bool any = options.input == InputKind::automatic || options.input == InputKind::mbox;
  if (any && mbox::looks_like_mbox(start)) {
    splitter.emplace(*input);
  } else if (options.input == InputKind::mbox && !start.empty()) {
    ready.push_back(Fault{path, "is no mbox: it does not begin with a 'From ' line"});
    close();
  } else {
    read_whole();
  }
}

bool Reader::State::step() {
  if (splitter) {
    read_next_of_mbox();
    return true;
  }
  auto found = sources.next();
  if (!found) {
    return false;
  }
  if (auto* fault = std::get_if<Fault>(&*found)) {
    ready.push_back(std::move(*fault));
  } else {
    open(std::move(std::get<Source>(*found)));
  }
  return true;
}

Reader::Reader(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

std::optional<std::variant<Item, Fault>> Reader::next() {
  while (state_->ready.empty()) {
    if (!state_->step()) {
      return std::nullopt;
    }
  }
  Entry entry = std::move(state_->ready.front());
  state_->ready.pop_front();
  return entry;
}

std::vector<std::variant<Item, Fault>> read_bytes(std::string path, std::string bytes,
                                                  const Options& options) {
  std::deque<Entry> out;
  Origin origin;
  origin.path = std::move(path);
  Maker(options, out).make(Chunk::own(std::move(bytes)), std::move(origin));
  return {std::make_move_iterator(out.begin()), std::make_move_iterator(out.end())};
}

}  // namespace emltrace::intake
