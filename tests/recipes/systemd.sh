#!/usr/bin/env bash
# systemd finds no fault in the units.
. "$(dirname "$0")/common.sh"

mkdir -p "$work/units" "$HOME/.local/bin"
printf '#!/bin/sh\n' >"$HOME/.local/bin/emltrace-sweep"
chmod 755 "$HOME/.local/bin/emltrace-sweep"
recipe systemd-path >"$work/units/emltrace-sweep.path"
recipe systemd-service >"$work/units/emltrace-sweep.service"
# `%h` is the home of the user database, whatever HOME says.
sed -i "s|%h|$HOME|g" "$work/units/"*
# It looks for a socket of its own kind, which a container has not.
XDG_RUNTIME_DIR=$work systemd-analyze verify --user --man=no \
  "$work/units/emltrace-sweep.path" "$work/units/emltrace-sweep.service" 2>&1 |
  grep -F emltrace-sweep && fail "systemd complains"
true
