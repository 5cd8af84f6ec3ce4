"""A Facebook page, by the Graph API: https://developers.facebook.com/docs/pages-api/posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from newsroom.model.answer import ApiAnswer
from newsroom.model.saying import say
from newsroom.outside.channels.channel import (
    ChannelAnswer,
    ChannelPost,
    ChannelVerdict,
    json_object,
    refused,
    short,
)
from newsroom.outside.channels.item import Item, cut

GRAPH = "https://graph.facebook.com/v24.0"
_MOST = 5000  # characters; a page may write 63,206, and shows a few hundred
# https://developers.facebook.com/docs/graph-api/guides/error-handling
_TOO_OFTEN = {4, 17, 32, 341, 613}  # of the app, the user, the page
_MAY_PASS = {1, 2}  # "unknown" and "temporary": posts have been known to appear all the same
_SAID_BEFORE = 506  # the same text twice in a row: it stands there
_TOKEN = {10, 102, 190, *range(200, 300)}  # expired, revoked, without leave to post


@dataclass(frozen=True, slots=True)
class Facebook:
    """One page. A repeated POST posts again: Facebook knows no keys."""

    page: str  # its number or its name
    token: str = field(repr=False)  # of the page, not of a person
    graph: str = GRAPH
    repeatable: timedelta | None = None

    @property
    def name(self) -> str:
        """The page itself."""
        return f"facebook:{self.page}"

    def shown(self, item: Item) -> str:
        """The words and the link; Facebook makes a card of the page that it leads to."""
        return f"{message(item)}\n\n{item.url}"

    def payload(self, item: Item) -> Mapping[str, object]:
        """The words and the link."""
        return {"message": message(item), "link": item.url}

    def post(self, item: Item, _key: str, _now: datetime) -> ChannelPost:
        """The words and the link as a form; the token stands in no address, so in no log."""
        form = {**self.payload(item), "access_token": self.token}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return ChannelPost(f"{self.graph}/{self.page}/feed", headers, urlencode(form).encode())

    def read(self, answer: ApiAnswer) -> ChannelAnswer | None:
        """The number of the post, or a fault with its code."""
        told = json_object(answer)
        if answer.is_good:
            number = told.get("id")
            if not number:
                return ChannelAnswer(ChannelVerdict.UNKNOWN, say("the answer is not Facebook's"))
            return ChannelAnswer(ChannelVerdict.DONE, place=f"https://www.facebook.com/{number}")
        fault = told.get("error")
        return self._judged(answer, fault) if isinstance(fault, dict) else None

    def _judged(self, answer: ApiAnswer, fault: Mapping[str, Any]) -> ChannelAnswer:
        code, words = fault.get("code"), str(fault.get("message", "")).replace(self.token, "…")
        if code == _SAID_BEFORE:
            return ChannelAnswer(ChannelVerdict.DONE)
        if code in _TOO_OFTEN:
            return ChannelAnswer(ChannelVerdict.LATER, short(words), answer.wait, everybody=True)
        if code in _MAY_PASS or fault.get("is_transient"):
            return ChannelAnswer(ChannelVerdict.UNKNOWN, short(words), everybody=True)
        return refused(answer, words, everybody=code in _TOKEN)


def message(item: Item) -> str:
    """Title and summary."""
    return cut(f"{item.title}\n\n{item.summary}".strip(), _MOST)
