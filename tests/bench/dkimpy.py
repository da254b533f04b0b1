"""dkimpy.py MAILBOX ZONE: verifies the DKIM signatures of a mailbox by dkimpy, with the keys of a
master file. Prints the number of messages and of those that pass."""

import mailbox
import re
import sys

import dkim

keys = {}
for line in open(sys.argv[2]):
    if "._domainkey." in line:
        name, text = line.split(maxsplit=1)
        keys[name.encode()] = "".join(re.findall(r'"([^"]*)"', text)).encode()

passed = count = 0
for message in mailbox.mbox(sys.argv[1]):
    raw = message.as_bytes().replace(b"\n", b"\r\n")
    count += 1
    passed += dkim.verify(raw, dnsfunc=lambda name, timeout=5: keys.get(name))
print(count, passed)
