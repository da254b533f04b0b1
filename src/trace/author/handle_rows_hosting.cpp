#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/base64.hpp"
#include "base/ip.hpp"
#include "base/text.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/author/handles.hpp"

namespace emltrace::trace {
namespace {

using enum HandleKind;

// What a host of cPanel says where nobody logged in, and where it looked for one in vain.
bool is_nobody(std::string_view user) {
  return user.empty() || text::iequals(user, "none") ||
         text::istarts_with(user, "mailgid no entry");
}

// `host: user`, `host: authenticated_id: user`, `host: acl_…: user/text`
void sender_of_host(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t colon = text.find(": ");
  if (colon == text.npos) {
    out.add(row.kind, text, nullptr);
    return;
  }
  const std::string_view last = text::trim(text.substr(text.rfind(": ") + 2));
  const std::string_view user = last.substr(0, last.find('/'));
  if (is_nobody(user) || text.find(": mailgid ") != text.npos) return;
  out.add_of_host(row.kind, user, text.substr(0, colon));
}

// Five lines: notice, `Primary Hostname - host`, `Original Domain - …`, `Originator/Caller UID/GID
// - [47 12] / [47 12]`, `Sender Address Domain - …`.
void anti_abuse(std::string_view text, const HandleRow& row, HandleReading& out) {
  constexpr std::string_view kHost = "Primary Hostname - ", kUser = "Originator/Caller UID/GID - [";
  if (text::istarts_with(text, kHost)) {
    out.add_of_host(row.kind, text.substr(kHost.size()), text.substr(kHost.size()));
  } else if (text::istarts_with(text, kUser)) {
    const std::string_view rest = text.substr(kUser.size());
    const std::string_view uid = rest.substr(0, rest.find_first_of(" ]"));
    if (text::parse_unsigned(uid))
      out.add_of_host(row.kind, fmt::format("uid {}", uid), out.hosting());
  }
}

// `/home/acct/public_html/x.php`, `domain:/public_html/path`
void source(std::string_view text, const HandleRow& row, HandleReading& out) {
  constexpr std::string_view kHome = "/home/";
  out.add_of_host(row.kind, text, out.hosting());
  if (const std::size_t at = text.find(kHome); at != text.npos) {
    const std::string_view rest = text.substr(at + kHome.size());
    out.add_of_host(account, rest.substr(0, rest.find('/')), out.hosting());
  }
}

// Base64 of `acct;acct;host`: its sister fields are that host's too.
std::string capped_host(const Message& message) {
  const Field* field = message.find("X-Source-Cap");
  if (field == nullptr) return {};
  const auto inside = base64_decode(unfold(field->body.substr(0, kMaxHandleDecoded)), true);
  const auto parts = text::split(inside ? std::string_view(*inside) : "", ';');
  return parts.size() == 3 ? std::string(text::trim(parts[2])) : std::string();
}

void source_cap(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto inside = base64_decode(text.substr(0, kMaxHandleDecoded), true);
  const auto parts = text::split(inside ? std::string_view(*inside) : "", ';');
  if (parts.size() == 3) {
    out.add_of_host(row.kind, parts[0], text::trim(parts[2]));
  } else {
    out.add(row.kind, text, nullptr);
  }
}

void source_account(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add_of_host(row.kind, text, capped_host(out.message()));
}

// The address in brackets, else the text: `(helo) [203.0.113.9]:4711`.
std::string_view in_brackets(std::string_view text) {
  const std::size_t open = text.find('[');
  if (open == text.npos) return text;
  const std::string_view inside = text.substr(open + 1, text.find(']', open) - open - 1);
  return ip::Address::parse(inside) ? inside : text;
}

void source_address(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add_of_host(row.kind, in_brackets(text), capped_host(out.message()));
}

void client(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, in_brackets(text), nullptr);
}

// PHP's mail.add_x_header: `uid:file`.
void php_originating(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t colon = text.find(':');
  const std::string_view uid = text.substr(0, colon);
  const bool known = colon != text.npos && text::parse_unsigned(uid) && colon + 1 < text.size();
  out.add(row.kind,
          known ? fmt::format("{} (uid {})", text::trim(text.substr(colon + 1)), uid)
                : std::string(text),
          nullptr);
}

// `site/path for address[, address]`: whose call made the site send.
void php_script(std::string_view text, const HandleRow& row, HandleReading& out) {
  constexpr std::string_view kFor = " for ";
  const std::size_t at = text.rfind(kFor);
  const std::string_view script = text.substr(0, at);
  const std::string_view site = script.substr(0, script.find('/'));
  out.add_of_domain(row.kind, script, site);
  if (at == text.npos) return;
  for (const auto part : text::split(text.substr(at + kFor.size()), ','))
    out.add_of_domain(client_address, part, site);
}

// Orange's X-ME-Auth is base64.
void coded_user(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto inside = base64_decode(text.substr(0, kMaxHandleDecoded), true);
  const bool readable = inside && !inside->empty() &&
                        std::ranges::all_of(*inside, [](char c) { return c > ' ' && c <= '~'; });
  out.add(row.kind, readable ? std::string_view(*inside) : text, nullptr);
}

constexpr HandleRow kRows[] = {
    {"x-authenticated-sender x-get-message-sender-via", sender_of_host, account},
    {"x-antiabuse", anti_abuse, account},
    {"x-source x-source-args x-source-dir", source, script},
    {"x-source-cap", source_cap, account},
    {"x-source-auth", source_account, account},
    {"x-source-sender x-source-ip", source_address, client_address},
    {"x-php-originating-script", php_originating, script},
    {"x-php-script", php_script, script},
    {"x-authuser x-authenticated-id x-auth-user x-authenticated-user x-migadu-auth-user "
     "x-pair-authenticated",
     whole_handle, account},
    {"x-me-auth", coded_user, account},
    {"x-originating-ip x-sourceip x-clientip x-eip x-real-ip x-mailer-ip x-ovh-clientip x-me-ip",
     client, client_address},
    {"x-ovh-tracer-id", whole_handle, message, &operators::kOvh},
    {"x-provags-id x-ui-sender-class", whole_handle, message, &operators::kIonos},
    {"x-rzg-auth x-rzg-class-id", whole_handle, message, &operators::kStrato},
};

}  // namespace

std::span<const HandleRow> hosting_handle_rows() {
  return kRows;
}

}  // namespace emltrace::trace
