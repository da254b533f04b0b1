#include "support/files.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace emltrace::test {

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "emltrace-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& bytes) const {
  const std::filesystem::path file = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

std::string Folder::make_folder(const std::string& name) const {
  const std::filesystem::path folder = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(folder);
  return folder.string();
}

Pipe::Pipe(std::string bytes) {
  // A reader that stops early must not end the test program.
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe for the test");
  reading_ = ends[0];
  writer_ = std::thread([end = ends[1], bytes = std::move(bytes)] {
    std::size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t written = ::write(end, bytes.data() + at, bytes.size() - at);
      if (written <= 0) break;
      at += static_cast<std::size_t>(written);
    }
    ::close(end);
  });
}

Pipe::~Pipe() {
  ::close(reading_);
  writer_.join();
}

}  // namespace emltrace::test
