"""The least that sends mail, in a process of its own: no ledger, no list, no retry.

    python -m benchmarks.sending.loops LOOP PORT COUNT MESSAGE-FILE

It prints what it took as JSON.
"""

import json
import smtplib
import socket
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
SENDER: Final = "bounces@example.se"
_HOLE: Final = b"READER-GOES-HERE"


def each(count: int) -> Iterator[str]:
    """The readers."""
    return (f"reader{number}@example.se" for number in range(count))


def message_each(port: int, count: int, sample: bytes) -> None:
    """A message built for every reader with the standard library, over one kept connection."""
    whole = message_from_bytes(sample, EmailMessage, policy=policy.SMTP)
    parts = [whole.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (part.get_content() if part else "" for part in parts)
    with smtplib.SMTP(HOST, port) as smtp:
        for reader in each(count):
            message = EmailMessage(policy=policy.SMTP)
            message["From"], message["To"], message["Subject"] = SENDER, reader, whole["Subject"]
            message.set_content(text, cte="quoted-printable")
            message.add_alternative(html, subtype="html", cte="quoted-printable")
            smtp.send_message(message, SENDER, [reader])


def holes_filled(port: int, count: int, sample: bytes) -> None:
    """Bytes made once with a hole for the reader, handed to smtplib."""
    template = _template(sample)
    with smtplib.SMTP(HOST, port) as smtp:
        for reader in each(count):
            smtp.sendmail(SENDER, [reader], template.replace(_HOLE, reader.encode()))


def pipelined(port: int, count: int, sample: bytes) -> None:
    """The same bytes, two trips a message (RFC 2920), dots doubled beforehand, no reply read."""
    template = _template(sample).replace(b"\r\n.", b"\r\n..") + b".\r\n"
    with socket.create_connection((HOST, port)) as line, line.makefile("rb") as replies:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        replies.readline()
        line.sendall(b"HELO bench.example.se\r\n")
        replies.readline()
        for reader in each(count):
            line.sendall(f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{reader}>\r\nDATA\r\n".encode())
            for _ in range(3):
                replies.readline()
            line.sendall(template.replace(_HOLE, reader.encode()))
            if not replies.readline().startswith(b"250"):
                raise OSError("the sink took no message")


def _template(sample: bytes) -> bytes:
    head, body = sample.split(b"\r\n\r\n", 1)
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"To:")]
    return b"\r\n".join((b"To: " + _HOLE, *lines)) + b"\r\n\r\n" + body


LOOPS: Final[dict[str, Callable[[int, int, bytes], None]]] = {
    "message-each": message_each,
    "holes-filled": holes_filled,
    "pipelined": pipelined,
}


def main(name: str, port: int, count: int, sample: bytes) -> None:
    """Run one, and print what it took."""
    used, began = time.process_time(), time.perf_counter()
    LOOPS[name](port, count, sample)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    print(json.dumps({"messages": count, "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]).read_bytes())
