#include "intake/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace emltrace::intake {
namespace {

constexpr std::string_view kBracketsOn = "\x1B[?2004h";
constexpr std::string_view kBracketsOff = "\x1B[?2004l";
constexpr int kShowMilliseconds = 100;

constexpr std::array kFatal{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// What the signal handlers need. Written while they are not installed.
struct Mode {
  int descriptor = -1;
  int screen = -1;  ///< below 0 where it does not know brackets
  termios before{};
  termios reading{};
};
Mode mode;
volatile std::sig_atomic_t mode_is_set = 0;

struct SavedAction {
  int signal = 0;
  struct sigaction action{};
};
std::array<SavedAction, kFatal.size() + 2> saved_actions;
std::size_t saved_count = 0;

// Whoever is in the background stops where it touches the terminal, which the shell has taken back.
bool in_foreground() {
  const pid_t foreground = ::tcgetpgrp(mode.descriptor);  // below 0: no terminal of this session
  return foreground < 0 || foreground == ::getpgrp();
}

void set_mode(const termios& wanted, std::string_view brackets) {
  const int error = errno;
  if (in_foreground()) {
    if (mode.screen >= 0) {
      [[maybe_unused]] const auto written = ::write(mode.screen, brackets.data(), brackets.size());
    }
    ::tcsetattr(mode.descriptor, TCSANOW, &wanted);
  }
  errno = error;
}

void leave() {
  if (mode_is_set != 0) set_mode(mode.before, kBracketsOff);
}

void enter() {
  if (mode_is_set != 0) set_mode(mode.reading, kBracketsOn);
}

// What the signal does without this, it does when the handler is left.
void on_fatal(int signal) {
  leave();
  for (std::size_t i = 0; i < saved_count; ++i) {
    if (saved_actions[i].signal == signal) ::sigaction(signal, &saved_actions[i].action, nullptr);
  }
  static_cast<void>(::raise(signal));
}

void on_continue(int /*signal*/) {
  enter();
}

void on_stop(int signal) {
  const int error = errno;
  leave();
  struct sigaction by_default{};
  struct sigaction handled{};
  by_default.sa_handler = SIG_DFL;
  ::sigaction(signal, &by_default, &handled);
  static_cast<void>(::raise(signal));
  sigset_t only;
  sigset_t others;
  ::sigemptyset(&only);
  ::sigaddset(&only, signal);
  ::pthread_sigmask(SIG_UNBLOCK, &only, &others);  // stops here
  ::pthread_sigmask(SIG_SETMASK, &others, nullptr);
  ::sigaction(signal, &handled, nullptr);
  enter();
  errno = error;
}

// A signal that is ignored stays so.
void install(int signal, void (*handler)(int), int flags) {
  struct sigaction before{};
  if (::sigaction(signal, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) return;
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigemptyset(&action.sa_mask);
  if (::sigaction(signal, &action, nullptr) == 0) saved_actions[saved_count++] = {signal, before};
}

void install_all() {
  for (const int signal : kFatal) install(signal, on_fatal, 0);
  install(SIGTSTP, on_stop, SA_RESTART);
  install(SIGCONT, on_continue, SA_RESTART);
}

void uninstall_all() {
  while (saved_count > 0) {
    const SavedAction& saved = saved_actions[--saved_count];
    ::sigaction(saved.signal, &saved.action, nullptr);
  }
}

// A description of its own: that it never waits must not be seen by who shares the terminal.
Descriptor open_screen(int terminal) {
  std::array<char, 256> name{};
  if (::ttyname_r(terminal, name.data(), name.size()) != 0) return Descriptor();
  return Descriptor(::open(name.data(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

bool knows_brackets() {
  const char* name = std::getenv("TERM");
  return name != nullptr && std::string_view(name) != "dumb";
}

char key(const termios& settings, std::size_t index) {
  const cc_t value = settings.c_cc[index];
  return value == _POSIX_VDISABLE ? '\0' : static_cast<char>(value);
}

}  // namespace

std::unique_ptr<Terminal> Terminal::open(int descriptor) {
  termios before{};
  if (mode_is_set != 0 || ::tcgetattr(descriptor, &before) != 0) return nullptr;
  const bool shown = (before.c_lflag & ECHO) != 0;
  Descriptor screen = shown ? open_screen(descriptor) : Descriptor();
  mode = {descriptor, knows_brackets() ? screen.number() : -1, before, before};
  mode.reading.c_lflag &= ~static_cast<tcflag_t>(ICANON);
  if (screen.is_open()) mode.reading.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
  mode.reading.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR);
  mode.reading.c_cc[VMIN] = 1;
  mode.reading.c_cc[VTIME] = 0;
  const EditKeys keys{key(before, VEOF), key(before, VERASE), key(before, VWERASE),
                      key(before, VKILL)};
  return std::unique_ptr<Terminal>(new Terminal(descriptor, std::move(screen), keys));
}

Terminal::Terminal(int descriptor, Descriptor screen, EditKeys keys)
    : descriptor_(descriptor), screen_(std::move(screen)), typed_(keys) {
  mode_is_set = 1;
  install_all();
  enter();
}

Terminal::~Terminal() {
  leave();
  uninstall_all();
  mode_is_set = 0;
}

void Terminal::show(std::string echo) {
  std::string_view rest = echo;
  while (screen_.is_open() && !rest.empty()) {
    const ssize_t written = ::write(screen_.number(), rest.data(), rest.size());
    if (written > 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      stalled_ = false;
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    pollfd room{screen_.number(), POLLOUT, 0};
    if (stalled_ || errno != EAGAIN || ::poll(&room, 1, kShowMilliseconds) == 0) {
      stalled_ = true;
      return;
    }
  }
}

std::ptrdiff_t Terminal::read(char* into, std::size_t most) {
  while (given_ == ready_.size()) {
    if (typed_.ended()) return 0;
    std::array<char, 4'096> bytes{};
    const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
    if (got < 0) return got;
    if (got == 0) {
      typed_.finish();
    } else {
      typed_.feed({bytes.data(), static_cast<std::size_t>(got)});
    }
    ready_ = typed_.take_text();
    given_ = 0;
    show(typed_.take_echo());
    if (got == 0 && ready_.empty()) return 0;
  }
  const std::size_t size = std::min(most, ready_.size() - given_);
  std::memcpy(into, ready_.data() + given_, size);
  given_ += size;
  return static_cast<std::ptrdiff_t>(size);
}

}  // namespace emltrace::intake
