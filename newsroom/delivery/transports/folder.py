"""A folder as the way out: each message becomes an .eml file to open and look at."""

import re
from email.parser import BytesHeaderParser
from pathlib import Path

from newsroom import whole_file
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from newsroom.model.refusal import why
from newsroom.model.saying import say

_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]")


class FolderTransport:
    """Writes messages into a folder, whole or not at all. Named by Message-ID, so none doubles."""

    idempotent = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, envelope: Envelope, message: bytes) -> Outcome:  # noqa: ARG002 (a folder needs no envelope)
        """Write one message; a second time with the same Message-ID changes nothing."""
        try:
            self._write(message)
        except OSError as error:
            raise DeliveryError(
                say(
                    "{folder}: cannot be written: {why}",
                    folder=self._folder,
                    why=why(error),
                )
            ) from error
        return Outcome(DeliveryState.ACCEPTED)

    def close(self) -> None:
        """Nothing is held open."""

    def _write(self, message: bytes) -> None:
        path = self._folder / _file_name(message)
        if not path.exists():
            whole_file.write(path, message)


def _file_name(message: bytes) -> str:
    """A file name from the Message-ID; nothing in it can lead out of the folder."""
    headers = BytesHeaderParser().parsebytes(message, headersonly=True)
    name = _UNSAFE.sub("_", str(headers["Message-ID"] or "").strip("<> \r\n"))
    if not name.strip("._"):
        raise DeliveryError(say("a message without a Message-ID cannot be sent"))
    return f"{name[:200]}.eml"
