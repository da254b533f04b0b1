#include "intake/reader.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "base/text.hpp"
#include "intake/attached.hpp"
#include "intake/mbox.hpp"
#include "intake/mend/mend.hpp"
#include "intake/outlook_msg.hpp"
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
  bool headers_only = false;
  WrapperFacts wrapper;
  std::size_t depth = 0;
};

// Turns the bytes of one message into items: mends it, and looks into it for attached ones.
class Maker {
 public:
  Maker(const Options& options, std::deque<Entry>& out) : options_(options), out_(out) {}

  void make(Chunk chunk, Origin origin);

 private:
  void fault(const Origin& origin, std::string why);
  void make_outlook(const Chunk& chunk, const Origin& origin);
  [[nodiscard]] bool is_headers(const Item& item, const HeaderBlock& block,
                                const Origin& origin) const;
  [[nodiscard]] bool refuse(const Item& item, const HeaderBlock& block, const Origin& origin);
  bool expand(const Item& outer, const Origin& origin, const attached::Content& content);

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

void Maker::make_outlook(const Chunk& chunk, const Origin& origin) {
  auto headers = outlook_msg::read_headers(chunk.bytes);
  if (!headers) {
    fault(origin, headers.error());
    return;
  }
  const auto make_one = [&](std::string text, std::optional<std::string> part) {
    Origin inner = origin;
    inner.headers_only = true;
    inner.part = std::move(part);
    ++inner.depth;
    make(Chunk::own(std::move(text), chunk.storage), std::move(inner));
  };
  const bool own = !headers->own.empty();
  if (own) {
    make_one(std::move(headers->own), origin.part);
  }
  if (options_.attached == AttachedMode::all ||
      (options_.attached == AttachedMode::automatic && !own)) {
    std::size_t number = 0;
    for (std::string& text : headers->attached) {
      const std::string prefix = origin.part ? *origin.part + "." : "";
      make_one(std::move(text), prefix + std::to_string(++number));
    }
  }
}

bool Maker::is_headers(const Item& item, const HeaderBlock& block, const Origin& origin) const {
  if (origin.headers_only || options_.input == InputKind::headers) {
    return true;
  }
  if (origin.in_mbox || origin.part || options_.input == InputKind::message) {
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

// True where the attached originals take the place of the outer message.
bool Maker::expand(const Item& outer, const Origin& origin, const attached::Content& content) {
  const bool wraps = content.wrapper == attached::Wrapper::feedback_report ||
                     content.wrapper == attached::Wrapper::forward;
  if (options_.attached == AttachedMode::automatic && !wraps) {
    return false;
  }
  const std::size_t before = out_.size();
  for (const attached::Attached& message : content.messages) {
    Origin inner;
    inner.path = origin.path;
    inner.index = origin.index;
    inner.part = (origin.part ? *origin.part + "." : "") + message.part.number;
    inner.headers_only = message.headers_only;
    inner.depth = origin.depth + 1;
    inner.wrapper = content.facts;
    const auto start = static_cast<std::size_t>(message.part.body.data() - outer.text.data());
    inner.offset = outer.base_offset + outer.places.input_offset(start);
    if (!message.part.is_encoded()) {
      make({message.part.body, outer.storage}, std::move(inner));
    } else if (auto decoded = message.part.decoded()) {
      make(Chunk::own(std::move(*decoded), outer.storage), std::move(inner));
    }
  }
  return options_.attached == AttachedMode::automatic && out_.size() > before;
}

void Maker::make(Chunk chunk, Origin origin) {
  if (outlook_msg::looks_like_msg(chunk.bytes) && origin.depth < attached::kMaxDepth) {
    make_outlook(chunk, origin);
    return;
  }
  Item item;
  item.path = origin.path;
  item.index = origin.index;
  item.part = origin.part;
  item.base_offset = origin.offset;
  item.wrapper = origin.wrapper;
  item.original = item.text = chunk.bytes;
  item.storage = chunk.storage;
  Mended mended = mend(chunk.bytes);
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
    return;
  }
  item.kind = is_headers(item, block, origin) ? Kind::headers : Kind::message;
  if (options_.attached == AttachedMode::never || item.kind == Kind::headers ||
      origin.depth >= attached::kMaxDepth) {
    out_.push_back(std::move(item));
    return;
  }
  const attached::Content content = attached::look_into(item.text);
  if (options_.attached == AttachedMode::all) {
    out_.push_back(item);
    expand(item, origin, content);
  } else if (!expand(item, origin, content)) {
    out_.push_back(std::move(item));
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
