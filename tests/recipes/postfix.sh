#!/usr/bin/env bash
# The content filter hands the annotated message on to sendmail with all its arguments, and asks for
# another try where the message could not be read.
. "$(dirname "$0")/common.sh"

recipe postfix >"$work/bin/emltrace-filter"
printf '#!/bin/sh\nprintf "%%s\\n" "$@" >arguments\ncat >sent\n' >"$work/bin/sendmail"
chmod 755 "$work/bin/emltrace-filter" "$work/bin/sendmail"
honest 1 'Tue, 5 May 2026 10:00:03 +0000' >honest.eml
emltrace-filter -f ann@sender.example -- r@recipient.example <honest.eml
printf '%s\n' -G -i -f ann@sender.example -- r@recipient.example | diff - arguments >&2 || fail "arguments"
emltrace -f annotated --input message --authserv-id mx.recipient.example honest.eml >expected
same "what is sent" expected sent
rm sent
printf '#!/bin/sh\nexit 74\n' >"$work/bin/emltrace.broken"
ln -sf emltrace.broken "$work/bin/emltrace" && chmod 755 "$work/bin/emltrace.broken"
status=0
emltrace-filter -f a -- b <honest.eml || status=$?
[ $status = 75 ] && [ ! -e sent ] || fail "what was not written whole is not sent"
