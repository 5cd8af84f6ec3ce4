"""A request that a provider made, and what answers for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newsroom.bounces.hook_event import HookEvent, Json
from newsroom.model.saying import Saying


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came: what is signed is these very bytes."""

    headers: Mapping[str, str]  # whose names' case does not matter
    body: bytes

    def header(self, *names: str) -> str:
        """What the first of these headers says that is there; nothing where none is."""
        return next((self.headers[name] for name in names if name in self.headers), "")


class Seal(Protocol):
    """How a request is known to be a provider's."""

    def why_not(self, call: Call, now: datetime) -> Saying | None:
        """Why a request is not believed, or None when it is."""


class Hook(Seal, Protocol):
    """One provider's webhook."""

    def events(self, call: Call) -> tuple[HookEvent, ...]:
        """What a believed request tells. Raises OutsideError when that has to wait."""


def json_object(body: str | bytes) -> Json:
    """A body's JSON object; an empty one for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
