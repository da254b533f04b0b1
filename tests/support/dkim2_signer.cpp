#include "support/dkim2_signer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/base64.hpp"
#include "base/crypto.hpp"

namespace emltrace::test {
namespace {

struct Parts {
  std::vector<std::pair<std::string, std::string>> fields;  // name as written, value, top down
  std::string body;
};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return text;
}

Parts split_message(const std::string& message) {
  Parts out;
  std::size_t at = 0;
  while (at < message.size()) {
    const std::size_t end = message.find("\r\n", at);
    const std::string line = message.substr(at, end - at);
    at = end + 2;
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      out.fields.back().second += line;
    } else {
      const std::size_t colon = line.find(':');
      out.fields.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
  }
  out.body = message.substr(at);
  return out;
}

std::string reduced(const std::string& value) {
  std::string out;
  for (const char c : value) {
    const bool space = c == ' ' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_hashed(const std::string& name) {
  static const std::set<std::string> kOut{
      "received",        "return-path",      "delivered-to",          "dkim-signature",
      "dkim2-signature", "message-instance", "authentication-results"};
  return !kOut.contains(name) && !name.starts_with("x-") && !name.starts_with("received-");
}

std::string header_input(const Parts& parts) {
  std::map<std::string, std::string> by_name;  // of one name the lowest first
  for (auto field = parts.fields.rbegin(); field != parts.fields.rend(); ++field) {
    const std::string name = lower(field->first);
    if (is_hashed(name)) by_name[name] += name + ":" + reduced(field->second) + "\r\n";
  }
  std::string out;
  for (const auto& [name, lines] : by_name) out += lines;
  return out;
}

std::string body_input(std::string body) {
  while (body.ends_with("\r\n")) body.resize(body.size() - 2);
  return body + "\r\n";
}

std::string signed_line(const std::string& name, const std::string& value) {
  std::string out = lower(name) + ":" + value;
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t'; });
  return out + "\r\n";
}

int number_of(const std::string& value, char tag) {
  const std::string sought = std::string(1, tag) + "=";
  const std::size_t at = value.starts_with(sought) ? 0 : value.find(" " + sought) + 1;
  return std::stoi(value.substr(at + 2));
}

// What stands before the signature's own field: instances and signatures by their numbers.
std::string signed_before(const Parts& parts, const Dkim2Hop& hop) {
  std::map<int, std::string> instances, signatures;
  for (const auto& [name, value] : parts.fields) {
    const std::string text = reduced(value);
    if (lower(name) == "message-instance" && number_of(text, 'm') <= hop.m)
      instances[number_of(text, 'm')] = signed_line(name, value);
    if (lower(name) == "dkim2-signature")
      signatures[number_of(text, 'i')] = signed_line(name, value);
  }
  std::string out;
  for (const auto& [number, line] : instances) out += line;
  for (const auto& [number, line] : signatures) out += line;
  return out;
}

std::string envelope_of(const Dkim2Hop& hop) {
  if (!hop.next_domain.empty()) return "nd=" + hop.next_domain + "; ";
  std::string out = "mf=" + base64_encode(hop.mail_from) + "; rt=";
  for (std::size_t i = 0; i < hop.rcpt_to.size(); ++i)
    out += (i == 0 ? "" : ",\r\n\t") + base64_encode(hop.rcpt_to[i]);
  return out + "; ";
}

std::string with_signature(const std::string& message, const Dkim2Hop& hop) {
  const Parts parts = split_message(message);
  const std::string head = "i=" + std::to_string(hop.i) + "; m=" + std::to_string(hop.m) +
                           "; t=" + std::to_string(hop.time) + "; d=" + hop.domain + ";\r\n\t" +
                           envelope_of(hop) + hop.extra;
  std::string bare = "s=", full = "s=";
  for (const std::string& selector : hop.selectors) {
    const std::string joint = bare == "s=" ? "" : ",";
    bare += joint + selector + ":ed25519-sha256:";
  }
  std::string unfolded = head;
  for (std::size_t at; (at = unfolded.find("\r\n")) != std::string::npos;) unfolded.erase(at, 2);
  const SigningKey& key = hop.key != nullptr ? *hop.key : dkim2_key(hop.domain);
  const std::string input =
      signed_before(parts, hop) + signed_line("DKIM2-Signature", unfolded + bare + ";");
  const std::string value =
      base64_encode(key.sign(crypto::Hash::sha256, crypto::digest(crypto::Hash::sha256, input)));
  for (const std::string& selector : hop.selectors)
    full += (full == "s=" ? "" : ",") + selector + ":ed25519-sha256:" + value;
  return "DKIM2-Signature: " + head + full + ";\r\n" + message;
}

}  // namespace

const SigningKey& dkim2_key(const std::string& domain) {
  static std::map<std::string, int> numbers;
  const auto found = numbers.try_emplace(domain, 100 + static_cast<int>(numbers.size())).first;
  return SigningKey::ed25519(found->second);
}

std::string dkim2_zone(const std::vector<std::string>& domains) {
  std::string out;
  for (const std::string& domain : domains)
    out += txt_line("s1._domainkey." + domain, key_record(dkim2_key(domain)));
  return out;
}

std::string dkim2_hop(const std::string& message, const Dkim2Hop& hop) {
  std::string out = message;
  if (hop.instance) {
    const Parts parts = split_message(message);
    const auto hash = hop.hash == "sha512" ? crypto::Hash::sha512 : crypto::Hash::sha256;
    out = "Message-Instance: m=" + std::to_string(hop.m) + "; h=" + hop.hash + ":" +
          base64_encode(crypto::digest(hash, header_input(parts))) + ":" +
          base64_encode(crypto::digest(hash, body_input(parts.body))) + ";" +
          (hop.recipe.empty() ? "" : " r=" + base64_encode(hop.recipe) + ";") + "\r\n" + out;
  }
  return hop.selectors.empty() ? out : with_signature(out, hop);
}

std::string dkim2_origin(const std::string& message) {
  return dkim2_hop(message, {});
}

}  // namespace emltrace::test
