#!/bin/sh
# spf_witness.sh FOLDER: asks other SPF implementations about FOLDER/queries (client, sender and HELO
# a line) over the master file FOLDER/zone, and leaves one result word a line in FOLDER/spfquery and
# FOLDER/pyspf, for each of the two that is installed.
#
# Neither can be told which server to ask, so this runs in network and mount name spaces of its own:
# nsd on port 53 of its loopback, and a resolv.conf that names it; its own processes too, so that none
# is left behind.
set -e
folder=$1
if [ "$2" != inside ]; then
  exec unshare --map-root-user --mount --net --pid --fork --kill-child "$0" "$folder" inside
fi
PATH=$PATH:/usr/sbin:/sbin

echo 'nameserver 127.0.0.1' >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" "$(readlink -f /etc/resolv.conf)"
ip link set lo up
cat >"$folder/nsd.conf" <<CONF
server:
  ip-address: 127.0.0.1
  username: ""
  chroot: ""
  zonesdir: "$folder"
  pidfile: "$folder/nsd.pid"
  database: ""
  xfrdfile: "$folder/xfrd.state"
  xfrdir: "$folder"
  zonelistfile: "$folder/zone.list"
  logfile: "$folder/log"
remote-control:
  control-enable: no
zone:
  name: .
  zonefile: zone
CONF
nsd -d -c "$folder/nsd.conf" 2>"$folder/nsd.errors" &
nsd=$!
trap 'kill $nsd' EXIT

# The result is the first line after the errors; a record that does not parse is `(invalid)` there.
ask_spfquery() {
  while read -r client sender helo; do
    spfquery.libspf2 -ip "$client" -sender "$sender" -helo "$helo" </dev/null 2>&1 |
      sed -e '/^StartError$/,/^EndError$/d' -e 's/^(invalid)$/permerror/;q'
  done
}

ask_pyspf() {
  /usr/bin/python3 -c '
import sys, spf
for line in sys.stdin:
    client, sender, helo = line.split()
    print(spf.check2(i=client, s=sender, h=helo)[0])
'
}

# The first query is one that passes: it tells when nsd has read its zone.
head -n 1 "$folder/queries" >"$folder/first"
ask() {
  tries=0
  until [ "$($1 <"$folder/first" 2>/dev/null)" = pass ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ]
    sleep 0.1
  done
  $1 <"$folder/queries" >"$2"
}

if command -v spfquery.libspf2 >/dev/null; then ask ask_spfquery "$folder/spfquery"; fi
if /usr/bin/python3 -c 'import spf' 2>/dev/null; then ask ask_pyspf "$folder/pyspf"; fi
