#include "auth/dkim2/hashes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace emltrace::dkim2 {
namespace {

using enum HashCheck;

HashCheck compared(bool match) {
  return match ? HashCheck::match : mismatch;
}

// A group holds where every hash of it is known and none differs; what cannot be compared is left
// out, as the body is where only the header was given.
bool holds(const std::vector<CheckedHashes>& hashes, std::size_t group) {
  return std::ranges::all_of(hashes, [group](const CheckedHashes& each) {
    return each.group != group ||
           (each.header != mismatch && each.header != unknown && each.body != mismatch);
  });
}

Fault mismatch_fault(const Instance& instance, const CheckedHashes& hashes, bool header) {
  Fault fault;
  fault.problem = header ? Problem::header_hash_mismatch : Problem::body_hash_mismatch;
  fault.at.m = instance.m;
  fault.detail = fmt::format("Message Instance m={} {} hash {} mismatch", instance.m.value_or(0),
                             header ? "header" : "body", hashes.algorithm);
  return fault;
}

// Why no group holds: what is proved wrong goes before what is not known.
Fault fault_of(const Instance& instance, const std::vector<CheckedHashes>& hashes) {
  for (const auto& each : hashes) {
    if (each.header == mismatch) return mismatch_fault(instance, each, true);
  }
  for (const auto& each : hashes) {
    if (each.body == mismatch) return mismatch_fault(instance, each, false);
  }
  for (const auto& each : hashes) {
    if (each.header != unknown) continue;
    const bool specified = each.algorithm == "sha256" || each.algorithm == "sha512";
    return specified
               ? instance_fault(Problem::unavailable, instance.m,
                                fmt::format("cannot be checked: OpenSSL does not compute {} here",
                                            each.algorithm))
               : instance_fault(Problem::algorithm, instance.m,
                                fmt::format("has the unknown hash algorithm {}", each.algorithm));
  }
  return {};
}

bool any_group_matches(const std::vector<CheckedHashes>& hashes, HashCheck CheckedHashes::* half) {
  return std::ranges::any_of(hashes, [&](const CheckedHashes& good) {
    return good.*half == HashCheck::match &&
           std::ranges::none_of(hashes, [&](const CheckedHashes& other) {
             return other.group == good.group && other.*half == mismatch;
           });
  });
}

}  // namespace

std::string_view to_string(HashCheck check) {
  static constexpr std::array<std::string_view, 4> kWords{"unchecked", "match", "mismatch",
                                                          "unknown"};
  return kWords[static_cast<std::size_t>(check)];
}

InstanceCheck check_hashes(const Instance& instance, State& state, Rules rules) {
  InstanceCheck out = unchecked_hashes(instance);
  for (std::size_t i = 0; i < instance.hashes.size(); ++i) {
    const HashSet& recorded = instance.hashes[i];
    if (!recorded.hash) continue;
    out.hashes[i].header = compared(state.header_hash(*recorded.hash, rules) == recorded.header);
    if (state.has_body())
      out.hashes[i].body = compared(state.body_hash(*recorded.hash) == recorded.body);
  }
  out.header_matches = any_group_matches(out.hashes, &CheckedHashes::header);
  out.body_matches = any_group_matches(out.hashes, &CheckedHashes::body);
  const bool held = std::ranges::any_of(
      out.hashes, [&](const CheckedHashes& each) { return holds(out.hashes, each.group); });
  if (!held) out.fault = fault_of(instance, out.hashes);
  out.beside_unknown = out.fault.problem == Problem::algorithm && out.header_matches;
  return out;
}

InstanceCheck unchecked_hashes(const Instance& instance) {
  InstanceCheck out;
  for (const HashSet& each : instance.hashes) {
    const HashCheck check = each.hash ? unchecked : unknown;
    out.hashes.push_back({each.group, each.algorithm, check, check});
  }
  return out;
}

}  // namespace emltrace::dkim2
