#pragma once

#include <string_view>

#include "message/message.hpp"
#include "message/received/hop.hpp"
#include "trace/author/field_writers.hpp"
#include "trace/author/signed_fields.hpp"
#include "trace/report.hpp"

namespace emltrace::trace {

/// How far those who wrote the fields of a traced message can be believed.
class FieldStanding {
 public:
  /// Both must outlive this. `message` is the one that was traced.
  FieldStanding(const Report& report, const Message& message);
  FieldStanding(const FieldStanding&) = delete;
  FieldStanding& operator=(const FieldStanding&) = delete;

  /// Of a field that a host puts in: `own` where one of the recipient's wrote it; `corroborated`
  /// where a valid signature covers it; else the standing of the Received line next below it, whose
  /// host put it there; `unverified` below all of them. `field` is one of the message.
  [[nodiscard]] Standing of(const Field& field) const;
  /// One of the recipient's hosts wrote it.
  [[nodiscard]] bool is_own(const Field& field) const;
  /// There are fields of that name, and a valid signature covers each.
  [[nodiscard]] bool is_signed(std::string_view name) const;

 private:
  [[nodiscard]] std::size_t index_of(const Field& field) const;
  [[nodiscard]] bool is_signed_at(std::size_t field) const;

  const Report& report_;
  const Message& message_;
  HopList hops_;
  SignedFields signatures_;
  FieldWriters writers_;
};

}  // namespace emltrace::trace
