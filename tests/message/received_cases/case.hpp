#pragma once

#include <cstdint>

/// A Received field in the shape of a real one, with all that must be read from it: a member that a
/// row does not name must be absent. Hosts and addresses are those of documentation.
struct ReceivedCase {
  const char* field;
  const char* producer = "";
  const char* helo = nullptr;
  bool helo_stated = false;
  const char* rdns = nullptr;
  const char* ip = nullptr;
  const char* invalid_ip = nullptr;
  const char* redacted = nullptr;
  std::uint16_t port = 0;
  const char* ident = nullptr;
  bool may_be_forged = false;
  const char* by_host = nullptr;
  const char* by_alias = nullptr;
  const char* by_ip = nullptr;
  std::uint16_t by_port = 0;
  const char* software = nullptr;
  const char* via = nullptr;
  const char* with = nullptr;
  const char* user = nullptr;  ///< authenticated; empty where the user is not named
  const char* tls = nullptr;   ///< version, cipher and bits, `-` for each that is not told
  const char* id = nullptr;
  const char* for_ = nullptr;
  const char* envelope_from = nullptr;
  const char* stamp = nullptr;
  bool local = false;
  bool junk = false;
  const char* unread = nullptr;
};
