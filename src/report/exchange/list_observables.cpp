#include "report/exchange/list_observables.hpp"

#include <string>

#include "message/body/text_links.hpp"
#include "message/body/url.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kRole = "unsubscribe";
constexpr std::size_t kMaxLinks = 20;  // a field names two, by web and by mail

}  // namespace

void add_list_fields(const Message& message, const FieldWriters& writers, Observables& into) {
  const trace::Standing standing = writers.is_signed("list-unsubscribe")
                                       ? trace::Standing::corroborated
                                       : trace::Standing::unverified;
  for (const Field* field : message.find_all("List-Unsubscribe")) {
    for (const TextLink& link : links_in_text(unfold(field->body), kMaxLinks)) {
      const auto url = link.address ? std::nullopt : read_url(link.text);
      if (link.address) into.mailbox(link.text, kRole, standing);
      if (!url) continue;
      into.add("url", url->text, kRole, standing);
      into.host(*url, kRole, standing);
    }
  }
}

}  // namespace emltrace::report
