"""A local mail catcher: an SMTP server that keeps what it is sent and passes nothing on."""

import email
import socket
from email import policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_HOST = "127.0.0.1"


class MailCatcher:
    """Accepts every message on loopback, at a free port, and keeps each as a file in a folder.

    Used as a context: the server listens inside it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._caught: list[tuple[str, Path]] = []
        with socket.create_server((_HOST, 0)) as free:  # aiosmtpd cannot choose one by itself
            port = free.getsockname()[1]
        self._controller = Controller(self, hostname=_HOST, port=port)

    @property
    def address(self) -> str:
        """Where to send, as NEWSROOM_MAIL wants it."""
        return f"smtp://{_HOST}:{self._controller.port}"

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipient of each message, in the order they came."""
        return tuple(recipient for recipient, _ in self._caught)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_DATA(  # noqa: N802 (the name aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep one message; the name of its file begins with its number."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        for recipient in envelope.rcpt_tos:
            path = self._folder / f"{len(self._caught) + 1:04}.eml"
            path.write_bytes(raw)
            self._caught.append((recipient, path))
        return "250 2.0.0 kept"

    def write_index(self) -> Path:
        """A page that lists what came, each with the HTML a mail program would show."""
        rows = "".join(self._row(*caught) for caught in self._caught)
        page = self._folder / "index.html"
        page.write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Caught mail</title>'
            '<meta name="viewport" content="width=device-width">'
            "<style>:root{color-scheme:light dark}body{font:18px/1.55 system-ui;max-width:48rem;"
            "margin:2rem auto;padding:0 1rem}li{margin:.5rem 0}</style>"
            f"<h1>{len(self._caught)} messages</h1><ol>{rows}</ol></html>",
            encoding="utf-8",
        )
        return page

    def _row(self, recipient: str, path: Path) -> str:
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        subject = str(message["Subject"])
        body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
        shown = path.with_suffix(".html")
        if body is not None:
            text = body.get_content()
            html = body.get_content_type() == "text/html"
            shown.write_text(text if html else f"<pre>{escape(text)}</pre>", encoding="utf-8")
        return (
            f'<li><a href="{shown.name}">{escape(subject)}</a> to {escape(recipient)} '
            f'(<a href="{path.name}">source</a>)</li>'
        )
