"""One thing looked after whatever is the matter with the others; what breaks is told once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from newsroom.database import transaction
from newsroom.errors import NewsroomError, StateError
from newsroom.jobs.approval.tell import DeskPost
from newsroom.jobs.outbox.memos import leave_memo
from newsroom.model.memo import Memo
from newsroom.model.saying import Saying, say

log = logging.getLogger(__name__)

_KIND = "issue"
_OCCASION = 64  # characters that an occasion may have


class Apart:
    """Keeps what is wrong with one thing from the others, and remembers what nobody foresaw."""

    def __init__(self) -> None:
        self._broken: list[tuple[str, Exception]] = []

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Whatever is wrong with one thing never keeps the others waiting."""
        try:
            yield
        except NewsroomError as error:
            log.info("%s: %s", name, error.sentence)
        except Exception as fault:  # noqa: BLE001 (told by `end`, when all were looked after)
            self._broken.append((name, fault))

    def end(self, post: DeskPost, now: datetime) -> None:
        """Tell the coordinator and the log what broke, each once however often it is tried.

        Raises StateError when anything did: a look that failed is no sign of life.
        """
        for name, fault in self._broken:
            memo = _memo(name, fault)
            with transaction(post.database) as connection:
                is_news = leave_memo(connection, memo, post.site.language, now)
            if is_news:
                log.error(_what(name, fault), exc_info=fault)
        if self._broken:
            raise StateError(_what(*self._broken[0]))


def _what(name: str, fault: Exception) -> Saying:
    """The kind of fault alone: its own words may hold what is nobody's business."""
    return say(
        "{issue}: looking after it broke off ({fault}); it is tried again by itself",
        issue=name,
        fault=type(fault).__name__,
    )


def _memo(name: str, fault: Exception) -> Memo:
    return Memo(
        kind=_KIND,
        occasion=f"{type(fault).__name__} {name}"[:_OCCASION],
        subject=say("It does not work: looking after {issue}", issue=name),
        sentences=(
            say(
                "newsroom could not look after {issue}: something happened that it does not "
                "know ({fault}).",
                issue=name,
                fault=type(fault).__name__,
            ),
            say("It is tried again by itself, and all other issues go on as usual."),
            say("Whoever looks after the machine finds more in the log."),
        ),
        command=f"newsroom issue status {name}",
    )
