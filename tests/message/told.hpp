#pragma once

#include <string>

#include "message/results/auth_results.hpp"

/// What the tests of recorded results compare.
namespace emltrace::test {

/// One line a method, so that a row shows every value that is expected:
/// `method=result !reason property=value … (comment) …`.
inline std::string told(const AuthResults& results) {
  std::string out = "[" + results.authserv_id.value_or("-") + "]";
  if (results.instance) out += " i=" + std::to_string(*results.instance);
  if (results.none) out += " none";
  for (const auto& method : results.methods) {
    out += "\n" + method.method + "=" + method.result;
    if (method.reason) out += " !" + *method.reason;
    for (const auto& [name, value] : method.properties) out += " " + name + "=" + value;
    for (const auto& comment : method.comments) out += " (" + comment + ")";
  }
  if (results.unread) out += "\n?" + *results.unread;
  return out;
}

struct Row {
  const char* what;
  const char* field;
  const char* expected;
};

}  // namespace emltrace::test
