"""The mail that a memo to the coordinator makes, in the language of the desk."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from newsroom.model import Site
from newsroom.model.memo import Memo
from newsroom.model.saying import say
from newsroom.render.mail.desk_note import DeskNote, desk_message
from newsroom.render.sayings import in_language
from newsroom.render.templates import Templates


class Desk(Protocol):
    """Who writes to whom."""

    @property
    def site(self) -> Site:
        """The newsroom."""
        ...

    @property
    def templates(self) -> Templates:
        """What mails are made with."""
        ...

    @property
    def coordinator(self) -> Callable[[], str | None]:
        """The coordinator's address, when they have one."""
        ...


def memo_message(desk: Desk, memo: Memo, asked: datetime) -> tuple[EmailMessage, str]:
    """The mail that a memo makes, and its address; each try makes the same, Message-ID included.

    Where no contact can be reached it goes to the mailbox that readers' answers go to.
    """
    lang, to = desk.site.language, desk.coordinator() or desk.site.mailbox
    note = DeskNote(
        lang=lang,
        subject=in_language(memo.subject, lang),
        sentences=tuple(in_language(sentence, lang) for sentence in _sentences(memo)),
        button=in_language(memo.button, lang),
        url=memo.url,
        must=tuple(in_language(point, lang) for point in memo.points),
        heading=in_language(memo.heading, lang),
    )
    return desk_message(desk.site, note, to, asked, desk.templates), to


def _sentences(memo: Memo) -> tuple[str, ...]:
    if memo.command is None:
        return memo.sentences
    return *memo.sentences, say("Write this where newsroom runs: {command}", command=memo.command)
