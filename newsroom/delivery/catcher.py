"""A local mail catcher: an SMTP server that keeps what it is sent and passes nothing on."""

import email
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.delivery.listener import Listener
from newsroom.model.saying import say
from newsroom.render.sayings import in_language

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


class MailCatcher:
    """Accepts every message on loopback, at a free port, and keeps each as a file in a folder.

    Used as a context: the server listens inside it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._caught: list[tuple[str, Path]] = []
        self._listener: Listener  # while the context lasts

    @property
    def address(self) -> str:
        """Where to send, as NEWSROOM_MAIL wants it."""
        return self._listener.address

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipient of each message, in the order they came."""
        return tuple(recipient for recipient, _ in self._caught)

    def __enter__(self) -> Self:
        self._listener = Listener(self)
        self._listener.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.stop()

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

    def write_index(self, templates: "Templates", lang: str) -> Path:
        """A page in a language that lists what came, each with what a mail program would show."""
        mails = [_shown(*caught, templates, lang) for caught in self._caught]
        title = in_language(say("Caught mails: {number}", number=len(mails)), lang)
        what = say("They came to a catcher on this machine, and were passed on to nobody.")
        page = self._folder / "index.html"
        html = templates.render(
            "desk/caught.html",
            lang=lang,
            title=title,
            what=in_language(what, lang),
            source=in_language(say("as it was sent"), lang),
            mails=mails,
        )
        page.write_text(html, encoding="utf-8")
        return page


@dataclass(frozen=True, slots=True)
class _Listed:
    """A mail in the list."""

    subject: str
    to: str
    shown: str  # the file of its page
    source: str  # the file of the message
    source_of: str  # what that link is called to who only hears it


def _shown(recipient: str, path: Path, templates: "Templates", lang: str) -> _Listed:
    """Write what a mail program would show of a message beside it."""
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    subject = str(message["Subject"] or in_language(say("(without a subject)"), lang))
    body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
    shown = path.with_suffix(".html")
    text = body.get_content() if body is not None else ""
    if body is None or body.get_content_type() != "text/html":
        text = templates.render("desk/caught_text.html", lang=lang, title=subject, text=text)
    shown.write_text(text, encoding="utf-8")
    source_of = in_language(say("{subject}, as it was sent", subject=subject), lang)
    return _Listed(subject, recipient, shown.name, path.name, source_of)
