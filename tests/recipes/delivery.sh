#!/usr/bin/env bash
# procmail and maildrop sort annotated mail by its level, and lose none that cannot be traced.
. "$(dirname "$0")/common.sh"

deliver() {
  case $1 in
    procmail)
      recipe procmail >"$work/rc"
      procmail PATH="$PATH" XDG_CONFIG_HOME="$XDG_CONFIG_HOME" MAILDIR="$work/mail" \
        DEFAULT="$work/mail/inbox/" LOGFILE="$work/log" "$work/rc"
      ;;
    maildrop)
      # It begins with an environment of its own.
      {
        printf 'PATH="%s"\nXDG_CONFIG_HOME="%s"\n' "$PATH" "$XDG_CONFIG_HOME"
        recipe maildrop
      } >"$work/filter"
      chmod 600 "$work/filter"
      (cd "$work/mail" && maildrop "$work/filter")
      ;;
  esac
}

for program in procmail maildrop; do
  rm -rf "$work/mail"
  mkdir -p "$work/mail/inbox/"{cur,new,tmp} "$work/mail/Junk/"{cur,new,tmp}
  mkdir -p "$work/mail/Maildir/"{cur,new,tmp} "$work/mail/Maildir/.Junk/"{cur,new,tmp}
  honest 1 'Tue, 5 May 2026 10:00:03 +0000' >honest.eml
  forged 2 'Tue, 5 May 2026 10:00:03 +0000' 9 >forged.eml
  printf 'no header, no mail\n' >junk.eml
  for message in honest forged junk; do deliver $program <$message.eml || fail "$program: $message"; done
  inbox=$(find "$work/mail/inbox/new" "$work/mail/Maildir/new" -type f)
  junk=$(find "$work/mail/Junk/new" "$work/mail/Maildir/.Junk/new" -type f)
  [ "$(wc -l <<<"$junk")" = 1 ] && grep -q 'forged 2' $junk || fail "$program: the forged one is junk"
  grep -q '^X-Emltrace-Level: forged' $junk || fail "$program: it bears its level"
  grep -q 'spf=fail\|spf=none' $junk || fail "$program: it bears the results"
  [ "$(wc -l <<<"$inbox")" = 2 ] || fail "$program: the others are in the inbox"
  grep -lq 'honest 1' $inbox || fail "$program: the honest one is there"
  grep -lq 'no header, no mail' $inbox || fail "$program: nothing is lost"
done
