#pragma once

#include <vector>

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// Signs that analysts look for in the author's fields: a brand's or a person's name at a strange
/// domain, imitations of own domains, an author at a single label or at a tenant's first domain,
/// answers that go to a free mailer. None is proof.
[[nodiscard]] std::vector<Finding> sign_findings(const Examined& mail);

/// Words in display names and in the Subject that are spelled in styled letters or in letters of
/// several scripts.
[[nodiscard]] std::vector<Finding> lettering_findings(const Examined& mail);

}  // namespace emltrace::trace
