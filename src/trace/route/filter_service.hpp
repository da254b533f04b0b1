#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/domain.hpp"

namespace emltrace::trace {

/// True where a domain with this MX host has its mail taken in by a service that filters it and
/// hands it on: those of the family table, and Microsoft's *.mail.protection.outlook.com, which
/// stands before mailboxes of its own and before hosts of the customer alike.
[[nodiscard]] bool is_filter_host(const DomainName& host);

/// Whose a host of a filter service is, where the service writes that into the name: equal for two
/// hosts of one customer, and held by no host of another. `mx0a-00123401.pphosted.com` and
/// `mx0b-00123401.pphosted.com` give `00123401.pphosted.com`. Null for hosts that all customers
/// share and for names of no such service.
[[nodiscard]] std::optional<std::string> customer_label(const DomainName& host);

/// A field that a filter service leaves in what it hands on. Anybody can write it: a hint only.
struct GatewayHint {
  std::string_view field;   ///< name in lower case, or its beginning where it ends in `-`
  std::string_view family;  ///< key of the family; empty where many services leave it
};
[[nodiscard]] std::span<const GatewayHint> gateway_hints();
/// The row of a field name, whatever its case; null if none.
[[nodiscard]] const GatewayHint* gateway_hint(std::string_view field_name);

}  // namespace emltrace::trace
