#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "trace/author/handles.hpp"

namespace emltrace::test {

/// A handle in one line: `kind value operator -> contact (source)`, `-` where there is none, and
/// behind it what else it tells: `recipient=…`.
inline std::string told(const trace::Handle& handle) {
  std::string out = std::string(trace::to_string(handle.kind)) + ' ' +
                    (handle.value.empty() ? "-" : handle.value) + ' ' +
                    handle.operator_name.value_or("-");
  for (const auto& contact : handle.report_to)
    out += " -> " + contact.address + " (" + contact.source + ')';
  if (handle.recipient) out += " recipient=" + *handle.recipient;
  if (handle.original_sender) out += " original=" + *handle.original_sender;
  if (handle.made_at) out += " made=" + format_rfc3339(*handle.made_at);
  if (handle.expires_on) out += " expires=" + *handle.expires_on;
  if (handle.note) out += " note=" + *handle.note;
  return out;
}

/// The handles that a header states, genuine or not, one a line.
inline std::string handles_told(const std::string& header) {
  const std::string text = header + "\n\n";
  std::string out;
  for (const auto& claimed : trace::read_handles(Message::parse(text)))
    out += (out.empty() ? "" : "\n") + told(claimed.handle);
  return out;
}

}  // namespace emltrace::test
