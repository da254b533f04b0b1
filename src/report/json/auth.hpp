#pragma once

#include <optional>

#include "report/json/writer.hpp"
#include "trace/report.hpp"

/// The parts of the report that tell of authentication.
namespace emltrace::report::json {

void write(Writer& out, const spf::Verdict& verdict);
void write(Writer& out, const arc::Verdict& verdict);
void write(Writer& out, const dmarc::Verdict& verdict);
void write(Writer& out, const dkim2::Verdict& verdict);
void write(Writer& out, const trace::RecordedComparison& comparison);
/// `alignment` is null where DMARC could not compare the domain.
void write_dkim(Writer& out, const dkim::Verdict& verdict,
                std::optional<auth::Alignment> alignment);

}  // namespace emltrace::report::json
