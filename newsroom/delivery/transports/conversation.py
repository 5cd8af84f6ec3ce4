"""What is said and answered over a connection to a relay, each part of it within its time."""

import smtplib
import socket
import time
from collections.abc import Iterator, Sequence

from newsroom.delivery.transports.reply import Reply, UnreadableError, is_last
from newsroom.model.saying import say

_PIECE = 16_384  # bytes that are read at a time
_LONGEST_LINE, _MOST_LINES = 4_096, 100  # of a reply; RFC 5321 section 4.5.3.1.5 allows 512 bytes


class Conversation:
    """Commands and replies over a connection that is open, secured and logged in at.

    Every method raises OSError when the line breaks, the time is up or the answer is no reply.
    """

    def __init__(self, smtp: smtplib.SMTP) -> None:
        if smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("the relay hung up")
        self._smtp = smtp
        self._socket: socket.socket = smtp.sock
        self._until = 0.0  # of the monotonic clock
        self._heard = b""  # and not yet taken for a reply
        self.pipelines = smtp.has_extn("pipelining")
        self.begun = time.monotonic()

    def announces(self, extension: str) -> bool:
        """Whether the relay named an extension of SMTP in its greeting."""
        return self._smtp.has_extn(extension)

    def allow(self, seconds: float) -> None:
        """Begin a part that must be over in so many seconds, whatever it meets."""
        self._until = time.monotonic() + seconds

    def exchange(self, commands: Sequence[str]) -> Iterator[Reply]:
        """The replies to commands, in turn.

        Where the relay announces PIPELINING all are said at once, and every reply is to be taken
        (RFC 2920). Else each is said when its reply is asked for.
        """
        if self.pipelines:
            self.write("".join(f"{command}\r\n" for command in commands).encode("ascii"))
            for _ in commands:
                yield self.reply()
            return
        for command in commands:
            self.write(f"{command}\r\n".encode("ascii"))
            yield self.reply()

    def write(self, content: bytes) -> None:
        """Hand over bytes. When this fails, their end has not left."""
        self._socket.settimeout(self._left())
        self._socket.sendall(content)  # the time limit is that of the whole

    def reply(self) -> Reply:
        """The next reply."""
        lines = [self._line()]
        while not is_last(lines[-1]):
            if len(lines) == _MOST_LINES:
                raise UnreadableError(say("its reply has no end"))
            lines.append(self._line())
        return Reply.of(lines)

    @property
    def has_more_to_say(self) -> bool:
        """Whether something came that nobody asked for: the next reply would be another's."""
        return bool(self._heard)

    def part(self, seconds: float) -> None:
        """Say goodbye, if the relay still listens."""
        self.allow(seconds)
        try:
            for _ in self.exchange(["QUIT"]):
                pass
        except OSError:
            pass
        finally:
            self.close()

    def close(self) -> None:
        """Hang up."""
        self._smtp.close()

    def _line(self) -> bytes:
        while b"\n" not in self._heard:
            if len(self._heard) > _LONGEST_LINE:
                raise UnreadableError(say("its line has no end"))
            self._socket.settimeout(self._left())
            piece = self._socket.recv(_PIECE)
            if not piece:
                raise smtplib.SMTPServerDisconnected("the relay hung up")
            self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        return line.rstrip(b"\r")

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the relay took too long")
        return left
