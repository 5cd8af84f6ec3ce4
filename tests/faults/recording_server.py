"""A mail server in a process of its own that keeps a list of what it accepted: the ground truth.

    python recording_server.py FILE

It prints its port, and appends a line with Message-ID and recipient to FILE before it says 250.
"""

import asyncio
import os
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Recorder:
    """Accepts everything, after writing it down."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """One message: first the line, then the reply."""
        content = envelope.content
        message = message_from_bytes(content if isinstance(content, bytes) else b"")
        os.write(self._file, f"{message['Message-ID']} {envelope.rcpt_tos[0]}\n".encode())
        await asyncio.sleep(0.002)  # long enough for a kill to fall between line and reply
        return "250 2.0.0 taken"


async def main(path: Path) -> None:
    """Serve until the process is ended."""
    recorder = Recorder(path)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(recorder, enable_SMTPUTF8=False), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 (its port, for the test)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
