#!/usr/bin/env bash
# jq and SQLite over reports of an archive. The answer printed in the README is the one that comes.
. "$(dirname "$0")/common.sh"

mbox() {
  local number=0
  while read -r kind host date; do
    number=$((number + 1))
    printf 'From - %s\n' "$(date -u -d "$date" '+%a %b %e %T %Y')"
    $kind $number "$date" $host
    echo
  done <<'END'
forged 10 Tue, 14 Apr 2026 08:12:40 +0000
honest - Mon, 4 May 2026 09:30:00 +0000
forged 9 Tue, 5 May 2026 10:00:03 +0000
forged 9 Wed, 6 May 2026 22:41:17 +0000
forged 10 Thu, 7 May 2026 03:05:59 +0000
END
}
mbox >archive.mbox

recipe jq >jq.sh
. ./jq.sh >counted
printf '      1 203.0.113.9\tforged 3\n      1 203.0.113.9\tforged 4\n' >expected
printf '      1 203.0.113.10\tforged 1\n      1 203.0.113.10\tforged 5\n' >>expected
same "forged messages by origin" <(sort expected) <(sort counted)

emltrace -f ndjson archive.mbox >reports.ndjson
recipe sqlite >sqlite.sh
today=2026-05-08 bash -euo pipefail sqlite.sh >table
recipe sqlite-output >expected
same "the README's table" expected table
