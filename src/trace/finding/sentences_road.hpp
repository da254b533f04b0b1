#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of how lines fit together, and the route as a whole.
inline constexpr auto kRoad = std::to_array<Row>({
    {"forged-tail/between",
     "This line fits neither hop {above} above nor hop {below} below, while those two fit each "
     "other: it was put in between."},
    {"forged-tail/break",
     "{client} connected to hop {hop} under a name that is not its own, and this line was not "
     "written by it: from here down all is the sender's invention."},
    {"forged-tail/client",
     "{client} connected to hop {hop} under the name {helo}, which is not its name in DNS; so it "
     "is not the host that claims to have written this line, and from here down all is the "
     "sender's invention."},
    {"link-broken/host",
     "Written by {host}, which is not known as the host that connected to hop {hop} ({client})."},
    {"link-broken/no-trace",
     "Not a trace line that any mail server writes; it cannot come from the host that connected to "
     "hop {hop}."},
    {"own-host-imitation",
     "This line claims to be written by {host}, which took the message from {client} at hop {hop} "
     "and so had not handed it to him before."},
    {"provider-imitation",
     "This line claims to be written by a host of {provider}, but the host that connected to hop "
     "{hop} is {client}, known as {name}: no host of {provider}."},
    {"wrapper-differs",
     "The report that carries this message names {stated} as its {what}; what was recorded about "
     "the connection is {known}."},
});

}  // namespace emltrace::trace::sentence_rows
