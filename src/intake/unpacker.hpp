#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "intake/container/budget.hpp"
#include "intake/container/magic.hpp"
#include "intake/sources.hpp"
#include "intake/storage.hpp"

namespace emltrace::intake {

/// Archives, and archives inside them, walked in their own order, the innermost one first. Holds
/// what one archive needs, never all that is in it.
class Unpacker {
 public:
  /// `infected`, by which samples are handed around, is tried behind the passwords given.
  explicit Unpacker(std::vector<std::string> passwords, const container::Limits& limits = {});
  ~Unpacker();
  Unpacker(Unpacker&&) noexcept;
  Unpacker& operator=(Unpacker&&) noexcept;

  /// Goes into an archive: what next() gave last, or, where none is open, an input of its own.
  /// The fault tells why it cannot be opened.
  [[nodiscard]] std::optional<Fault> enter(std::string path, Input input,
                                           const container::Magic& kind);
  [[nodiscard]] bool is_open() const;

  /// One file of an archive.
  struct Member {
    std::string path;  ///< `a.zip!b.eml`; of a compressed stream its own
    Input input;       ///< to be read before the next call
  };
  /// The next file of the innermost archive, or what is to be told of that. Null where it has ended
  /// and was left.
  [[nodiscard]] std::optional<std::variant<Member, Fault>> next();

  static constexpr std::size_t kMaxDepth = 8;  ///< archives inside archives
  /// Of an archive that must be in memory as a whole.
  static constexpr std::size_t kMaxHeldBytes = std::size_t{1} << 30;

 private:
  struct Layer;
  std::vector<std::string> passwords_;
  container::Limits limits_;
  container::Budget budget_;  ///< of the outermost archive and all inside it
  std::vector<std::unique_ptr<Layer>> layers_;
};

}  // namespace emltrace::intake
