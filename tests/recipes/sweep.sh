#!/usr/bin/env bash
# A sweep traces what came since the last one, whatever its flags became, and never runs twice at once.
. "$(dirname "$0")/common.sh"

recipe sweep >"$work/bin/emltrace-sweep"
chmod 755 "$work/bin/emltrace-sweep"
mkdir -p Maildir/new Maildir/cur Maildir/tmp
subjects() { jq -r '.headers.subject' state/reports.ndjson | tr '\n' ','; }
honest 1 'Tue, 5 May 2026 10:00:03 +0000' >Maildir/new/1778.M1P1.host
forged 2 'Tue, 5 May 2026 10:00:03 +0000' 9 >'Maildir/cur/1777.M1P1.host:2,S'
emltrace-sweep Maildir state
[ "$(subjects)" = 'forged 2,honest 1,' ] || fail "the first sweep traces all: $(subjects)"
emltrace-sweep Maildir state
[ "$(subjects)" = 'forged 2,honest 1,' ] || fail "a second one has nothing to do: $(subjects)"
mv Maildir/new/1778.M1P1.host 'Maildir/cur/1778.M1P1.host:2,RS'
honest 3 'Tue, 5 May 2026 11:00:03 +0000' >Maildir/new/1779.M1P1.host
printf 'no mail\n' >Maildir/new/1780.M1P1.host
touch -d '2001-01-01' Maildir/new/1779.M1P1.host
emltrace-sweep Maildir state 2>complaint
[ "$(subjects)" = 'forged 2,honest 1,honest 3,' ] || fail "the third one traces what is new: $(subjects)"
grep -q 'holds no header field' complaint || fail "what is no mail is told"
honest 4 'Tue, 5 May 2026 12:00:03 +0000' >Maildir/new/1781.M1P1.host
flock state/lock emltrace-sweep Maildir state
[ "$(subjects)" = 'forged 2,honest 1,honest 3,' ] || fail "one that runs keeps others out"
emltrace-sweep Maildir state
[ "$(subjects)" = 'forged 2,honest 1,honest 3,honest 4,' ] || fail "the next one catches up"
