#!/usr/bin/env bash
# Dovecot's Sieve puts the message through the program, and files it by what it then bears.
. "$(dirname "$0")/common.sh"

mkdir -p "$work/filters" "$work/sockets"
recipe sieve >"$work/junk.sieve"
recipe sieve-program | sed "s|^#!/bin/sh\$|&\nexport PATH='$PATH' XDG_CONFIG_HOME='$XDG_CONFIG_HOME'|" \
  >"$work/filters/emltrace-annotate"
chmod 755 "$work" "$work/filters" "$work/filters/emltrace-annotate"
# Dovecot gives nothing to root.
user=$(id -un) group=$(id -gn)
[ "$(id -u)" != 0 ] || user=nobody group=nogroup
cat >"$work/dovecot.conf" <<END
base_dir = $work/sockets
mail_uid = $user
mail_gid = $group
first_valid_uid = 1
mail_location = maildir:$work/mail
plugin {
  sieve_plugins = sieve_extprograms
  sieve_extensions = +vnd.dovecot.filter
  sieve_filter_bin_dir = $work/filters
}
END
forged 2 'Tue, 5 May 2026 10:00:03 +0000' 9 >forged.eml
honest 1 'Tue, 5 May 2026 10:00:03 +0000' >honest.eml
[ "$(id -u)" != 0 ] || chown -R "$user" "$work"
filed() {
  sieve-test -c "$work/dovecot.conf" -C -e -l "maildir:$work/mail" "$work/junk.sieve" "$1" >"$work/log" 2>&1 ||
    fail "sieve-test: $(cat "$work/log")"
}
filed forged.eml
grep -rq '^X-Emltrace-Level: forged' "$work/mail/.Junk/new" || fail "the forged one is junk: $(cat log)"
filed honest.eml
grep -rq '^Subject: honest 1' "$work/mail/new" || fail "the honest one is in the inbox: $(cat log)"
grep -rq '^X-Emltrace-Author: authenticated' "$work/mail/new" || fail "it bears its author"
