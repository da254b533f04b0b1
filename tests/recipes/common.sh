# For the tests of the README's recipes, each of which sources this. EMLTRACE is the built command.
set -euo pipefail
export LC_ALL=C

readme=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/home" "$work/config/emltrace"
ln -s "${EMLTRACE:?the built command}" "$work/bin/emltrace"
export PATH="$work/bin:/usr/sbin:$PATH" HOME="$work/home" XDG_CONFIG_HOME="$work/config"
cd "$work"

# The recipes name no source of DNS answers: these tests do, in the user's configuration.
cat >"$work/config/emltrace/config.toml" <<END
zone = "$work/zone"
now = "2026-05-08T12:00:00Z"
END
cat >"$work/zone" <<'END'
$TTL 3600
sender.example.               TXT  "v=spf1 ip4:198.51.100.20 -all"
_dmarc.sender.example.        TXT  "v=DMARC1; p=reject"
mail.sender.example.          A    198.51.100.20
20.100.51.198.in-addr.arpa.   PTR  mail.sender.example.
recipient.example.            MX   10 mx.recipient.example.
mx.recipient.example.         A    192.0.2.25
galangal.example.             A    192.0.2.77
77.2.0.192.in-addr.arpa.      PTR  galangal.example.
lemongrass.example.           A    192.0.2.78
78.2.0.192.in-addr.arpa.      PTR  lemongrass.example.
dialup-9.example.             A    203.0.113.9
9.113.0.203.in-addr.arpa.     PTR  dialup-9.example.
dialup-10.example.            A    203.0.113.10
10.113.0.203.in-addr.arpa.    PTR  dialup-10.example.
END

# honest NUMBER 'Tue, 5 May 2026 10:00:03 +0000'
honest() {
  cat <<END
Return-Path: <ann@sender.example>
Received: from mail.sender.example (mail.sender.example [198.51.100.20])
	by mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0
	for <r@recipient.example>; $2
From: Ann <ann@sender.example>
To: r@recipient.example
Subject: honest $1
Date: $2
Message-ID: <$1@sender.example>

Hello.
END
}

# forged NUMBER DATE HOST-NUMBER: dialup-HOST-NUMBER.example says that galangal.example took it.
forged() {
  cat <<END
Return-Path: <bill@galangal.example>
Received: from galangal.example (dialup-$3.example [203.0.113.$3])
	by mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0
	for <r@recipient.example>; $2
Received: from lemongrass.example (lemongrass.example [192.0.2.78])
	by galangal.example (8.7.3/8.5.1) with SMTP id LAA20869; $2
From: Bill <bill@lemongrass.example>
To: r@recipient.example
Subject: forged $1
Date: $2
Message-ID: <$1@lemongrass.example>

Pay here.
END
}

# The block of the README below `<!-- recipe: NAME -->`.
recipe() {
  awk -v mark="<!-- recipe: $1 -->" '
    $0 == mark { found = 1; next }
    found && /^```/ { if (inside) exit; inside = 1; next }
    inside' "$readme" >"$work/recipe"
  [ -s "$work/recipe" ] || fail "the README has no recipe $1"
  cat "$work/recipe"
}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# same WHAT EXPECTED CAME: two files
same() {
  diff -u "$2" "$3" >&2 || fail "$1"
}
