"""Slack, by an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsroom.model.answer import ApiAnswer
from newsroom.model.saying import say
from newsroom.outside.channels.channel import ChannelAnswer, ChannelPost, ChannelVerdict, refused
from newsroom.outside.channels.item import Item, cut

_TITLE, _TEXT = 150, 3000  # characters that a header and a section may have
_CHANNEL_IS_WRONG = ("no_", "channel_", "action_prohibited", "invalid_token", "team_", "posting_")


@dataclass(frozen=True, slots=True)
class Slack:
    """A channel of a workspace. A repeated POST posts again: Slack knows no keys."""

    name: str
    url: str = field(repr=False)
    repeatable: timedelta | None = None

    def shown(self, item: Item) -> str:
        """The blocks one below the other, and what the link says before its address."""
        summary = [cut(item.summary, _TEXT)] if item.summary else []
        below = " · ".join([f"{item.more} ({item.url})", *item.tags])
        return "\n".join([cut(item.title, _TITLE), *summary, below])

    def payload(self, item: Item) -> Mapping[str, object]:
        """The message as Slack gets it."""
        return message(item)

    def post(self, item: Item, _key: str, _now: datetime) -> ChannelPost:
        """The message, at the address that is the webhook's only secret."""
        body = json.dumps(message(item), ensure_ascii=False).encode()
        return ChannelPost(self.url, {"Content-Type": "application/json"}, body)

    def read(self, answer: ApiAnswer) -> ChannelAnswer | None:
        """`ok`, or one word for what is wrong."""
        words = answer.body.decode("utf-8", "replace").strip()
        if answer.is_good and words != "ok":
            return ChannelAnswer(ChannelVerdict.UNKNOWN, say("the answer is not Slack's"))
        if answer.status in {400, 403, 404, 410}:
            return refused(answer, words, everybody=words.startswith(_CHANNEL_IS_WRONG))
        return None


def message(item: Item) -> dict[str, object]:
    """Blocks, and a text where blocks are not shown, as in notifications.

    Title and summary are plain text, which Slack reads no marks, links or mentions into.
    """
    link = f"<{escaped(item.url)}|{escaped(item.more)}>"
    below = " · ".join([link, *map(escaped, item.tags)])
    blocks: list[dict[str, object]] = [{"type": "header", "text": _plain(item.title, _TITLE)}]
    if item.summary:
        blocks.append({"type": "section", "text": _plain(item.summary, _TEXT)})
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": cut(below, _TEXT)}]})
    return {
        "text": f"{escaped(item.title)}\n<{escaped(item.url)}>",
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def escaped(text: str) -> str:
    """The three signs that Slack takes for its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str, most: int) -> dict[str, object]:
    return {"type": "plain_text", "text": cut(text, most), "emoji": False}
