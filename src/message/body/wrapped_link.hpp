#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// What stands in front of the place that a link leads to, and holds that place in the link itself.
enum class Wrapper {
  filter,      ///< a recipient's filter, which looks at the target when somebody clicks
  tracker,     ///< counts the clicks of a mailing
  redirector,  ///< a site that sends on whoever comes with such a link, often abused for its name
};

struct Unwrapped {
  Wrapper wrapper = Wrapper::filter;
  std::string target;      ///< a link; of `name_only` the host that it leads to
  bool name_only = false;  ///< the wrapper tells no more than the host
};

/// What a link leads to, read from the link alone: Microsoft SafeLinks, Proofpoint URL Defense,
/// Barracuda, Mimecast, Google's redirect, SES and others of a table. Nobody is asked. Null for any
/// other link, and where the target is coded in a way that only its maker can read.
[[nodiscard]] std::optional<Unwrapped> unwrapped_link(std::string_view link);

}  // namespace emltrace
