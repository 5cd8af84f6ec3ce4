"""Mastodon: https://docs.joinmastodon.org/methods/statuses/#create."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsroom.model.answer import ApiAnswer
from newsroom.model.saying import say
from newsroom.outside.channels.channel import (
    ChannelAnswer,
    ChannelPost,
    ChannelVerdict,
    json_object,
    refused,
)
from newsroom.outside.channels.item import Item, cut, hashtag

_MOST = 500  # characters of a status, where a server has not set another limit
_LINK = 23  # characters that an address counts for, however long it is
_TAGS = 100  # characters that hashtags may take
_LEAST = 40  # characters of a summary that say anything
_ADDRESS = re.compile(r"https?://\S+")
_MENTION = re.compile(r"(?<![\w/])@(?=\w)")
_APART = "\N{ZERO WIDTH SPACE}"
# A key is kept for an hour; what is repeated must arrive well before that.
_KEPT = timedelta(minutes=50)


@dataclass(frozen=True, slots=True)
class Mastodon:
    """One account on a server."""

    server: str  # its address, without a slash at the end
    token: str = field(repr=False)
    visibility: str = "public"
    repeatable: timedelta | None = _KEPT

    @property
    def name(self) -> str:
        """The server names the account: a newsroom has one at most."""
        return f"mastodon:{self.server}"

    def shown(self, item: Item) -> str:
        """The status, word for word."""
        return status(item)

    def payload(self, item: Item) -> Mapping[str, object]:
        """The status, its language, and who may see it."""
        return {
            "status": status(item),
            "visibility": self.visibility,
            "language": item.lang.partition("-")[0],  # ISO 639-1
        }

    def post(self, item: Item, key: str, _now: datetime) -> ChannelPost:
        """The status, with the key by which the server knows a repetition."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        body = json.dumps(self.payload(item), ensure_ascii=False).encode()
        return ChannelPost(f"{self.server}/api/v1/statuses", headers, body)

    def read(self, answer: ApiAnswer) -> ChannelAnswer | None:
        """The status as the server keeps it, or what is wrong in a sentence."""
        told = json_object(answer)
        if answer.is_good:
            if "id" not in told:
                return ChannelAnswer(ChannelVerdict.UNKNOWN, say("the answer is not Mastodon's"))
            place = told.get("url") or told.get("uri")
            return ChannelAnswer(ChannelVerdict.DONE, place=str(place) if place else None)
        if answer.status == 429:  # noqa: PLR2004 (RFC 6585 section 4)
            said = say("it answered {status}", status=answer.status)
            return ChannelAnswer(
                ChannelVerdict.LATER, said, answer.wait or _reset(answer), everybody=True
            )
        if 400 <= answer.status < 500 and "error" in told:  # noqa: PLR2004 (RFC 9110 section 15.5)
            return refused(answer, str(told["error"]), everybody=answer.status != 422)  # noqa: PLR2004
        return None


def status(item: Item) -> str:
    """Title, summary, address and topics, as much of them as Mastodon takes.

    The address is always there; the summary gives way first, then topics, then the title's end.
    """
    link, tags = item.url, _hashtags(item)
    title = _unaddressed(cut(item.title, _MOST - _LINK - 2))
    foot = [link, tags] if tags and counted(_joined(title, link, tags)) <= _MOST else [link]
    room = _MOST - counted(_joined(title, "", *foot))
    summary = _unaddressed(item.summary)
    while room >= _LEAST and summary:
        whole = _joined(title, cut(summary, room), *foot)
        if counted(whole) <= _MOST:
            return whole
        room -= counted(whole) - _MOST
    return _joined(title, *foot)


def counted(text: str) -> int:
    """How many characters Mastodon counts: an address is 23, whatever its length."""
    return len(_ADDRESS.sub("x" * _LINK, text))


def _joined(*parts: str) -> str:
    return "\n\n".join(parts)


def _unaddressed(text: str) -> str:
    """A text that calls nobody: an @ before a name would send them a notice."""
    return _MENTION.sub(f"@{_APART}", text)


def _hashtags(item: Item) -> str:
    found = ""
    for tag in dict.fromkeys(filter(None, map(hashtag, item.tags))):
        longer = f"{found} {tag}".strip()
        found = longer if len(longer) <= _TAGS else found
    return found


def _reset(answer: ApiAnswer) -> timedelta | None:
    """Until when requests are refused, as Mastodon says it in place of Retry-After."""
    try:
        until, sent = datetime.fromisoformat(answer.headers["x-ratelimit-reset"]), answer.sent
        return max(until - sent, timedelta(0)) if sent else None
    except (KeyError, TypeError, ValueError):
        return None
