#!/usr/bin/env bash
# The report is one: three parts, to the network of the border's client, with the message in it.
. "$(dirname "$0")/common.sh"

printf '#!/bin/sh\nprintf "%%s\\n" "$@" >arguments\ncat >sent\n' >"$work/bin/sendmail"
chmod 755 "$work/bin/sendmail"
forged 1 'Tue, 5 May 2026 10:00:03 +0000' 9 >spam.eml
recipe arf >arf.sh
bash -euo pipefail arf.sh
same "what is sent is what was written" report.eml sent
[ "$(cat arguments)" = -t ] || fail "sendmail takes the party from the report"
grep -qi '^To: .*abuse@dialup-9\.example' report.eml || fail "to whom: $(grep -i '^To:' report.eml)"
grep -qi '^From: .*desk@recipient\.example' report.eml || fail "from whom: $(grep -i '^From:' report.eml)"
emltrace -f ndjson report.eml >read.json
jq -e '.input.part == "3" and .headers.subject == "forged 1" and .envelope.client_ip == "203.0.113.9"' read.json >/dev/null ||
  fail "the original is found in it: $(jq -c '.input, .headers.subject, .envelope' read.json)"
