#include "intake/container/archive.hpp"

#include <locale.h>  // NOLINT(modernize-deprecated-headers): newlocale() is of POSIX

#include <algorithm>
#include <cstring>
#include <utility>

#include "intake/container/archive_library.hpp"
#include "intake/container/archive_support.hpp"

namespace emltrace::intake::container {
namespace {

using Handle = struct ::archive;

// The library turns names into the charset of the locale, and loses what that lacks. The locale is
// that of the thread alone, and only as long as this lives.
class Utf8Names {
 public:
  Utf8Names() : before_(::uselocale(locale())) {}
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() { ::uselocale(before_); }

 private:
  // Null, which changes nothing, where the system has no such locale.
  static locale_t locale() {
    static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return utf8;
  }
  locale_t before_;
};

constexpr std::size_t kProbeBytes = std::size_t{64} << 20;  // of a member, to see a password fit
constexpr int kMaxRetries = 10;
constexpr int kMaxBadHeaders = 100'000;  // one behind the other

}  // namespace

struct Archive::State {
  const ArchiveLibrary* library;
  const ArchiveSupport* support;
  Bytes bytes;
  std::vector<std::string> passwords;
  Budget* budget;

  Handle* handle = nullptr;
  bool ended = false;
  bool broken = false;            ///< the library can read no further
  bool damaged = false;           ///< something was passed over
  std::size_t index = 0;          ///< of the current entry of any kind, from 1
  std::uint64_t given = 0;        ///< bytes of the current member
  bool encrypted = false;         ///< the current member
  bool passwords_sorted = false;  ///< the one that fits stands first
  std::string first;              ///< the first bytes of an encrypted member, read to try it
  std::size_t locked = 0;         ///< members that no password opens
  std::vector<std::string> complaints;

  State(const ArchiveLibrary& functions, const ArchiveSupport& row, Bytes input,
        std::vector<std::string> words, Budget& limits)
      : library(&functions),
        support(&row),
        bytes(std::move(input)),
        passwords(std::move(words)),
        budget(&limits) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { close(); }

  Result<void> open(const std::vector<std::string>& words);
  void close();
  struct ::archive_entry* step();
  std::optional<Member> next();
  void end_early(std::string why);
  void end();
  Result<std::size_t> read_raw(char* into, std::size_t size);
  Result<std::size_t> read(char* into, std::size_t size);
  bool reopen_at(const std::vector<std::string>& words, std::size_t wanted);
  bool reads_whole();
  void sort_passwords();
  bool unlocks();
  [[nodiscard]] std::string reason() const;
  /// Behind a filter stands a tar archive, or what the library calls raw.
  [[nodiscard]] bool is_one_file() const { return library->format(handle) == ARCHIVE_FORMAT_RAW; }
  [[nodiscard]] Member describe(struct ::archive_entry* entry) const;

  static la_ssize_t feed(Handle* /*handle*/, void* self, const void** block) {
    const std::string_view view = static_cast<State*>(self)->bytes.feed();
    *block = view.data();
    return static_cast<la_ssize_t>(view.size());
  }
};

Result<void> Archive::State::open(const std::vector<std::string>& words) {
  close();
  index = 0;
  broken = false;
  handle = library->read_new();
  if (handle == nullptr) return Error{"cannot be opened: out of memory"};
  int status = ARCHIVE_OK;
  if (support->filter != nullptr) {
    // Anything but OK: the library would call another program for it.
    status = (library->*support->filter)(handle);
    library->format_tar(handle);
    library->format_raw(handle);
    library->format_empty(handle);
  } else {
    status = (library->*support->reader)(handle);
  }
  if (status != ARCHIVE_OK) return Error{"cannot be opened: this libarchive lacks the format"};
  for (const std::string& word : words) {
    if (!word.empty()) library->read_add_passphrase(handle, word.c_str());
  }
  status = support->streamed
               ? library->read_open(handle, this, nullptr, &State::feed, nullptr)
               : library->read_open_memory(handle, bytes.whole.data(), bytes.whole.size());
  if (status < ARCHIVE_WARN) return Error{"cannot be opened: " + reason()};
  return {};
}

void Archive::State::close() {
  if (handle != nullptr) library->read_free(handle);
  handle = nullptr;
}

std::string Archive::State::reason() const {
  const char* text = library->error_string(handle);
  std::string reason = text == nullptr || *text == '\0' ? "it is damaged" : text;
  std::ranges::replace(reason, '\n', ' ');
  return reason;
}

void Archive::State::end_early(std::string why) {
  complaints.push_back(std::move(why));
  damaged = false;  // told
  end();
}

void Archive::State::end() {
  ended = true;
  if (damaged) complaints.emplace_back("is damaged: files of it may be lost");
  if (locked == 0) return;
  const std::string what = locked == 1 ? "holds an encrypted file"
                                       : "holds " + std::to_string(locked) + " encrypted files";
  complaints.push_back(support->format == Format::zip
                           ? what + " that no password given opens: name it with --password"
                           : what + ", which libarchive cannot decrypt in this format");
}

// The next entry of whatever kind; null at the end, which is then told of.
struct ::archive_entry* Archive::State::step() {
  const Utf8Names names;
  struct ::archive_entry* entry = nullptr;
  int status = ARCHIVE_RETRY;
  for (int turn = 0; turn < kMaxBadHeaders && status == ARCHIVE_RETRY; ++turn) {
    status = library->read_next_header(handle, &entry);
    // What was passed over in search of the next header was one, or is no archive.
    damaged = damaged || status == ARCHIVE_RETRY;
  }
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
    ++index;
    return entry;
  }
  if (status == ARCHIVE_EOF) {
    end();
  } else if (library->read_has_encrypted_entries(handle) > 0) {
    end_early("is encrypted with the names of its files, which libarchive cannot decrypt");
  } else {
    end_early((index == 0 ? "cannot be read: " : "cannot be read to its end: ") + reason());
  }
  return nullptr;
}

Archive::Member Archive::State::describe(struct ::archive_entry* entry) const {
  if (is_one_file()) return {};
  const Utf8Names names;
  const char* name = library->entry_pathname_utf8(entry);
  if (name == nullptr) name = library->entry_pathname(entry);
  return {name == nullptr ? "file " + std::to_string(index) : std::string(name)};
}

std::optional<Archive::Member> Archive::State::next() {
  while (!ended) {
    if (budget->exhausted()) {
      end_early("unpacks to more than is safe: the rest of it is not read");
      break;
    }
    if (broken) {
      if (is_one_file() || locked > 0) {
        end();  // the member's own line has told it
      } else {
        end_early("cannot be read to its end: the files behind a damaged one are lost");
      }
      break;
    }
    struct ::archive_entry* entry = step();
    if (entry == nullptr) break;
    budget->count_member();
    if (budget->exhausted()) continue;
    if (library->entry_filetype(entry) != AE_IFREG || library->entry_hardlink(entry) != nullptr) {
      continue;
    }
    given = 0;
    first.clear();
    Member member = describe(entry);
    encrypted = library->entry_is_data_encrypted(entry) == 1;
    if (encrypted && !unlocks()) {
      ++locked;
      continue;
    }
    return member;
  }
  return std::nullopt;
}

Result<std::size_t> Archive::State::read_raw(char* into, std::size_t size) {
  la_ssize_t got = ARCHIVE_RETRY;
  for (int turn = 0; turn < kMaxRetries && got == ARCHIVE_RETRY; ++turn) {
    got = library->read_data(handle, into, size);
  }
  if (got >= 0) return static_cast<std::size_t>(got);
  broken = broken || got == ARCHIVE_FATAL;
  return Error{"cannot be unpacked: " + reason()};
}

Result<std::size_t> Archive::State::read(char* into, std::size_t size) {
  Result<std::size_t> got = 0;
  if (!first.empty()) {
    const std::size_t count = std::min(size, first.size());
    std::memcpy(into, first.data(), count);
    first.erase(0, count);
    got = count;
  } else {
    got = read_raw(into, size);
    if (!got && encrypted) {
      return Error{"cannot be unpacked: no password given opens it (--password), or it is damaged"};
    }
  }
  if (got && !budget->take(given, *got)) {
    return Error{"unpacks to more than is safe: it is not read"};
  }
  if (got) given += *got;
  return got;
}

// Begins again, and stands at entry `wanted` as before. False where that is not found again.
bool Archive::State::reopen_at(const std::vector<std::string>& words, std::size_t wanted) {
  if (!open(words)) return false;
  const Utf8Names names;
  struct ::archive_entry* entry = nullptr;
  while (index < wanted && library->read_next_header(handle, &entry) >= ARCHIVE_WARN) {
    ++index;
  }
  return index == wanted;
}

bool Archive::State::reads_whole() {
  std::string buffer(std::size_t{64} << 10, '\0');
  std::size_t sum = 0;
  while (sum < kProbeBytes) {
    const auto got = read_raw(buffer.data(), buffer.size());
    if (!got) return false;
    if (*got == 0) return true;
    sum += *got;
  }
  return true;
}

// One byte of check lets one wrong password in 256 pass (APPNOTE.TXT 6.1.6): the one that fits is
// found by the checksum of a whole file, once an archive.
void Archive::State::sort_passwords() {
  if (passwords_sorted || support->streamed || passwords.size() < 2) return;
  passwords_sorted = true;
  const std::size_t wanted = index;
  const auto fits = [&](const std::string& word) {
    return reopen_at({word}, wanted) && reads_whole();
  };
  const auto found = std::ranges::find_if(passwords, fits);
  if (found != passwords.end()) std::rotate(passwords.begin(), found, found + 1);
  (void)reopen_at(passwords, wanted);
}

// Reads the first bytes of the encrypted member: a password fits it.
bool Archive::State::unlocks() {
  sort_passwords();
  if (handle == nullptr) return false;
  std::string block(std::size_t{4} << 10, '\0');
  const auto got = read_raw(block.data(), block.size());
  if (got) first.assign(block, 0, *got);
  return static_cast<bool>(got);
}

Result<Archive> Archive::open(Format format, Bytes bytes, std::vector<std::string> passwords,
                              Budget& budget) {
  const auto& library = ArchiveLibrary::get();
  if (!library) return Error{library.error()};
  const ArchiveSupport* support = find_support(format);
  if (support == nullptr) return Error{"is no archive"};
  auto state =
      std::make_unique<State>(*library, *support, std::move(bytes), std::move(passwords), budget);
  if (auto opened = state->open(state->passwords); !opened) return Error{opened.error()};
  return Archive(std::move(state));
}

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

std::optional<Archive::Member> Archive::next() {
  return state_->next();
}

Result<std::size_t> Archive::read(char* into, std::size_t size) {
  return state_->read(into, size);
}

const std::vector<std::string>& Archive::complaints() const {
  return state_->complaints;
}

}  // namespace emltrace::intake::container
