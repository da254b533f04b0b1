#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of single Received lines and their clients.
inline constexpr auto kHop = std::to_array<Row>({
    {"by-unresolvable/domain",
     "{host} is said to have written this line; neither it nor its domain exists in DNS."},
    {"by-unresolvable/host",
     "{host} is said to have written this line; it does not exist in DNS (internal names often do "
     "not)."},
    {"client-hidden",
     "The client behind the recipient's own servers is not known ({why}), and the line below is by "
     "no host that is known for the recipient's: SPF was not checked."},
    {"client-is-date", "The date {date} stands where the client's address must stand."},
    {"fcrdns-fail", "{ip} is named {names} in DNS, but that name does not lead back to it."},
    {"from-without-ip", "The line names {name} as its client without an address."},
    {"gateway-likely",
     "The client here, {service}, may be the recipient's own gateway: then its line below is the "
     "border. Name it with --trust {trust} to have it judged so."},
    {"helo-bare-ip", "The client gave the bare address {helo} for a name."},
    {"helo-bogus/literal", "The HELO {helo} is no address literal."},
    {"helo-bogus/local", "The client at {ip} called itself {helo}."},
    {"helo-bogus/name", "The HELO {helo} is no host name."},
    {"helo-is-own-name",
     "{ip} came from outside and called itself {helo}: a name of the recipient's own."},
    {"helo-literal-mismatch", "The client called itself {helo}, its address was {ip}."},
    {"helo-rdns-mismatch/elsewhere",
     "{ip} called itself {helo}, which lies elsewhere in DNS{other}."},
    {"helo-rdns-mismatch/other", "{ip} called itself {helo}{other}."},
    {"helo-single-label", "The client called itself {helo}: no full host name."},
    {"id-reused",
     "The id {id} of {host} is that of hop {hop} by {other}: two hosts do not make the same id."},
    {"id-shape", "The id {id} is not of the shape that the software named here writes."},
    {"ip-bogon", "{ip} is not in use on the open network ({scope})."},
    {"ip-invalid", "{text} stands where an address must stand and is none."},
    {"rdns-missing", "{ip} has no name in DNS."},
    {"rdns-recorded-differs",
     "The line records {name} as the name of {ip}; DNS today says {names}."},
    {"trust-unused",
     "--trust {rule} matches no host that the recipient's own lines name: nothing rests on it."},
    {"unparsed-received/nothing",
     "This Received line has no from, no by and no date: nothing in it can be used."},
    {"unparsed-received/part", "Part of this line was not understood: {text}"},
    {"with-keyword", "\"{keyword}\" is no registered transmission type."},
});

}  // namespace emltrace::trace::sentence_rows
