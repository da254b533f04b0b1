#pragma once

#include <optional>
#include <vector>

#include "message/message.hpp"
#include "message/received/hop.hpp"
#include "trace/report.hpp"
#include "trace/route/own_fields.hpp"

namespace emltrace::report {

/// Who wrote the fields of a traced message, and how far he can be believed.
class FieldWriters {
 public:
  /// All of them must outlive this. `message` is the one that was traced.
  FieldWriters(const trace::Report& report, const intake::Item& item, const Message& message);

  /// Of a field that a host puts in: `own` where one of the recipient's wrote it; `corroborated`
  /// where a signature that verifies covers it; else the standing of the Received line next below
  /// it, whose host put it there; `unverified` below all of them.
  [[nodiscard]] trace::Standing standing_of(const Field& field) const;
  /// One of the recipient's hosts wrote it.
  [[nodiscard]] bool is_own(const Field& field) const;
  /// A signature that verifies, and leaves nothing open, covers the field of that name
  /// (lower case).
  [[nodiscard]] bool is_signed(std::string_view name) const;

 private:
  const trace::Report& report_;
  const intake::Item& item_;
  HopList hops_;
  std::optional<trace::OwnFields> own_;
};

}  // namespace emltrace::report
