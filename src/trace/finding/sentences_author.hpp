#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of who is shown as the author, and what others recorded of it.
inline constexpr auto kAuthor = std::to_array<Row>({
    {"styled-letters", "{field} spells \"{plain}\" in characters that are no letters of text."},
    {"mixed-scripts", "{field} holds the word \"{word}\", whose letters are {scripts}."},
    {"author-not-on-path", "{domain} appears nowhere on the path of the message."},
    {"bidi-control", "{field} holds characters that {effect} ({characters}){where}."},
    {"brand-elsewhere",
     "The name shown, \"{display}\", is that of {brand}; {domain} is no domain of theirs that is "
     "known here."},
    {"by-not-mx", "{host} took the message in, but mail for {recipient} is taken in by {mx}."},
    {"encoded-word-address", "{field} has an encoded word where its address must stand."},
    {"envelope-author-differs",
     "The envelope was sent as {sender}, the author is given as {author}{habit}."},
    {"for-not-recipient",
     "The envelope recipient is {recipient}, who is not among To and Cc (a blind copy, a list, or "
     "an alias)."},
    {"from-default-tenant",
     "{domain} is the first domain of a tenant of Microsoft 365: anybody gets one with a trial "
     "account."},
    {"from-display-address", "The name shown is {shown}, the address behind it is {address}."},
    {"from-homograph/domain",
     "The domain {domain} looks like {latin} but its label {label} is of {scripts} letters."},
    {"from-homograph/letters",
     "The domain of {field} is written {domain} in letters that no domain holds ({letters}); "
     "servers take it for {plain}."},
    {"from-homograph/shown",
     "The name shown holds {shown}, whose label {label} is of {scripts} letters."},
    {"from-multiple/addresses", "The From field holds {count} addresses."},
    {"from-multiple/fields",
     "The message has {count} From fields; programs differ in which they show."},
    {"from-quoted-at",
     "A quoted {part} of {field} holds an '@' that is not the one of the address."},
    {"from-single-label",
     "The message came from outside, and its author's domain {domain} is a single label, to which "
     "nobody outside can answer."},
    {"group-or-route-address/group", "From is written as a group."},
    {"group-or-route-address/route", "{field} is written with a source route."},
    {"message-id-above-received",
     "The Message-ID stands above a Received line: a later host put it there."},
    {"message-id-by-relay",
     "The Message-ID was given by {host}, which took the message in at hop {hop}, not by the "
     "author's program."},
    {"message-id-domain",
     "The Message-ID's domain {domain} has to do with no host of the route, nor with the author."},
    {"open-relay",
     "{relay} belongs neither to the sender's side nor to the recipient's; it took the message "
     "from {client} without a login and gave it its Message-ID: {verdict}."},
    {"own-domain-imitation", "{domain} in {field} {way} the own domain {own}."},
    {"person-elsewhere",
     "The name shown is that of {person}, who was named with --vip; {domain} is no own domain."},
    {"provider-route-missing",
     "{domain} mailboxes send through hosts of {provider}; none is on the path, and no signature "
     "of {domain} is on the message."},
    {"received-below-author-headers",
     "A Received line stands below the {field} field: servers put theirs on top."},
    {"recorded-disagrees", "{host} recorded {recorded}; today the result is {now}: {reason}."},
    {"recorded-fail", "{host} recorded {method}=fail when it took the message."},
    {"recorded-untrusted/one",
     "1 recorded result could have been written by the sender: not one of the recipient's own "
     "servers stands behind it."},
    {"recorded-untrusted/several",
     "{count} recorded results could have been written by the sender: not one of the recipient's "
     "own servers stands behind them."},
    {"reply-to-free-mailer",
     "The author is given as {author}, answers go to {answers}, a mailbox that anybody gets."},
});

}  // namespace emltrace::trace::sentence_rows
