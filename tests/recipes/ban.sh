#!/usr/bin/env bash
# An address is kept out once, after three forged messages, and no other is.
. "$(dirname "$0")/common.sh"

printf '#!/bin/sh\necho "$@" >>%s\n' "$work/banned" >"$work/bin/nft"
chmod 755 "$work/bin/nft"
mkdir -p Maildir/new Maildir/cur
for number in 1 2 3 4; do
  forged $number 'Tue, 5 May 2026 10:00:03 +0000' 9 >"Maildir/new/177$number.M1P1.host"
  honest $number 'Tue, 5 May 2026 10:00:03 +0000' >"Maildir/new/178$number.M1P1.host"
done
for number in 5 6; do
  forged $number 'Tue, 5 May 2026 10:00:03 +0000' 10 >"Maildir/new/177$number.M1P1.host"
done
recipe ban >ban.sh
bash -euo pipefail ban.sh
echo 'add element inet filter forgers { 203.0.113.9 timeout 1d }' >expected
same "who is kept out" expected banned
