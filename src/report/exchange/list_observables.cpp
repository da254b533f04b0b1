#include "report/exchange/list_observables.hpp"

#include <string>

#include "message/body/text_links.hpp"
#include "message/body/url.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kRole = "unsubscribe";

}  // namespace

void add_list_fields(const Message& message, const trace::FieldStanding& fields,
                     Observables& into) {
  const trace::Standing standing = fields.is_signed("list-unsubscribe")
                                       ? trace::Standing::corroborated
                                       : trace::Standing::unverified;
  for (const Field* field : message.find_all("List-Unsubscribe")) {
    find_links(unfold(field->body), [&](const TextLink& link) {
      const auto url = link.address ? std::nullopt : read_url(link.text);
      if (link.address) into.mailbox(link.text, kRole, standing);
      if (!url) return;
      into.add("url", url->text, kRole, standing);
      into.host(*url, kRole, standing);
    });
  }
}

}  // namespace emltrace::report
