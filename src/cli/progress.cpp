#include "cli/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "base/descriptor.hpp"

namespace emltrace::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirst = 1s;
constexpr auto kRedraw = 100ms;
constexpr auto kNextLine = 2s;
constexpr std::size_t kDefaultWidth = 80;

bool is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t columns() {
  struct winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kDefaultWidth;
}

/// Known where every input is a file that was named.
std::optional<std::uint64_t> total_bytes(const intake::SourceOptions& inputs) {
  if (inputs.paths.empty() || inputs.files_from) return std::nullopt;
  std::uint64_t sum = 0;
  for (const std::string& path : inputs.paths) {
    struct stat file{};
    if (path == "-" || ::stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode))
      return std::nullopt;
    sum += static_cast<std::uint64_t>(file.st_size);
  }
  return sum;
}

std::string duration_words(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::clamp(seconds, 0.0, 1e7));
  if (whole < 3'600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3'600, whole / 60 % 60, whole % 60);
}

void put(std::string_view bytes) {
  static_cast<void>(write_all(STDERR_FILENO, bytes));
}

}  // namespace

std::string progress_line(std::uint64_t messages, const std::array<std::uint64_t, 4>& levels,
                          std::uint64_t bytes, std::optional<std::uint64_t> total,
                          std::chrono::duration<double> elapsed) {
  const double seconds = std::max(elapsed.count(), 0.001);
  std::string out = fmt::format("{} message{}, {:.0f}/s", messages, messages == 1 ? "" : "s",
                                static_cast<double>(messages) / seconds);
  if (total && bytes > 0 && bytes <= *total) {
    const double share = static_cast<double>(bytes) / static_cast<double>(*total);
    out += fmt::format(", {:.0f} %, {} left", std::min(share * 100, 99.0),
                       duration_words(seconds / share - seconds));
  }
  const char* separator = ": ";
  for (std::size_t i = levels.size(); i-- > 0;) {
    if (levels[i] == 0) continue;
    out += fmt::format("{}{} {}", separator, levels[i],
                       trace::to_string(static_cast<trace::Level>(i)));
    separator = ", ";
  }
  return out;
}

Progress::Progress(When wanted, const intake::SourceOptions& inputs, bool reports_beside) {
  if (wanted == When::never) return;
  terminal_ = is_terminal();
  shown_ = wanted == When::always || (terminal_ && !reports_beside);
  next_ = start_ + kFirst;
  if (shown_) total_ = total_bytes(inputs);
}

Progress::~Progress() {
  hide();
}

void Progress::count(const Done& done) {
  ++messages_;
  ++levels_[static_cast<std::size_t>(done.level)];
  bytes_ += done.bytes;
  // How much of the file it was is not known.
  if (done.in_archive) total_ = std::nullopt;
}

std::string Progress::line(Clock::time_point now) const {
  return progress_line(messages_, levels_, bytes_, total_, now - start_);
}

void Progress::tick() {
  if (!shown_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  if (!terminal_) {
    put("emltrace: " + line(now) + "\n");
    next_ = now + kNextLine;
    return;
  }
  put("\r" + line(now).substr(0, columns() - 1) + "\x1b[K");
  drawn_ = true;
  next_ = now + kRedraw;
}

void Progress::hide() {
  if (!drawn_) return;
  put("\r\x1b[K");
  drawn_ = false;
}

}  // namespace emltrace::cli
