#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/sign.hpp"

/// A signer of DKIM2 for tests, written apart from the verifier: it has its own canonical forms.
namespace emltrace::test {

struct Dkim2Hop {
  int i = 1, m = 1;
  std::int64_t time = 1'793'000'000;  ///< 2026-10-26T07:33:20Z
  std::string domain = "a.example";
  std::string mail_from = "<ann@a.example>";                ///< with its brackets
  std::vector<std::string> rcpt_to = {"<list@l.example>"};  ///< the same
  std::string next_domain;  ///< nd=; then there is neither mf= nor rt=
  std::string extra;        ///< more tags, each with `;` behind it
  std::string hash = "sha256";
  const SigningKey* key = nullptr;  ///< an Ed25519 key; null: dkim2_key(domain)
  /// Each signs with that key; empty: no signature is added.
  std::vector<std::string> selectors = {"s1"};
  std::string recipe;    ///< JSON of r=; empty: none
  bool instance = true;  ///< false: the hop changed nothing and adds no Message-Instance
};

/// One Ed25519 key a domain, made at the first call.
[[nodiscard]] const SigningKey& dkim2_key(const std::string& domain);
/// Master file lines: the keys of these domains at the selector s1, and what `extra` says.
[[nodiscard]] std::string dkim2_zone(const std::vector<std::string>& domains);

/// The message (CRLF lines) with the hop's Message-Instance and DKIM2-Signature on top.
[[nodiscard]] std::string dkim2_hop(const std::string& message, const Dkim2Hop& hop);
/// dkim2_hop of a first hop: a.example sends to list@l.example.
[[nodiscard]] std::string dkim2_origin(const std::string& message);

}  // namespace emltrace::test
