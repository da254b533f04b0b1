#include "intake/reader.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

#include "intake/container/magic.hpp"
#include "intake/maker.hpp"
#include "intake/mbox.hpp"
#include "intake/storage.hpp"
#include "intake/tally.hpp"
#include "intake/unpacker.hpp"

namespace emltrace::intake {
namespace {

using Entry = std::variant<Item, Fault>;

}  // namespace

struct Reader::State {
  explicit State(Options given) : options(std::move(given)), unpacker(options.passwords) {}

  Options options;
  std::optional<Sources> sources;  ///< null: one input that was opened without them
  Unpacker unpacker;
  Tally tally;
  std::deque<Entry> found;  ///< by the last step
  std::deque<Entry> ready;
  std::optional<Input> input;
  std::optional<mbox::Splitter> splitter;
  std::string file;  ///< that is open
  std::string path;  ///< of it, or of what is read in it
  std::size_t index = 0;

  std::optional<Entry> next();
  bool step();
  bool read_next_source();
  void read_next_member();
  void begin_named(const Source& source);
  void end_tally();
  void enter(const container::Magic& kind);
  void open(std::string name, Input bytes);
  void read_whole();
  void read_next_of_mbox();
  void close();
};

void Reader::State::close() {
  if (!input->status()) found.emplace_back(Fault{path, input->status().error()});
  splitter.reset();
  input.reset();
}

void Reader::State::read_whole() {
  const bool large = input->size().value_or(0) > Input::kMaxMessageBytes;
  input->grow_to(large ? 0 : Input::kMaxMessageBytes);
  if (large || !input->complete()) {
    found.emplace_back(Fault{path, "is too large to be one message"});
  } else if (input->status()) {
    Origin origin;
    origin.path = path;
    origin.offset = static_cast<std::size_t>(input->position());
    Maker(options, found).make(input->take(input->view().size()), origin);
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
  // A single message, its separator in front, may be a header that was copied out of a mailbox.
  input->grow_to(1);
  origin.in_mbox =
      options.input == InputKind::mbox || index > 1 || !input->view().empty() || slice->too_large;
  if (slice->too_large) {
    found.emplace_back(Fault{path, "message " + std::to_string(index) + ": is too large"});
    return;
  }
  Maker(options, found).make(std::move(slice->chunk), origin);
}

// An archive that was named is told of as one; in a folder its files are files of that.
void Reader::State::enter(const container::Magic& kind) {
  if (!tally.is_open()) tally.begin(path, kind.name);
  if (auto fault = unpacker.enter(path, std::move(*input), kind)) found.emplace_back(*fault);
  input.reset();
}

void Reader::State::open(std::string name, Input bytes) {
  path = std::move(name);
  index = 0;
  input.emplace(std::move(bytes));
  input->grow_to(Input::kReadBytes);
  const std::string_view start = input->view();
  const auto* kind = container::find_magic(start.substr(0, container::kMagicBytes));
  const bool asked = options.input == InputKind::mbox;
  if (kind != nullptr && container::is_archive(kind->format)) {
    enter(*kind);
  } else if ((asked || options.input == InputKind::automatic) &&
             mbox::looks_like_mbox(start, asked)) {
    splitter.emplace(*input, asked);
  } else if (asked && !start.empty()) {
    found.emplace_back(Fault{path, "is no mbox: it does not begin with a 'From ' line and a header",
                             Fault::Kind::no_message});
    close();
  } else {
    read_whole();
  }
}

void Reader::State::end_tally() {
  if (auto line = tally.end()) ready.emplace_back(std::move(*line));
}

void Reader::State::begin_named(const Source& source) {
  if (!source.folder.empty() && tally.is_open() && tally.path() == source.folder) return;
  end_tally();
  if (!source.folder.empty()) tally.begin(source.folder, "");
}

bool Reader::State::read_next_source() {
  auto next_one = sources ? sources->next() : std::nullopt;
  if (!next_one) return false;
  if (auto* fault = std::get_if<Fault>(&*next_one)) {
    found.emplace_back(std::move(*fault));
    return true;
  }
  auto& source = std::get<Source>(*next_one);
  begin_named(source);
  file = source.path;
  open(std::move(source.path), Input(std::move(source.descriptor), options.terminal_ready));
  return true;
}

void Reader::State::read_next_member() {
  auto next_one = unpacker.next();
  if (!next_one) return;
  if (auto* fault = std::get_if<Fault>(&*next_one)) {
    found.emplace_back(std::move(*fault));
  } else {
    auto& member = std::get<Unpacker::Member>(*next_one);
    open(std::move(member.path), std::move(member.input));
  }
}

bool Reader::State::step() {
  if (splitter) {
    read_next_of_mbox();
  } else if (unpacker.is_open()) {
    read_next_member();
  } else {
    return read_next_source();
  }
  return true;
}

std::optional<Entry> Reader::State::next() {
  while (ready.empty()) {
    const bool more = step();
    for (Entry& entry : found) {
      if (auto* item = std::get_if<Item>(&entry)) item->file = file;
    }
    tally.count(found);
    std::ranges::move(found, std::back_inserter(ready));
    found.clear();
    if (!more || (tally.is_of_archive() && !unpacker.is_open())) end_tally();
    if (!more && ready.empty()) return std::nullopt;
  }
  Entry entry = std::move(ready.front());
  ready.pop_front();
  return entry;
}

Reader::Reader(Options options) : state_(std::make_unique<State>(std::move(options))) {
  state_->sources.emplace(state_->options);
}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

std::optional<std::variant<Item, Fault>> Reader::next() {
  return state_->next();
}

Reader::Reader(std::string path, std::string bytes, const Options& options)
    : state_(std::make_unique<State>(options)) {
  auto rest = [all = std::move(bytes), at = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t count = all.copy(into, size, at);
    at += count;
    return Result<std::size_t>(count);
  };
  state_->file = path;
  state_->open(std::move(path), Input(std::move(rest)));
}

std::vector<std::variant<Item, Fault>> read_bytes(std::string path, std::string bytes,
                                                  const Options& options) {
  std::deque<Entry> out;
  const auto* kind = container::find_magic(bytes);
  if (kind != nullptr && container::is_archive(kind->format)) {
    Reader reader(std::move(path), std::move(bytes), options);
    while (auto entry = reader.next()) out.push_back(std::move(*entry));
  } else {
    Origin origin;
    origin.path = std::move(path);
    Maker(options, out).make(Chunk::own(std::move(bytes)), origin);
  }
  return {std::make_move_iterator(out.begin()), std::make_move_iterator(out.end())};
}

}  // namespace emltrace::intake
