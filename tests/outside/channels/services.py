"""The services as their documents say that they answer, each kept by one object of this process.

- Mastodon: docs.joinmastodon.org/methods/statuses/#create, and /api/rate-limits/
- Slack: docs.slack.dev, incoming webhooks and Block Kit's limits
- Teams: learn.microsoft.com, "Create incoming webhooks with Workflows"
- Facebook: developers.facebook.com, Pages API "Posts" and Graph API "Handle errors"
- Standard Webhooks: its specification, version 1
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx

from newsroom.jobs.returned.hooks.call import Call
from newsroom.jobs.returned.hooks.seals import Signature

TOKEN = "a-token-of-the-account"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
Clock = Callable[[], datetime]


@dataclass
class Service:
    """One service: what was posted there, and what it answers before it looks at a request."""

    clock: Clock = lambda: NOW
    posted: list[Any] = field(default_factory=list)
    moods: list[httpx.Response | Exception] = field(default_factory=list)  # the next answers
    lost: int = 0  # so many of the next requests are carried out, and their answers are lost

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        if self.moods:
            mood = self.moods.pop(0)
            if isinstance(mood, Exception):
                raise mood
            return mood
        answer = self.answer(request)
        if self.lost:
            self.lost -= 1
            raise httpx.ReadTimeout("timed out", request=request)
        return answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the service does with a request when all is well."""
        raise NotImplementedError


def busy(seconds: str = "30") -> httpx.Response:
    """Too many requests (RFC 6585 section 4)."""
    return httpx.Response(429, headers={"Retry-After": seconds}, text="rate_limited")


class Mastodon(Service):
    """A server: it knows a key for an hour, and counts characters as Mastodon does."""

    def __init__(self, clock: Clock = lambda: NOW) -> None:
        super().__init__(clock)
        self._keys: dict[str, tuple[datetime, dict[str, Any]]] = {}

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Post a status, or give back the one that was posted under the same key."""
        assert request.url.path == "/api/v1/statuses"
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401, json={"error": "The access token is invalid"})
        content = json.loads(request.content)
        counted = re.sub(r"https?://\S+", "x" * 23, content["status"])
        if len(counted) > 500:
            error = "Validation failed: Text character limit of 500 exceeded"
            return httpx.Response(422, json={"error": error})
        key, now = request.headers["Idempotency-Key"], self.clock()
        known = self._keys.get(key)
        if known and now - known[0] < timedelta(hours=1):
            return httpx.Response(200, json=known[1])
        self.posted.append(content)
        number = str(len(self.posted))
        status = {"id": number, "url": f"https://mastodon.example/@natverket/{number}"}
        self._keys[key] = now, status
        return httpx.Response(200, json=status)


class Slack(Service):
    """A workspace's webhook: it posts whatever is well formed, as often as it is asked."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Post a message."""
        if not request.url.path.endswith("/right"):
            return httpx.Response(404, text="no_service")
        try:
            message = json.loads(request.content)
        except ValueError:
            return httpx.Response(400, text="invalid_payload")
        if not message.get("text") or any(_is_wrong(block) for block in message["blocks"]):
            return httpx.Response(400, text="invalid_blocks")
        self.posted.append(message)
        return httpx.Response(200, text="ok")


def _is_wrong(block: dict[str, Any]) -> bool:
    most = {"header": 150, "section": 3000}.get(block["type"])
    return most is not None and not 0 < len(block["text"]["text"]) <= most


class Teams(Service):
    """A workflow: it says yes to everything that it can begin with."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Begin a run."""
        if request.url.params.get("sig") != "right":
            error = {"code": "DirectApiAuthorizationRequired", "message": "wrong signature"}
            return httpx.Response(401, json={"error": error})
        message = json.loads(request.content)
        assert message["type"] == "message"
        assert len(request.content) < 28_000
        self.posted.append(message["attachments"][0]["content"])
        return httpx.Response(202)


class Facebook(Service):
    """A page: it knows no keys, but refuses the same words twice in a row."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Post to the page's feed."""
        assert request.url.path.endswith("/1234567890/feed")
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if form.pop("access_token") != TOKEN:
            return fault(190, "Error validating access token: Session has expired", 400)
        if self.posted and self.posted[-1] == form:
            return fault(506, "Duplicate status message", 400)
        self.posted.append(form)
        return httpx.Response(200, json={"id": f"1234567890_{len(self.posted)}"})


def fault(code: int, message: str, status: int = 400, **more: object) -> httpx.Response:
    """An error of the Graph API."""
    error = {"message": message, "type": "OAuthException", "code": code, **more}
    return httpx.Response(status, json={"error": error})


class Receiver(Service):
    """A receiver of webhooks: it believes what is signed, and takes each id once."""

    def __init__(self, clock: Clock = lambda: NOW) -> None:
        super().__init__(clock)
        self.ids: set[str] = set()

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Take an event."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Call(headers, request.content)
        if Signature(SECRET).why_not(call, self.clock()) is not None:
            return httpx.Response(401)
        if headers["webhook-id"] not in self.ids:
            self.ids.add(headers["webhook-id"])
            self.posted.append(json.loads(request.content))
        return httpx.Response(204)
