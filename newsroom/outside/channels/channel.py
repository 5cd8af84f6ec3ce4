"""What every channel has in common: one POST for an item, and what an answer to it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.printable import in_short
from newsroom.model.saying import say
from newsroom.outside.channels.item import Item

_TOO_MANY = 429
_REDIRECTS, _FAULTS, _THEIR_FAULTS = 300, 400, 500  # where they begin
_LATER = {502, 503, 504}  # a gateway or a full house: whether it was done, only the channel knows
_OF_THE_CHANNEL = {401, 403, 404, 405, 410}  # the address or the secret is wrong, not the item
_LONGEST = 200  # characters of a server's own words


class ChannelVerdict(StrEnum):
    """What became of a POST."""

    DONE = "done"
    LATER = "later"  # nothing was posted, and it may be tried again
    DOUBT = "doubt"  # nobody knows; it may be tried again where a repeated POST does no harm
    REFUSED = "refused"  # nothing was posted, and the same POST would be refused again
    UNKNOWN = "unknown"  # nobody knows, and it is not to be tried again


@dataclass(frozen=True, slots=True)
class ChannelAnswer:
    """What became of a POST, and why."""

    verdict: ChannelVerdict
    said: str = ""  # why it was not done
    wait: timedelta | None = None  # how long the server wants to be left alone
    place: str | None = None  # where the announcement stands, when the server says
    everybody: bool = False  # whether every other item would be answered like this


@dataclass(frozen=True, slots=True)
class ChannelPost:
    """One POST, with what is secret in it."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Channel(Protocol):
    """One place where news is announced."""

    @property
    def name(self) -> str:
        """What rows and people call it: `slack:kansli`. It has nothing secret."""
        ...

    @property
    def repeatable(self) -> timedelta | None:
        """For how long a repeated POST posts nothing twice; None: it always would."""
        ...

    def shown(self, item: Item) -> str:
        """What people will read there, word for word."""
        ...

    def payload(self, item: Item) -> Mapping[str, object]:
        """Exactly what is posted, but for what is secret."""
        ...

    def post(self, item: Item, key: str, now: datetime) -> ChannelPost:
        """The POST that announces an item; `key` is the same for each repetition."""
        ...

    def read(self, answer: ApiAnswer) -> ChannelAnswer | None:
        """What an answer says in the channel's own terms; None: what it says to everybody."""
        ...


class Api(Protocol):
    """What requests are made with."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> ApiAnswer | NoAnswer:
        """Make one request, never a second one for it; redirects are answers too."""
        ...


def tell(channel: Channel, item: Item, key: str, api: Api, now: datetime) -> ChannelAnswer:
    """Announce an item once, and say what became of that."""
    post = channel.post(item, key, now)
    return result_of(api.post(post.url, post.headers, post.body), channel.read)


def result_of(
    answer: ApiAnswer | NoAnswer, read: Callable[[ApiAnswer], ChannelAnswer | None] = lambda _: None
) -> ChannelAnswer:
    """What an answer means, where a channel has nothing to say of it by RFC 9110."""
    if isinstance(answer, NoAnswer):
        verdict = ChannelVerdict.DOUBT if answer.may_have_arrived else ChannelVerdict.LATER
        return ChannelAnswer(
            verdict, say("no answer ({fault})", fault=short(answer.reason)), everybody=True
        )
    if own := read(answer):
        return own
    said = _said(answer)
    if answer.is_good:
        return ChannelAnswer(ChannelVerdict.DONE)
    if answer.status == _TOO_MANY:  # it was not looked at: RFC 6585 section 4
        return ChannelAnswer(ChannelVerdict.LATER, said, answer.wait, everybody=True)
    if answer.status in _LATER:
        return ChannelAnswer(ChannelVerdict.DOUBT, said, answer.wait, everybody=True)
    if answer.status >= _THEIR_FAULTS:
        return ChannelAnswer(ChannelVerdict.UNKNOWN, said, everybody=True)
    moved = _REDIRECTS <= answer.status < _FAULTS
    return ChannelAnswer(
        ChannelVerdict.REFUSED, said, everybody=moved or answer.status in _OF_THE_CHANNEL
    )


def refused(answer: ApiAnswer, words: str, *, everybody: bool = False) -> ChannelAnswer:
    """A refusal in the channel's own words."""
    said = say("it answered {status}: {words}", status=answer.status, words=short(words))
    return ChannelAnswer(ChannelVerdict.REFUSED, said, everybody=everybody)


def json_object(answer: ApiAnswer) -> Mapping[str, Any]:
    """The object that an answer holds as JSON; an empty one where it holds none."""
    content = answer.json
    return content if isinstance(content, dict) else {}


def short(words: str) -> str:
    """A server's own words on one line, as many as anybody wants to read."""
    return in_short(words, _LONGEST)


def _said(answer: ApiAnswer) -> str:
    words = short(answer.body.decode("utf-8", "replace"))
    if words.startswith("<") or not any(map(str.isalnum, words)):  # a page for people, or `{}`
        return say("it answered {status}", status=answer.status)
    return say("it answered {status}: {words}", status=answer.status, words=words)
