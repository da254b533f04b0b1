#include "report/exchange/body_observables.hpp"

#include <fmt/format.h>

#include <utility>

#include "message/body/content.hpp"
#include "message/body/wrapped_link.hpp"

namespace emltrace::report {
namespace {

using trace::Standing;

constexpr int kMaxWrappers = 8;  // around one link

std::string_view role_of(body::Use use) {
  switch (use) {
    case body::Use::link:
      return "link";
    case body::Use::shown:
      return "link-text";
    case body::Use::resource:
      return "resource";
    case body::Use::pixel:
      return "tracker";
  }
  return "link";
}

std::string_view role_of(Wrapper wrapper) {
  switch (wrapper) {
    case Wrapper::filter:
      return "link-filter";
    case Wrapper::tracker:
      return "tracker";
    case Wrapper::redirector:
      return "redirector";
  }
  return "redirector";
}

Standing standing_of_body(const trace::Report& report) {
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    const bool aligned = i < report.dmarc.dkim_alignment.size() &&
                         report.dmarc.dkim_alignment[i] != auth::Alignment::none;
    const bool whole = report.dkim[i].unsigned_bytes == 0 && !report.is_partial(i);
    if (report.dkim[i].result == auth::Result::pass && aligned && whole) {
      return Standing::corroborated;
    }
  }
  return Standing::unverified;
}

void add_url(const Url& url, std::string_view role, Standing standing, Observables& into) {
  into.add("url", url.text, role, standing);
  // As people see it, where that is another place than they think.
  if (url.odd_host) into.add("url", url.written, role, standing);
  into.host(url, role, standing);
}

void add_link(const body::Link& link, Standing standing, Observables& into) {
  Url url = link.url;
  for (int depth = 0; depth < kMaxWrappers; ++depth) {
    const auto inside = unwrapped_link(url.text);
    if (!inside) break;
    add_url(url, role_of(inside->wrapper), standing, into);
    auto target = inside->name_only ? std::nullopt : read_url(inside->target);
    if (inside->name_only) into.name(inside->target, role_of(link.use), standing);
    if (!target) return;
    url = *std::move(target);
  }
  add_url(url, role_of(link.use), standing, into);
}

void add_attachment(const body::Attachment& attachment, Standing standing, Observables& into) {
  into.add("attachment",
           fmt::format("{} {} {}{}{}", attachment.type, attachment.size, attachment.sha256,
                       attachment.name.empty() ? "" : " ", attachment.name),
           "attachment", standing);
  into.add("sha256", attachment.sha256, "attachment", standing);
}

}  // namespace

std::vector<std::string> add_body(const trace::Report& report, std::string_view message,
                                  Observables& into) {
  body::Content content = body::read_content(message);
  const Standing standing = standing_of_body(report);
  for (const body::Link& link : content.links) add_link(link, standing, into);
  for (const std::string& address : content.addresses) into.mailbox(address, "link", standing);
  for (const body::Attachment& attachment : content.attachments) {
    add_attachment(attachment, standing, into);
  }
  return std::move(content.left_out);
}

}  // namespace emltrace::report
