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
/// With what look-ups told of the origin.
void write_origin(Writer& out, const trace::Report& report);

}  // namespace emltrace::report::json
