#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of what dates, stamps and tokens of time tell.
inline constexpr auto kClock = std::to_array<Row>({
    {"clock-skew/clocks",
     "{newer} received it {span} before {older} did by their stamps: one of the two clocks is "
     "off."},
    {"clock-skew/future", "The stamp lies {span} after the time of this check."},
    {"clock-skew/zone",
     "{newer} received it {span} before {older} did by their stamps: a zone set wrong by whole "
     "hours at one of them explains it."},
    {"clock-token-mismatch/hour",
     "The id {id} was made in another hour of the day than {what} says ({written})."},
    {"clock-token-mismatch/id", "The id {id} holds the time {time}, {what} says {written}."},
    {"clock-token-mismatch/time", "{id} holds the time {time}, {what} says {written}."},
    {"date-after-receipt", "The Date field is {span} later than the receipt by {host}."},
    {"date-far/future", "The Date field lies {span} in the future."},
    {"date-far/past", "The Date field is {span} before the first receipt, by {host}."},
    {"date-syntax/no-zone", "{where} has no zone; it is read as UTC."},
    {"date-syntax/shape", "{where} is not written as the standard says."},
    {"stamp-missing", "This line has no time that can be read."},
    {"time-gap", "{span} passed between {older} and {newer}."},
    {"time-reversed",
     "The stamp is {span} before that of hop {hop} below, more than any clock error explains: one "
     "of the two is false."},
    {"weekday-wrong", "{where} names a weekday, but that day was a {weekday}."},
    {"zone-impossible", "{where} has an offset that no zone has."},
    {"zone-name-mismatch/offset",
     "{where} puts the zone name {zone} beside {offset}, which is not its offset."},
    {"zone-name-mismatch/season",
     "{where} is in {zone} at a time of year in which North America keeps the other time."},
});

}  // namespace emltrace::trace::sentence_rows
