"""dkimpy as a second opinion about ARC.

arc_witness.py verify MESSAGE KEYS                                  prints none, pass or fail
arc_witness.py sign MESSAGE KEYS PEM DOMAIN SELECTOR AUTHSERV-ID    prints the sealed message

KEYS is a file of lines `name<TAB>text of the TXT record`. Signing takes over the
Authentication-Results of AUTHSERV-ID; its arc= result becomes the chain's status.
"""

import sys

import dkim


def main():
    mode, message_path, keys_path = sys.argv[1:4]
    with open(message_path, "rb") as file:
        message = file.read()
    keys = {}
    with open(keys_path, "rb") as file:
        for line in file.read().splitlines():
            name, text = line.split(b"\t", 1)
            keys[name] = text

    def lookup(name, timeout=5):
        if isinstance(name, str):
            name = name.encode()
        return keys.get(name.rstrip(b"."))

    if mode == "verify":
        result, _, _ = dkim.ARC(message).verify(dnsfunc=lookup)
        print((result or b"fail").decode())
        return
    pem_path, domain, selector, authserv_id = sys.argv[4:8]
    with open(pem_path, "rb") as file:
        pem = file.read()
    fields = dkim.ARC(message).sign(
        selector.encode(), domain.encode(), pem, authserv_id.encode()
    )
    sys.stdout.buffer.write(b"".join(fields) + message)


main()
