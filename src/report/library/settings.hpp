#pragma once

#include <memory>

#include "base/result.hpp"
#include "dns/source.hpp"
#include "intake/reader.hpp"
#include "report/library/api.hpp"
#include "report/library/settled.hpp"
#include "trace/analyse.hpp"

namespace emltrace::report::library {

/// The options of the library, checked, as the floors below take them.
struct Settings {
  intake::Options input;
  trace::Options analysis;
  std::unique_ptr<dns::Source> source;
  DnsTerms dns;
};

/// The error names the option: `trust: …`.
[[nodiscard]] Result<Settings> read_settings(const v1::Options& options);

}  // namespace emltrace::report::library
