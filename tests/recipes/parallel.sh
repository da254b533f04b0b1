#!/usr/bin/env bash
# In parallel, in parts or by lists of paths, the reports are those of one process.
. "$(dirname "$0")/common.sh"

mkdir mail
for number in $(seq 1 40); do
  honest "$number" 'Tue, 5 May 2026 10:00:03 +0000' >"mail/$(printf %02d "$number").eml"
  printf 'From ann@sender.example Tue May  5 10:00:03 2026\n'
  honest "$number" 'Tue, 5 May 2026 10:00:03 +0000'
  printf '\n>From here on\n\nX-From: y\n\n'
done >archive.mbox
plain() { jq -c 'del(.input.path, .input.index, .input.offset, .dns.elapsed_ms)' "$@"; }

emltrace --input mbox -f ndjson archive.mbox | plain >expected
[ "$(wc -l <expected)" = 40 ] || fail "one process: $(wc -l <expected) reports"
recipe parallel-mbox >run.sh
bash -euo pipefail run.sh | plain >came
same "the parts of an mbox" expected came
emltrace -f ndjson mail | plain >expected
recipe parallel-files >run.sh
bash -euo pipefail run.sh | plain >came
same "files" expected came
find mail -type f | sort >paths
recipe workers >run.sh
bash -euo pipefail run.sh | plain >came
same "a list of paths" expected came
