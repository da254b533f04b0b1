#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim2/hashed_fields.hpp"
#include "base/crypto.hpp"
#include "message/message.hpp"

namespace emltrace::dkim2 {

/// A field of one state of the message.
struct StateField {
  std::string value;  ///< unfolded, white space at its ends taken off
  std::string line;   ///< what is hashed: `name:value` CRLF in DKIM's relaxed form
  /// Counts the fields of that name as they came, the lowest first; null where a recipe made it.
  std::optional<std::size_t> number;
};

/// The message as it was at one instance: at first as it came, then with recipe after recipe
/// undone. Views look into the message and into the recipes, which have to outlive it.
class State {
 public:
  using Fields = std::map<std::string, std::vector<StateField>>;  ///< by name, lowest field first
  using Lines = std::vector<std::string_view>;

  State(const Message& message, dkim::LineEnds ends);

  [[nodiscard]] const Fields& fields() const { return fields_; }
  /// Of one name in lower case, lowest first; empty where there are none.
  [[nodiscard]] const std::vector<StateField>& fields(const std::string& name) const;
  void set_fields(const std::string& name, std::vector<StateField> fields);
  /// The field that a recipe writes.
  [[nodiscard]] static StateField make_field(const std::string& name, std::string_view value);

  [[nodiscard]] bool has_body() const { return has_body_; }
  /// Cut at the first call. There has to be a body.
  [[nodiscard]] const Lines& lines();
  void set_lines(Lines lines);
  void forget_body() { has_body_ = false; }

  /// The sorted fields that are hashed, one of a name below the other from the lowest up.
  [[nodiscard]] std::string header_hash(crypto::Hash hash, Rules rules) const;
  /// The body in DKIM's simple form. There has to be a body.
  [[nodiscard]] std::string body_hash(crypto::Hash hash);
  /// Bytes that one hash of header and body reads.
  [[nodiscard]] std::size_t size() const { return header_bytes_ + body_bytes_; }

 private:
  dkim::LineEnds ends_;
  Fields fields_;
  std::string_view raw_body_;  // as it came; counts as long as lines_ is null
  std::optional<Lines> lines_;
  bool has_body_ = true;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  std::map<crypto::Hash, std::string> body_hashes_;  // of the body as it is now
};

}  // namespace emltrace::dkim2
