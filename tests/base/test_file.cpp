#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>

#include "base/file.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;
using emltrace::AtomicFile;
using emltrace::read_file;
using emltrace::write_file;

namespace {

/// A folder of its own that is gone at the end of the test.
struct Folder {
  Folder() : path(fs::temp_directory_path() / ("emltrace-file-" + std::to_string(::getpid()))) {
    fs::create_directory(path);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  [[nodiscard]] std::string at(const char* name) const { return (path / name).string(); }
  [[nodiscard]] auto count() const { return std::distance(fs::directory_iterator(path), {}); }
  fs::path path;
};

}  // namespace

TEST_CASE("what is written is read again, whatever its bytes and size") {
  const Folder folder;
  std::string bytes;
  for (int i = 0; i < 300000; ++i) bytes += static_cast<char>(i % 256);
  REQUIRE(write_file(folder.at("a"), bytes));
  CHECK(read_file(folder.at("a")).value() == bytes);
  REQUIRE(write_file(folder.at("a"), ""));
  CHECK(read_file(folder.at("a")).value().empty());
  CHECK(folder.count() == 1);
}

TEST_CASE("a written file has the mode of any new file") {
  const Folder folder;
  const mode_t mask = ::umask(027);
  REQUIRE(write_file(folder.at("a"), "x"));
  ::umask(mask);
  struct stat status {};
  REQUIRE(::stat(folder.at("a").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("a symbolic link stays one: its target is written") {
  const Folder folder;
  REQUIRE(write_file(folder.at("target"), "old"));
  fs::create_symlink(folder.at("target"), folder.at("link"));
  REQUIRE(write_file(folder.at("link"), "new"));
  CHECK(fs::is_symlink(folder.at("link")));
  CHECK(read_file(folder.at("target")).value() == "new");
}

TEST_CASE("a device is written to, not replaced") {
  CHECK(write_file("/dev/null", "x"));
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("what cannot be read or written is named with the system's reason, and leaves nothing") {
  const Folder folder;
  const std::string absent = folder.at("absent/a");
  CHECK(read_file(absent).error() == absent + ": No such file or directory");
  CHECK(write_file(absent, "x").error() == absent + ": No such file or directory");
  CHECK(read_file(folder.path.string()).error() == folder.path.string() + ": Is a directory");
  CHECK(write_file(folder.path.string(), "x").error() == folder.path.string() + ": Is a directory");
  CHECK(write_file("/dev/full", "x").error() == "/dev/full: No space left on device");
  CHECK(folder.count() == 0);
}

TEST_CASE("a file that is replaced keeps its mode") {
  const Folder folder;
  REQUIRE(write_file(folder.at("a"), "old"));
  fs::permissions(folder.at("a"), fs::perms::owner_read | fs::perms::owner_write);
  REQUIRE(write_file(folder.at("a"), "new"));
  CHECK(read_file(folder.at("a")).value() == "new");
  CHECK(fs::status(folder.at("a")).permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a file appears at the commit, whole, and not at all without one") {
  const Folder folder;
  {
    auto file = AtomicFile::open(folder.at("a"));
    REQUIRE(file);
    REQUIRE(file->write("one "));
    CHECK_FALSE(fs::exists(folder.at("a")));
    REQUIRE(file->write("two"));
    REQUIRE(file->commit());
    CHECK(read_file(folder.at("a")).value() == "one two");
  }
  {
    auto file = AtomicFile::open(folder.at("a"));
    REQUIRE(file);
    REQUIRE(file->write("never"));
  }
  CHECK(read_file(folder.at("a")).value() == "one two");
  CHECK(folder.count() == 1);
}

TEST_CASE("a full device is told by the write or the commit") {
  auto file = AtomicFile::open("/dev/full");
  REQUIRE(file);
  auto done = file->write("x");
  if (done) done = file->commit();
  REQUIRE_FALSE(done);
  CHECK(done.error() == "/dev/full: No space left on device");
}
