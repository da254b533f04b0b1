#pragma once

#include "report/json/writer.hpp"
#include "trace/report.hpp"

/// The parts of the report that tell of the message and its route.
namespace emltrace::report::json {

void write_input(Writer& out, const trace::Report& report);
void write(Writer& out, const Headers& headers);
void write(Writer& out, const trace::Envelope& envelope);
void write(Writer& out, const trace::TracedHop& hop);
void write(Writer& out, const trace::SideLine& line);
void write(Writer& out, const trace::MessageClock& clock);
void write(Writer& out, const trace::Origin& origin);

}  // namespace emltrace::report::json
