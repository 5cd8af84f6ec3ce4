"""Microsoft Teams, by a workflow that starts when a webhook is called.

The incoming webhooks of Office 365 connectors, which came before, have been retired. A workflow
takes an Adaptive Card, and answers before it has posted it: what goes wrong after that stands in
the history of its runs and nowhere else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsroom.model.answer import ApiAnswer
from newsroom.outside.channels.channel import ChannelAnswer, ChannelPost
from newsroom.outside.channels.item import Item, cut

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_CARD = "application/vnd.microsoft.card.adaptive"
_TITLE, _TEXT = 300, 3000  # characters: a message may have 28 kB


@dataclass(frozen=True, slots=True)
class Teams:
    """A channel or chat of Teams. A repeated POST posts again: workflows know no keys."""

    name: str
    url: str = field(repr=False)
    repeatable: timedelta | None = None

    def shown(self, item: Item) -> str:
        """The texts of the card one below the other, and its button."""
        return "\n".join([*filter(None, _parts(item)), f"[{item.more}] {item.url}"])

    def payload(self, item: Item) -> Mapping[str, object]:
        """The card as the workflow gets it."""
        return message(item)

    def post(self, item: Item, _key: str, _now: datetime) -> ChannelPost:
        """The card, at the address whose signature is the workflow's only secret."""
        body = json.dumps(message(item), ensure_ascii=False).encode()
        return ChannelPost(self.url, {"Content-Type": "application/json"}, body)

    def read(self, _answer: ApiAnswer) -> ChannelAnswer | None:
        """Nothing of its own: 202 where it was taken, else what Azure says to everybody."""
        return None


def message(item: Item) -> dict[str, object]:
    """A message that holds one card."""
    return {
        "type": "message",
        "attachments": [{"contentType": _CARD, "contentUrl": None, "content": card(item)}],
    }


def card(item: Item) -> dict[str, object]:
    """The card: title, summary, topics, and one button.

    Its texts are runs (TextRun), in which Teams reads no Markdown: nothing needs to be escaped.
    """
    title, summary, topics = _parts(item)
    body = [_text(title, size="large", weight="bolder")]
    if summary:
        body.append(_text(summary))
    if topics:
        body.append(_text(topics, isSubtle=True, size="small"))
    return {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": item.lang,
        "fallbackText": f"{item.title} {item.url}",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": item.more, "url": item.url}],
    }


def _parts(item: Item) -> tuple[str, str, str]:
    """Title, summary and topics, as much of them as a card has room for."""
    topics = " · ".join(item.tags)
    return cut(item.title, _TITLE), cut(item.summary, _TEXT), cut(topics, _TITLE)


def _text(text: str, **looks: object) -> dict[str, object]:
    run = {"type": "TextRun", "text": text, **looks}
    return {"type": "RichTextBlock", "inlines": [run]}
