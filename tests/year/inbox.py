"""The mailbox that letters come back to, and what mail systems write to it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.jobs.returned.came_back import came_back
from tests.outside.mail.imap_server import AUTHORITY, Server, imap_server
from tests.year.relay import Mail

_TRUSTED = "SSL_CERT_FILE"  # what OpenSSL goes by; a real host's authority is known anyway


@contextmanager
def inbox(folder: Path) -> Iterator[Server]:
    """An IMAP server that listens inside the context, and that this process trusts."""
    authority = folder / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(authority)
    before = os.environ.get(_TRUSTED)
    os.environ[_TRUSTED] = str(authority)
    try:
        with imap_server() as server:
            yield server
    finally:
        del os.environ[_TRUSTED]
        if before is not None:
            os.environ[_TRUSTED] = before


def returned(letter: Mail, status: str, words: str) -> bytes:
    """What the host of a reader sends back when it does not keep a letter after all."""
    message_id = str(letter.message["Message-ID"])
    return came_back(status, message_id=message_id, named=letter.to, words=words)


def away(letter: Mail) -> bytes:
    """What the mail program of a reader answers who is on holiday (RFC 3834)."""
    return (
        f"From: {letter.to}\nTo: nyhetsbrev@example.se\nSubject: Autosvar: semester\n"
        f"Auto-Submitted: auto-replied\nIn-Reply-To: {letter.message['Message-ID']}\n\n"
        "Jag är tillbaka i augusti.\n"
    ).encode()
