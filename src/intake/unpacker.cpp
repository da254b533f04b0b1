#include "intake/unpacker.hpp"

#include <utility>

#include "intake/container/archive.hpp"

namespace emltrace::intake {
namespace {

constexpr const char* kUsualPassword = "infected";

}  // namespace

struct Unpacker::Layer {
  std::string path;
  Input input;
  Chunk whole;              ///< of an archive that is not streamed
  std::size_t fed = 0;      ///< bytes of the view of `input` that the archive has
  std::size_t members = 0;  ///< that were given
  std::size_t told = 0;     ///< complaints of the archive
  std::optional<container::Archive> archive;

  Layer(std::string name, Input bytes) : path(std::move(name)), input(std::move(bytes)) {}

  std::string_view feed(container::Budget* packed) {
    input.advance(fed);
    if (input.view().empty()) (void)input.grow();
    fed = input.view().size();
    if (packed != nullptr) packed->add_packed(fed);
    return input.view();
  }
};

Unpacker::Unpacker(std::vector<std::string> passwords, const container::Limits& limits)
    : passwords_(std::move(passwords)), limits_(limits), budget_(limits) {
  passwords_.emplace_back(kUsualPassword);
}

Unpacker::~Unpacker() = default;
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;

bool Unpacker::is_open() const {
  return !layers_.empty();
}

std::optional<Fault> Unpacker::enter(std::string path, Input input, const container::Magic& kind) {
  const auto fault = [&path, &kind](const std::string& why) {
    return Fault{path, "is " + std::string(kind.name) + " that " + why};
  };
  if (layers_.size() >= kMaxDepth) return fault("lies too deep: archives inside archives");
  if (layers_.empty()) budget_ = container::Budget(limits_);
  auto layer = std::make_unique<Layer>(path, std::move(input));
  container::Archive::Bytes bytes;
  container::Budget* packed = layers_.empty() ? &budget_ : nullptr;
  if (container::is_streamed(kind.format)) {
    bytes.feed = [at = layer.get(), packed] { return at->feed(packed); };
  } else {
    Input& held = layer->input;
    held.grow_to(kMaxHeldBytes);
    if (!held.status()) return Fault{path, held.status().error()};
    if (!held.complete()) return fault("is too large to be opened");
    layer->whole = held.take(held.view().size());
    bytes.whole = layer->whole.bytes;
    if (packed != nullptr) packed->add_packed(bytes.whole.size());
  }
  auto archive = container::Archive::open(kind.format, std::move(bytes), passwords_, budget_);
  if (!archive) return fault(archive.error());
  layer->archive.emplace(std::move(*archive));
  layers_.push_back(std::move(layer));
  return std::nullopt;
}

std::optional<std::variant<Unpacker::Member, Fault>> Unpacker::next() {
  Layer& layer = *layers_.back();
  if (auto member = layer.archive->next()) {
    ++layer.members;
    container::Archive* archive = &*layer.archive;
    Input input([archive](char* into, std::size_t size) { return archive->read(into, size); });
    return Member{member->name ? layer.path + "!" + *member->name : layer.path, std::move(input)};
  }
  const bool failed = !layer.input.status();
  if (!failed && layer.told < layer.archive->complaints().size()) {
    return Fault{layer.path, layer.archive->complaints()[layer.told++]};
  }
  // What the archive says of an input that broke off is less than what the input says.
  std::optional<std::variant<Member, Fault>> last;
  if (failed) {
    last = Fault{layer.path, layer.input.status().error()};
  } else if (layer.members == 0 && layer.told == 0) {
    last = Fault{layer.path, "holds no file", Fault::Kind::no_message};
  }
  layers_.pop_back();
  return last;
}

}  // namespace emltrace::intake
