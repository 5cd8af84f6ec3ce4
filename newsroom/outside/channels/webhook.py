"""A webhook of somebody's own, by Standard Webhooks (standardwebhooks.com, version 1)."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from newsroom.model.answer import ApiAnswer
from newsroom.outside.channels.channel import ChannelAnswer, ChannelPost
from newsroom.outside.channels.item import Item, ItemKind

_TYPES = {
    ItemKind.NEWS: "news.published",
    ItemKind.EVENT: "event.published",
    ItemKind.CHANGE: "event.changed",
}
# The receiver tells a repetition by its id, for as long as it keeps ids: the specification's own
# schedule of attempts ends within three days.
_KEPT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Webhook:
    """One receiver."""

    name: str
    url: str = field(repr=False)
    secret: str = field(repr=False)  # whsec_…
    repeatable: timedelta | None = _KEPT

    def shown(self, item: Item) -> str:
        """The body: who receives it makes something else of it for people."""
        return json.dumps(payload(item), ensure_ascii=False, indent=2)

    def payload(self, item: Item) -> Mapping[str, object]:
        """The body that is signed."""
        return payload(item)

    def post(self, item: Item, key: str, now: datetime) -> ChannelPost:
        """The item as JSON, signed together with its id and the time of this attempt."""
        body = json.dumps(payload(item), ensure_ascii=False).encode()
        time = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": time,
            "webhook-signature": signature(self.secret, key, time, body),
        }
        return ChannelPost(self.url, headers, body)

    def read(self, _answer: ApiAnswer) -> ChannelAnswer | None:
        """Nothing of its own: a status is all that the specification asks for."""
        return None


def payload(item: Item) -> dict[str, object]:
    """The item: its type, its time, and what is known of it."""
    return {
        "type": _TYPES[item.kind],
        "timestamp": item.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": {
            "id": item.id,
            "title": item.title,
            "summary": item.summary,
            "url": item.url,
            "language": item.lang,
            "tags": list(item.tags),
        },
    }


def signature(secret: str, number: str, time: str, body: bytes) -> str:
    """The signature of one attempt: `v1,` and HMAC-SHA256 over id, time and body."""
    key = b64decode(secret.removeprefix("whsec_"), validate=True)
    signed = b".".join([number.encode(), time.encode(), body])
    return f"v1,{b64encode(hmac.digest(key, signed, sha256)).decode()}"
