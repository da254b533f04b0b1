#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/route/contact.hpp"

namespace emltrace::trace {

enum class HandleKind { account, script, tenant, campaign, message, client_address };
[[nodiscard]] std::string_view to_string(HandleKind kind);

/// What the operator of a mail system needs quoted to find the account behind a message.
struct Handle {
  std::size_t line = 0;    ///< in the message
  std::size_t offset = 0;  ///< in the message
  std::string header;      ///< the field's name as written; empty where it stands in an address
  HandleKind kind = HandleKind::message;
  std::string value;                         ///< decoded where the form is known
  std::optional<std::string> operator_name;  ///< host or organization that can resolve it
  bool trusted = false;                      ///< a host of standing own or border wrote the line
  std::vector<Contact> report_to;  ///< none where nothing shows that its operator handled it
};

}  // namespace emltrace::trace
