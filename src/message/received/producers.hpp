#pragma once

#include <span>
#include <string_view>

#include "message/received/draft.hpp"

/// Inside of the Received parser: who wrote the field, and what departs from the grammar.
namespace emltrace::received {

/// How a row knows its writer.
enum class Sign {
  software,   ///< the comment behind `by` or `with` starts with the text
  by_domain,  ///< the `by` host is the text or under it
  by_prefix,  ///< the `by` host starts with the text
  with,       ///< the `with` words start with the text
  lead,       ///< a comment before the first clause starts with the text
  shape,      ///< a test of its own
};

struct Producer {
  std::string_view key;
  Sign sign;
  std::string_view text;       ///< empty for `shape`
  bool (*test)(const Draft&);  ///< null unless `shape`
  void (*read)(Draft&);        ///< reads what departs from the grammar; null where nothing does
};

/// One row a way of knowing a producer; the first that fits counts.
[[nodiscard]] std::span<const Producer> producers();

/// Names the producer and lets its row correct the draft.
void apply_producer(Draft& draft);

}  // namespace emltrace::received
