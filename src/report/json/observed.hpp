#pragma once

#include "report/json/writer.hpp"
#include "trace/author/filter_verdict.hpp"
#include "trace/author/handle.hpp"
#include "trace/route/network.hpp"

/// The parts of the report that tell what others say: filters about the message, operators and
/// registries about who answers for it.
namespace emltrace::report::json {

void write(Writer& out, const trace::Contact& contact);
void write(Writer& out, const trace::FilterReport& filter);
void write(Writer& out, const trace::Handle& handle);
/// `asn`, `abuse`, `dnsbl` and what belongs to them: members of the object that is open.
void write_members(Writer& out, const trace::Enrichment& enrichment);

}  // namespace emltrace::report::json
