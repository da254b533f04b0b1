#include "report/exchange/rewritten_sender.hpp"

#include "base/domain.hpp"
#include "base/text.hpp"

namespace emltrace::report {
namespace {

// Takes off so many parts, each with the '=' behind it; false where there are fewer.
bool pass_parts(std::string_view& text, int count) {
  for (; count > 0; --count) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return false;
    text.remove_prefix(equals + 1);
  }
  return true;
}

// HHHH=TT=domain=local
std::optional<std::string> from_srs0(std::string_view text) {
  if (!pass_parts(text, 2)) return std::nullopt;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const auto domain = DomainName::parse_host(text.substr(0, equals));
  const std::string_view local = text.substr(equals + 1);
  if (!domain || local.empty()) return std::nullopt;
  return std::string(local) + '@' + domain->text();
}

// The separator behind SRS0 or SRS1 is one of three.
bool is_srs(std::string_view local, std::string_view tag) {
  return text::istarts_with(local, tag) && local.size() > tag.size() &&
         std::string_view("=+-").find(local[tag.size()]) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> original_sender(std::string_view path) {
  const std::size_t at = path.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view local = path.substr(0, at);
  if (is_srs(local, "SRS0")) return from_srs0(local.substr(5));
  if (is_srs(local, "SRS1")) {
    // HHHH=host==HHHH=TT=domain=local: behind the first forwarder stands its own form, with its
    // separator.
    std::string_view rest = local.substr(5);
    if (!pass_parts(rest, 2) || rest.empty()) return std::nullopt;
    return from_srs0(rest.substr(1));
  }
  if (text::istarts_with(local, "prvs=")) {
    if (!pass_parts(local, 2) || local.empty()) return std::nullopt;
    return std::string(local) + std::string(path.substr(at));
  }
  return std::nullopt;
}

}  // namespace emltrace::report
