#include "report/exchange/reported_links.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/body/content.hpp"
#include "message/body/wrapped_link.hpp"

namespace emltrace::report {
namespace {

constexpr int kMaxWrappers = 4;
constexpr std::size_t kMaxUri = 800;  // bytes of one that is reported

// Where a reader gets; null where a wrapper tells no whole link.
std::optional<Url> target_of(Url url) {
  for (int depth = 0; depth < kMaxWrappers; ++depth) {
    const auto inside = unwrapped_link(url.text);
    if (!inside) return url;
    auto target = inside->name_only ? std::nullopt : read_url(inside->target);
    if (!target) return std::nullopt;
    url = *std::move(target);
  }
  return url;
}

bool is_of_the_web(const Url& url) {
  return url.scheme == "http" || url.scheme == "https" || url.scheme == "ftp";
}

// An organization, or the address of a host that has no name.
std::string owner_of(const Url& url) {
  if (const auto* name = std::get_if<DomainName>(&url.host))
    return auth::registrable_domain(*name).text();
  return url.host_text();
}

bool is_spared(const std::string& owner, const trace::Report& report,
               std::span<const DomainName> own) {
  const auto name = DomainName::parse(owner);
  if (!name) return true;
  const auto same = [&](const DomainName& other) { return auth::same_organization(*name, other); };
  if (std::ranges::any_of(own, same)) return true;
  return report.verdict.author != trace::AuthorState::authenticated &&
         std::ranges::any_of(report.headers.from, [&](const Mailbox& author) {
           const auto domain = author.domain_name();
           return domain && same(*domain);
         });
}

}  // namespace

std::vector<std::string> reported_links(const trace::Report& report, std::string_view message,
                                        std::span<const DomainName> own) {
  std::vector<std::string> links;
  std::string owner;
  for (const body::Link& link : body::read_content(message).links) {
    if (link.use != body::Use::link || !is_of_the_web(link.url)) continue;
    const auto url = target_of(link.url);
    if (!url) return {};
    const std::string found = owner_of(*url);
    if (!owner.empty() && found != owner) return {};
    owner = found;
    const bool fits = url->text.size() <= kMaxUri && text::is_ascii(url->text);
    if (fits && links.size() < kMaxReportedLinks &&
        std::ranges::find(links, url->text) == links.end())
      links.push_back(url->text);
  }
  if (owner.empty() || is_spared(owner, report, own)) return {};
  return links;
}

}  // namespace emltrace::report
