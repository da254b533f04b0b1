#pragma once

#include <string>
#include <thread>

namespace emltrace::test {

/// A folder of the test's own, removed with all that is in it.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Writes a file, and the folders above it; gives its path.
  std::string write(const std::string& name, const std::string& bytes) const;
  std::string make_folder(const std::string& name) const;

 private:
  std::string path_;
};

/// The reading end of a pipe into which another thread writes.
class Pipe {
 public:
  explicit Pipe(std::string bytes);
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe();
  [[nodiscard]] int descriptor() const { return reading_; }

 private:
  int reading_ = -1;
  std::thread writer_;
};
inline Pipe piped(std::string bytes) {
  return Pipe(std::move(bytes));
}

}  // namespace emltrace::test
