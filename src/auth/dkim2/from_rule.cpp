#include "auth/dkim2/from_rule.hpp"

#include "message/address.hpp"

namespace emltrace::dkim2 {

std::optional<std::vector<FromOwner>> from_owners(const Message& message, const Chain& chain,
                                                  const History& history) {
  std::vector<FromOwner> out;
  std::size_t number = history.from_made_at.size();  // the lowest field is the first there
  for (const Field* field : message.find_all("From")) {
    const auto made_at = history.from_made_at[--number];
    const Signature* signature = made_at ? chain.maker_of(*made_at) : nullptr;
    if (signature == nullptr || !signature->domain) return std::nullopt;
    for (const Mailbox& mailbox : parse_addresses(field->body).mailboxes) {
      const auto domain = mailbox.domain_name();
      out.push_back({signature, domain && domain->is_within(*signature->domain)});
    }
  }
  return out;
}

}  // namespace emltrace::dkim2
