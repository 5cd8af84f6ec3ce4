"""A webhook whose requests are one JSON object under one seal: all but Amazon's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsroom.bounces.hook_event import HookEvent, Json
from newsroom.jobs.returned.hooks.call import Call, Seal, json_object
from newsroom.model.saying import Saying


@dataclass(frozen=True, slots=True)
class SealedHook:
    """What a provider says, under its seal."""

    seal: Seal
    read: Callable[[Json], tuple[HookEvent, ...]]

    def why_not(self, call: Call, now: datetime) -> Saying | None:
        """Why the request is not believed."""
        return self.seal.why_not(call, now)

    def events(self, call: Call) -> tuple[HookEvent, ...]:
        """What the request tells of."""
        return self.read(json_object(call.body))
