#pragma once

#include <optional>

#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

/// How a line fits under the newer one: is its writer the host that connected there?
enum class Link {
  supported,  ///< the writer is the client by DNS or by what the newer line's server looked up
  inside,     ///< handed over inside one host or one private network
  pulled,     ///< fetched from a mailbox (POP, IMAP): the client there is the mailbox, not a sender
  named,      ///< only the client's own HELO says so
  open,       ///< one of both tells too little to compare
  broken,     ///< the writer is somebody else
};

/// The link between `newer` and the line below it.
[[nodiscard]] Link judge_link(const Hop& newer, const HostFacts& newer_facts, const Hop& older,
                              const HostFacts& older_facts);

/// The name of the host that wrote the line; null where it gives none.
[[nodiscard]] std::optional<DomainName> writer_of(const Hop& hop);

}  // namespace emltrace::trace
