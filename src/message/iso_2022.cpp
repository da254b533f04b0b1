#include "message/iso_2022.hpp"

#include <array>

#include "base/text.hpp"
#include "message/charset.hpp"

namespace emltrace::iso_2022 {
namespace {

constexpr char kEscape = '\x1b';
constexpr char kShiftOut = '\x0e';
constexpr char kShiftIn = '\x0f';

// How bytes of a set stand in the 8-bit form of it, which is what converters know whole.
struct Set {
  std::string_view designation;  ///< behind the ESC
  std::string_view charset;      ///< of the 8-bit form; empty for ASCII and its like
  std::string_view lead;         ///< before each character of that form
  std::size_t width;             ///< bytes of a character
  bool shifted;                  ///< in use from SO to SI only
};
// Longer designations first: one is the start of another.
constexpr std::array kSets = std::to_array<Set>({
    {"$)C", "CP949", "", 2, true},
    {"$)A", "GB18030", "", 2, true},
    {"$(D", "EUC-JP-MS", "\x8f", 2, false},
    {"$(B", "EUC-JP-MS", "", 2, false},
    {"$(@", "EUC-JP-MS", "", 2, false},
    {"$(C", "CP949", "", 2, false},
    {"$(A", "GB18030", "", 2, false},
    {"$B", "EUC-JP-MS", "", 2, false},
    {"$@", "EUC-JP-MS", "", 2, false},
    {"$A", "GB18030", "", 2, false},
    {"(I", "EUC-JP-MS", "\x8e", 1, false},
    {"(B", "", "", 1, false},
    {"(J", "", "", 1, false},
    {"(H", "", "", 1, false},
});

const Set* find_set(std::string_view rest) {
  for (const Set& set : kSets) {
    if (rest.starts_with(set.designation)) return &set;
  }
  return nullptr;
}

class Decoder {
 public:
  explicit Decoder(std::string_view text) : text_(text) {}

  std::optional<std::string> run() {
    while (at_ < text_.size()) {
      if (!step()) return std::nullopt;
    }
    if (!flush() || !designated_) return std::nullopt;
    return std::move(out_);
  }

 private:
  // False where the text breaks the rules.
  bool step() {
    const char c = text_[at_];
    if (c == kEscape) return designate();
    if (c == kShiftOut || c == kShiftIn) {
      if (shift_set_ == nullptr) return false;
      ++at_;
      return use(c == kShiftOut ? shift_set_ : nullptr);
    }
    if ((c & 0x80) != 0) return false;
    if (set_ == nullptr || text::is_space(c)) {
      if (!flush()) return false;
      out_.push_back(c);
      ++at_;
      return true;
    }
    return take_character();
  }

  bool designate() {
    const Set* set = find_set(text_.substr(at_ + 1));
    if (set == nullptr) return false;
    at_ += 1 + set->designation.size();
    designated_ = designated_ || !set->charset.empty();
    if (!set->shifted) return use(set->charset.empty() ? nullptr : set);
    shift_set_ = set;
    return true;
  }

  bool use(const Set* set) {
    if (!flush()) return false;
    set_ = set;
    return true;
  }

  bool take_character() {
    run_ += set_->lead;
    for (std::size_t i = 0; i < set_->width; ++i, ++at_) {
      if (at_ >= text_.size() || text_[at_] < '!' || text_[at_] > '~') return false;
      run_.push_back(static_cast<char>(text_[at_] | 0x80));
    }
    return true;
  }

  // Converts what was collected of the set in use.
  bool flush() {
    if (run_.empty() || set_ == nullptr) return true;
    const auto converted = to_utf8_whole(run_, set_->charset);
    run_.clear();
    if (!converted) return false;
    out_ += *converted;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const Set* set_ = nullptr;        ///< null: ASCII
  const Set* shift_set_ = nullptr;  ///< what SO switches to
  bool designated_ = false;         ///< a set beyond ASCII
  std::string run_;
  std::string out_;
};

}  // namespace

std::optional<std::string> decode(std::string_view text) {
  if (text.find(kEscape) == std::string_view::npos) return std::nullopt;
  return Decoder(text).run();
}

}  // namespace emltrace::iso_2022
