"""One answer of a mail server."""

import smtplib
from dataclasses import dataclass

from newsroom.bounces.verdict import enhanced_status


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said: its code, and its words on one line."""

    code: int
    words: str

    def __str__(self) -> str:
        return f"{self.code} {self.words}"

    @classmethod
    def of(cls, answer: tuple[int, bytes]) -> "Reply":
        """A reply as smtplib gives it; -1 is its word for one that cannot be read."""
        code, words = answer
        if code < 0:
            raise smtplib.SMTPServerDisconnected("the reply cannot be read")
        return cls(code, " ".join(words.decode("utf-8", "replace").split()))

    @property
    def status(self) -> str | None:
        """The enhanced status in its words: `5.1.1`."""
        return enhanced_status(self.words)

    @property
    def short(self) -> str:
        """The code and the enhanced status: `550 5.1.1`."""
        status = self.status
        return f"{self.code} {status}" if status else str(self.code)
