#include "intake/sources.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/system_error.hpp"
#include "intake/name_list.hpp"

namespace emltrace::intake {
namespace {

using Found = std::variant<Source, Fault>;

bool is_directory(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_maildir(const std::string& path) {
  return is_directory(path + "/cur") && is_directory(path + "/new");
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

Result<std::vector<std::string>> list(const std::string& path) {
  const std::unique_ptr<DIR, CloseDirectory> directory(::opendir(path.c_str()));
  if (!directory) return Error{system_reason()};
  const bool maildir = is_maildir(path);
  std::vector<std::string> names;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    const bool hidden = name.starts_with('.');
    const bool sub_folder = maildir && hidden && is_maildir(join(path, name));
    const bool taken = maildir ? name == "cur" || name == "new" || sub_folder : !hidden;
    if (taken && name != "." && name != "..") names.push_back(name);
  }
  // Half a folder is none: what could not be listed would be lost without a word.
  if (errno != 0) return Error{system_reason()};
  // In a Maildir what nobody has seen yet comes first, sub-folders last.
  const auto order = [maildir](const std::string& name) {
    const int rank = !maildir ? 0 : (name == "new" ? 0 : (name == "cur" ? 1 : 2));
    return std::pair<int, std::string_view>(rank, name);
  };
  std::ranges::sort(names, {}, order);
  return names;
}

struct Folder {
  std::string path;
  std::vector<std::string> names;
  std::size_t next = 0;
};

}  // namespace

struct Sources::State {
  SourceOptions options;
  std::size_t next_path = 0;
  std::optional<NameList> names;
  bool names_opened = false;
  std::vector<Folder> folders;
  std::string given;            ///< the folder that was named
  std::size_t files_found = 0;  ///< below it

  std::optional<Found> next();
  std::optional<Found> open_named(const std::string& path);
  std::optional<Found> step_folder();
  std::optional<Found> enter(const std::string& path);
  std::optional<Found> open_names();
  std::optional<Found> step_names();
};

std::optional<Found> Sources::State::enter(const std::string& path) {
  auto listing = list(path);
  if (!listing) return Fault{path, listing.error()};
  folders.push_back({path, std::move(*listing), 0});
  return std::nullopt;
}

std::optional<Found> Sources::State::open_named(const std::string& path) {
  if (path == "-") {
    const int copy = ::fcntl(options.standard_input, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
      return Fault{path, system_reason()};
    }
    return Source{path, Descriptor(copy)};
  }
  if (is_directory(path)) {
    given = path;
    files_found = 0;
    return enter(path);
  }
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.is_open()) {
    return Fault{path, system_reason()};
  }
  return Source{path, std::move(descriptor)};
}

std::optional<Found> Sources::State::step_folder() {
  Folder& folder = folders.back();
  if (folder.next == folder.names.size()) {
    folders.pop_back();
    if (folders.empty() && files_found == 0) {
      return Fault{given, "a folder without messages"};
    }
    return std::nullopt;
  }
  const std::string path = join(folder.path, folder.names[folder.next++]);
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) {
    return Fault{path, system_reason()};
  }
  if (S_ISDIR(status.st_mode)) {
    return folders.size() < kMaxDepth ? enter(path)
                                      : Fault{path, "folders inside folders are too deep"};
  }
  const bool link_to_folder = S_ISLNK(status.st_mode) && is_directory(path);
  const bool readable = S_ISREG(status.st_mode) || (S_ISLNK(status.st_mode) && !link_to_folder);
  if (!readable) {
    return std::nullopt;
  }
  ++files_found;
  // O_NONBLOCK: a link may lead to a pipe that nobody writes to.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor.is_open()) {
    return Fault{path, system_reason()};
  }
  return Source{path, std::move(descriptor), given};
}

std::optional<Found> Sources::State::open_names() {
  names_opened = true;
  const std::string& path = *options.files_from;
  Descriptor descriptor(path == "-" ? ::fcntl(options.standard_input, F_DUPFD_CLOEXEC, 3)
                                    : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.is_open()) {
    return Fault{path, system_reason()};
  }
  names.emplace(std::move(descriptor), options.null_separated, options.terminal_ready);
  return std::nullopt;
}

std::optional<Found> Sources::State::step_names() {
  const auto name = names->next();
  if (!name) {
    names.reset();
    return std::nullopt;
  }
  if (!*name) return Fault{*options.files_from, name->error()};
  if (**name == "-" && *options.files_from == "-") {
    return Fault{"-", "is the list of names, and no message too"};
  }
  return open_named(**name);
}

std::optional<Found> Sources::State::next() {
  while (true) {
    std::optional<Found> found;
    if (!folders.empty()) {
      found = step_folder();
    } else if (next_path < options.paths.size()) {
      found = open_named(options.paths[next_path++]);
    } else if (options.files_from && !names_opened) {
      found = open_names();
    } else if (names) {
      found = step_names();
    } else {
      return std::nullopt;
    }
    if (found) {
      return found;
    }
  }
}

Sources::Sources(const SourceOptions& options) : state_(std::make_unique<State>()) {
  state_->options = options;
  if (options.paths.empty() && !options.files_from) {
    state_->options.paths.emplace_back("-");
  }
}

Sources::~Sources() = default;
Sources::Sources(Sources&&) noexcept = default;
Sources& Sources::operator=(Sources&&) noexcept = default;

std::optional<std::variant<Source, Fault>> Sources::next() {
  return state_->next();
}

}  // namespace emltrace::intake
