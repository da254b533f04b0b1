"""dkimpy and opendkim as a second opinion about DKIM.

dkim_witness.py verify FOLDER   prints `NAME pass` or `NAME fail` for each *.eml in FOLDER
dkim_witness.py sign FOLDER     reads FOLDER/jobs, lines of `IN OUT ALGORITHM HEADER BODY LENGTH`,
                                and writes each OUT
dkim_witness.py opendkim FOLDER as verify, by opendkim-testmsg, which asks the DNS: to be run in a
                                network namespace where 127.0.0.1:53 is free to answer

FOLDER/keys has lines of `name<TAB>text of the TXT record`, FOLDER/rsa.pem and FOLDER/ed25519.key the
private keys (the latter as dkimpy wants it: base64 of the 32 bytes).
"""

import fcntl
import pathlib
import socket
import struct
import subprocess
import sys
import threading


def read_keys(folder):
    keys = {}
    for line in (folder / "keys").read_bytes().splitlines():
        name, text = line.split(b"\t", 1)
        keys[name.lower()] = text
    return keys


def verify(folder):
    import dkim

    keys = read_keys(folder)

    def lookup(name, timeout=5):
        if isinstance(name, str):
            name = name.encode()
        return keys.get(name.rstrip(b".").lower())

    for path in sorted(folder.glob("*.eml")):
        try:
            good = dkim.verify(path.read_bytes(), dnsfunc=lookup)
        except Exception:
            good = False
        print(path.stem, "pass" if good else "fail")


def sign(folder):
    import dkim

    for line in (folder / "jobs").read_text().splitlines():
        source, target, algorithm, header, body, length = line.split()
        message = (folder / source).read_bytes()
        ed25519 = algorithm.startswith("ed25519")
        key = (folder / ("ed25519.key" if ed25519 else "rsa.pem")).read_bytes()
        field = dkim.sign(
            message,
            b"s1",
            b"example.org",
            key,
            canonicalize=(header.encode(), body.encode()),
            signature_algorithm=algorithm.encode(),
            length=length == "yes",
        )
        (folder / target).write_bytes(field + message)


def answer(question, keys):
    """The reply to one DNS message, or None where it is no TXT question."""
    end = 12
    labels = []
    while question[end]:
        size = question[end]
        labels.append(question[end + 1 : end + 1 + size])
        end += 1 + size
    section = question[12 : end + 5]
    text = keys.get(b".".join(labels).lower())
    found = text is not None and section[-4:-2] == b"\x00\x10"
    head = question[:2] + struct.pack(">HHHHH", 0x8580 if found else 0x8583, 1, found, 0, 0)
    if not found:
        return head + section
    data = b"".join(
        bytes([len(text[i : i + 255])]) + text[i : i + 255] for i in range(0, len(text), 255)
    )
    return head + section + b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 60, len(data)) + data


def raise_loopback():
    """In a network namespace of its own even the loopback interface starts down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up, running = 0x1, 0x40
        request = struct.pack("16sh14x", b"lo", up | running)
        fcntl.ioctl(any_socket, 0x8914, request)


def opendkim(folder):
    raise_loopback()
    keys = read_keys(folder)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))

    def serve():
        while True:
            question, client = server.recvfrom(4096)
            server.sendto(answer(question, keys), client)

    threading.Thread(target=serve, daemon=True).start()
    for path in sorted(folder.glob("*.eml")):
        with path.open("rb") as message:
            run = subprocess.run(["opendkim-testmsg"], stdin=message, capture_output=True)
        good = run.returncode == 0 and not run.stderr
        print(path.stem, "pass" if good else "fail", run.stderr.decode().strip())


def main():
    mode = {"verify": verify, "sign": sign, "opendkim": opendkim}[sys.argv[1]]
    mode(pathlib.Path(sys.argv[2]))


main()
