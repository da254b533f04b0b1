#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "message/message.hpp"
#include "trace/author/signed_fields.hpp"
#include "trace/route/boundary.hpp"

namespace emltrace::trace {

/// What shows that a host of the recipient wrote a field which anybody can write, best first.
enum class WriterGround {
  queue_id,   ///< it, or a field of the same filter beside it, bears the id of an own Received line
  host_name,  ///< the same with the name of an own host that no second such field names
  family,     ///< own hosts are Microsoft's, and take all foreign fields of that name away
  marker,     ///< it stands outside of what Outlook.com marked as received
  place,      ///< it stands above the border's line, or where the border's provider writes
  signature,  ///< an own domain signed it
};

/// Whose word a field is. Place alone does not tell: filters append as often as they prepend. What
/// none of the grounds holds for is a claim.
class FieldWriters {
 public:
  /// `hops` are those of the message, oldest first. All outlive this.
  FieldWriters(const Message& message, std::span<const Hop> hops, const Boundary& boundary,
               const SignedFields& signatures);

  /// Null where no ground shows an own writer. `field` is an index in the message.
  [[nodiscard]] std::optional<WriterGround> ground(std::size_t field) const;
  [[nodiscard]] bool is_own(std::size_t field) const { return ground(field).has_value(); }

  struct SisterRow;  ///< inside

 private:
  [[nodiscard]] std::vector<bool> marks_of(const SisterRow& row,
                                           const std::vector<std::string>& names) const;
  void find_sisters();
  void find_markers();
  [[nodiscard]] bool is_own_id(std::string_view id) const;
  [[nodiscard]] bool is_own_host(std::string_view name) const;
  [[nodiscard]] bool is_family_field(std::size_t field) const;

  const Message& message_;
  std::span<const Hop> hops_;
  const Boundary& boundary_;
  const SignedFields& signatures_;
  bool microsoft_ = false;                              // an own line is Microsoft's
  std::vector<std::optional<WriterGround>> sister_;     // in step with the fields
  std::optional<std::size_t> marked_from_, marked_to_;  // fields as they came, both ends included
};

}  // namespace emltrace::trace
