"""Asks for many links: several hosts at once, the links of one host one after the other."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlsplit

from newsroom.model.link import LinkAnswer

_HOSTS_AT_ONCE = 8
_DOWN_AFTER = 2  # answers in a row that speak of the host and not of the page


class Asks(Protocol):
    """Whoever asks for a link."""

    async def ask(self, url: str) -> LinkAnswer:
        """What a link gives."""


async def walk(
    visitor: Asks,
    urls: Iterable[str],
    heard: Callable[[str, LinkAnswer], None],
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """Ask for each link, and tell `heard` of each answer as it comes.

    A host that is down is asked no more, and its other links are told of as that one; one that
    wants to be asked less is left alone, and of its other links nothing is told. When `is_over`
    says so, the links in hand are the last.
    """
    hosts: dict[str, deque[str]] = {}
    for url in urls:
        hosts.setdefault(host_of(url), deque()).append(url)
    # The host with the most links takes longest, and so begins first.
    waiting = deque(sorted(hosts.values(), key=len, reverse=True))

    async def one_after_the_other() -> None:
        while waiting and not is_over():
            await _at_one_host(visitor, waiting.popleft(), heard, is_over)

    async with asyncio.TaskGroup() as hands:
        for _ in range(min(_HOSTS_AT_ONCE, len(waiting))):
            hands.create_task(one_after_the_other())


def host_of(url: str) -> str:
    """The host of a link, in small letters; "" where there is none to be read."""
    with suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


async def _at_one_host(
    visitor: Asks,
    urls: deque[str],
    heard: Callable[[str, LinkAnswer], None],
    is_over: Callable[[], bool],
) -> None:
    down = 0
    while urls and not is_over():
        url = urls.popleft()
        answer = await visitor.ask(url)
        heard(url, answer)
        if answer.host_wants_rest:
            return
        down = down + 1 if answer.host_is_down else 0
        while urls and down >= _DOWN_AFTER:
            heard(urls.popleft(), answer)
