#include "report/exchange/field_observables.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/mailbox.hpp"
#include "message/rewritten_sender.hpp"
#include "trace/route/families.hpp"

namespace emltrace::report {
namespace {

using trace::Standing;

// What a field states of an address.
enum class Says {
  client,   ///< a filter's: the client that it took the message from
  tenant,   ///< Microsoft's: the client that handed the message to the sender's tenant
  claimed,  ///< a sending host's: who gave it the message
  relay,    ///< a service's: its own address that sent the message on
  sender,   ///< the sender's address before it was rewritten
  site,     ///< the site whose script sent, `name/path`
  folder,   ///< the same, `name:/path`
  command,  ///< a command line of that script
};

struct Row {
  std::string_view header;
  Says says;
  std::string_view key = {};  ///< the value stands behind it; empty: the first one in the field
};
constexpr auto kRows = std::to_array<Row>({
    {"X-Forefront-Antispam-Report", Says::client, "CIP:"},
    {"X-Sender-IP", Says::client},
    {"X-IronPort-RemoteIP", Says::client},
    {"X-FEAS-Client-IP", Says::client},
    {"X-Barracuda-Connect", Says::client, "["},
    {"X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp", Says::tenant, "Ip="},
    {"X-Forefront-Antispam-Report-Untrusted", Says::tenant, "CIP:"},
    {"X-Originating-IP", Says::claimed},
    {"X-SourceIP", Says::claimed},
    {"X-ClientIP", Says::claimed},
    {"X-EIP", Says::claimed},
    {"X-Real-IP", Says::claimed},
    {"X-Mailer-IP", Says::claimed},
    {"X-OVH-ClientIP", Says::claimed},
    {"X-Source-IP", Says::claimed},
    {"X-ME-IP", Says::claimed},
    {"X-Source-Sender", Says::claimed, "["},
    {"X-PHP-Script", Says::claimed, " for "},
    {"X-PHP-Script", Says::site},
    {"X-Source-Dir", Says::folder},
    {"X-Source-Args", Says::command},
    {"X-SES-Outgoing", Says::relay, "-"},
    {"X-Mailgun-Sending-Ip", Says::relay},
    {"X-Google-Original-From", Says::sender},
    {"X-Sonic-MF", Says::sender},
    {"X-Alimail-AntiSpam", Says::sender, "MF="},
    {"Return-Path", Says::sender},
});
constexpr std::string_view kMicrosoft = "microsoft";
constexpr std::string_view kVadeParameters = "Param=";
constexpr std::string_view kVadeClient = "inet=";

bool is_address_char(char c) {
  return text::hex_digit(c) || c == '.' || c == ':';
}

// The address at the start of a text, in brackets or not, `IPv6:` before it or not.
std::optional<ip::Address> address_at(std::string_view text) {
  text = text::trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text::istarts_with(text, "IPv6:")) text.remove_prefix(5);
  const auto* end = std::ranges::find_if_not(text, is_address_char);
  auto found = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  while (found.ends_with('.')) found.remove_suffix(1);
  const auto address = ip::Address::parse(found);
  // The broadcast address stands for 'none' where a message was submitted inside.
  if (!address || address->text() == "255.255.255.255") return std::nullopt;
  return address;
}

// What stands behind the first `key` at the start of a value: of `a;Ip=x` not that of `ClientIp=x`.
std::optional<std::string_view> behind(std::string_view text, std::string_view key) {
  for (std::size_t at = text::ifind(text, key); at != std::string_view::npos;
       at = text::ifind(text, key, at + 1)) {
    const bool word = text::is_alnum(key.front()) && at > 0 && text::is_alnum(text[at - 1]);
    if (!word) return text.substr(at + key.size());
  }
  return std::nullopt;
}

class Fields {
 public:
  Fields(const trace::Report& report, const intake::Item& item,
         const trace::FieldStanding& standing, Observables& into)
      : report_(report), item_(item), standing_(standing), into_(into) {}

  void take(const Row& row, const Field& field) {
    const std::string body = unfold(field.body);
    const auto value = row.key.empty() ? std::string_view(body) : behind(body, row.key);
    if (!value) return;
    switch (row.says) {
      case Says::client:
      case Says::tenant:
      case Says::claimed:
      case Says::relay:
        return take_address(row, field, *value);
      case Says::sender:
        return take_sender(field, *value);
      case Says::site:
        return take_site(field, *value);
      case Says::folder:
        return take_folder(field, *value);
      case Says::command:
        return take_command(field, *value);
    }
  }

  // Vade's cause is read with its filter: the parameters in it name the client.
  void take_vade() {
    for (const trace::FilterReport& filter : report_.filters) {
      if (filter.vendor != "vade") continue;
      for (const trace::FilterValue& value : filter.values) {
        const auto parameters = behind(value.value, kVadeParameters);
        const auto client = parameters ? behind(*parameters, kVadeClient) : std::nullopt;
        if (!client) continue;
        into_.address(address_at(*client), "client",
                      filter.trusted ? Standing::own : Standing::unverified);
      }
    }
  }

 private:
  void take_address(const Row& row, const Field& field, std::string_view value) {
    if (row.says == Says::relay && row.key == "-") value.remove_prefix(value.rfind('-') + 1);
    // `for 192.0.2.1, 192.0.2.2`: proxies on the way.
    for (const std::string_view part : text::split(value, ',')) {
      const auto address = address_at(part);
      if (!address) break;
      add_address(row.says, field, *address);
    }
  }

  void add_address(Says says, const Field& field, const ip::Address& address) {
    const Standing own = is_recipients(field) ? Standing::own : Standing::unverified;
    if (says == Says::client) return into_.address(address, "client", own);
    if (says == Says::claimed) return into_.address(address, "claimed-origin", own);
    const bool supported =
        says == Says::tenant ? is_from_microsoft() : address == report_.envelope.client_ip;
    into_.address(address, says == Says::tenant ? "origin" : "relay",
                  supported ? Standing::corroborated : Standing::unverified);
  }

  // The filter of a host on the sender's side may stand among the recipient's fields.
  [[nodiscard]] bool is_recipients(const Field& field) const {
    const std::size_t line = item_.places.input_line(field.offset, field.line);
    const auto filter = std::ranges::find_if(report_.filters, [&](const trace::FilterReport& told) {
      return told.line == line && text::iequals(told.header, field.name);
    });
    return filter == report_.filters.end() ? standing_.is_own(field) : filter->trusted;
  }

  // The border's client is one of Microsoft's hosts, by its address or by a name that is confirmed.
  [[nodiscard]] bool is_from_microsoft() const {
    const int number = report_.envelope.from_hop.value_or(0);
    if (number < 1 || static_cast<std::size_t>(number) > report_.hops.size()) return false;
    const trace::TracedHop& border = report_.hops[static_cast<std::size_t>(number) - 1];
    const auto& from = border.received.from;
    const trace::Family* inner =
        from.ip ? trace::family_of_inner_address(*from.ip, from.helo.value_or("")) : nullptr;
    if (inner != nullptr && inner->key == kMicrosoft) return true;
    std::vector<std::string> names;
    if (from.rdns && !from.may_be_forged) names.push_back(*from.rdns);
    if (from.helo && border.dns.helo_confirmed.value_or(false)) names.push_back(*from.helo);
    if (border.dns.ptr && border.dns.forward_confirmed.value_or(false)) {
      for (const DomainName& name : *border.dns.ptr) names.push_back(name.text());
    }
    return std::ranges::any_of(names, [](const std::string& name) {
      const auto host = DomainName::parse_host(name);
      const trace::Family* family = host ? trace::family_of_host(*host) : nullptr;
      return family != nullptr && family->key == kMicrosoft;
    });
  }

  void take_sender(const Field& field, std::string_view value) {
    const Standing standing = standing_.of(field);
    if (text::iequals(field.name, "Return-Path")) {
      const std::string path = parse_path(value).value_or("");
      const auto rewritten = read_rewritten_sender(path);
      if (rewritten) into_.mailbox(rewritten->sender.value_or(""), "original-sender", standing);
      return;
    }
    for (const Mailbox& mailbox : parse_addresses(value.substr(0, value.find(';'))).mailboxes) {
      into_.mailbox(mailbox.address(), "original-sender", standing);
    }
  }

  void take_site(const Field& field, std::string_view value) {
    value = value.substr(0, value.find(' '));
    const std::size_t slash = std::min(value.find('/'), value.size());
    add_site(field, value.substr(0, slash), value.substr(slash));
  }

  void take_folder(const Field& field, std::string_view value) {
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos) return add_site(field, "", value);
    add_site(field, value.substr(0, colon), value.substr(colon + 1));
  }

  // The program in front is the host's own.
  void take_command(const Field& field, std::string_view value) {
    const auto words = text::words(value);
    for (std::size_t i = words.size() > 1 ? 1 : 0; i < words.size(); ++i) {
      add_site(field, "", words[i]);
    }
  }

  void add_site(const Field& field, std::string_view name, std::string_view path) {
    const Standing standing = standing_.of(field);
    into_.name(std::string(name), "compromised-site", standing);
    path = text::trim(path);
    if (path.size() > 1 && path.starts_with('/')) {
      into_.add("path", std::string(path), "compromised-site", standing);
    }
  }

  const trace::Report& report_;
  const intake::Item& item_;
  const trace::FieldStanding& standing_;
  Observables& into_;
};

}  // namespace

void add_fields(const trace::Report& report, const intake::Item& item, const Message& message,
                const trace::FieldStanding& standing, Observables& into) {
  Fields fields(report, item, standing, into);
  for (const Field& field : message.fields()) {
    for (const Row& row : kRows) {
      if (text::iequals(field.name, row.header)) fields.take(row, field);
    }
  }
  fields.take_vade();
}

}  // namespace emltrace::report
