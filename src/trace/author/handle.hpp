#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "trace/route/contact.hpp"

namespace emltrace::trace {

enum class HandleKind { account, script, tenant, campaign, message, client_address };
[[nodiscard]] std::string_view to_string(HandleKind kind);

/// What the operator of a mail system needs quoted to find the account behind a message.
struct Handle {
  std::size_t line = 0;    ///< in the message; 0 where no field has it
  std::size_t offset = 0;  ///< in the message
  std::string header;      ///< the field's name as written; empty where it stands in an address of
                           ///< the envelope that no Return-Path repeats
  HandleKind kind = HandleKind::message;
  std::string
      value;  ///< decoded where the form is known; empty where the field has none of its own
  std::optional<std::string> operator_name;  ///< host or organization that can resolve it
  /// A host of standing own or border wrote the line, or the route, SPF or a valid signature that
  /// covers it shows that its operator handled the message. Else it is a claim: kits copy handles.
  bool trusted = false;
  std::vector<Contact> report_to;  ///< none where nothing shows that its operator handled it

  std::optional<std::string> recipient = {};        ///< whom a coded value names
  std::optional<std::string> original_sender = {};  ///< whom a rewritten envelope sender names
  std::optional<Instant> made_at = {};              ///< the writer's clock in the value
  std::optional<std::string> expires_on = {};  ///< `2026-11-17`, of an address that is for once
  std::optional<std::string> note = {};        ///< what a reader might take wrong
};

}  // namespace emltrace::trace
