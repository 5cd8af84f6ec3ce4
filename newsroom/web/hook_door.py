"""The addresses that mail providers post webhooks to: verified, recorded, then answered."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from newsroom.errors import OutsideError
from newsroom.jobs.returned.bounce import Handling
from newsroom.jobs.returned.hooks.call import Call, Hook
from newsroom.jobs.returned.hooks.take import take_events
from newsroom.model.saying import Saying, say

log = logging.getLogger(__name__)

PATH = "hooks"
_LARGEST = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class HookDoor:
    """Where the providers come in whose webhooks are set. A refusal tells them nothing."""

    hooks: Mapping[str, Hook]
    engine: Engine
    keys: Sequence[bytes]
    now: Callable[[], datetime]

    def routes(self) -> list[BaseRoute]:
        """The address of each; looking at one does nothing."""
        return [
            Route(f"/{PATH}/{name}", self._endpoint(name), methods=["POST"]) for name in self.hooks
        ]

    def _endpoint(self, name: str) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            body = await _read(request)
            if body is None:
                return PlainTextResponse("too large\n", 413)
            return await run_in_threadpool(self._answer, name, Call(request.headers, body))

        return endpoint

    def _answer(self, name: str, call: Call) -> Response:
        """200 once it is on record; 403 for what is not believed; 503 where they may try again."""
        hook, now = self.hooks[name], self.now()
        try:
            why_not = hook.why_not(call, now)
            if why_not is not None:
                log.warning(say("{hook}: refused, {reason}", hook=name, reason=why_not))
                return PlainTextResponse("refused\n", 403)
            events = hook.events(call)
            found = take_events(self.engine, self.keys, name, events, now)
        except OutsideError as error:
            log.warning(say("{hook}: {fault}", hook=name, fault=error.sentence))
            return PlainTextResponse("try again\n", 503)
        except SQLAlchemyError as error:
            # Only the kind: the text of an error may hold an address.
            kind = type(error).__name__
            log.error(say("{hook}: the database: {kind}", hook=name, kind=kind))  # noqa: TRY400
            return PlainTextResponse("try again\n", 503)
        log.info(_told(name, found) if events else _nothing(name))
        return PlainTextResponse("ok\n")


def _told(name: str, found: Mapping[Handling, int]) -> Saying:
    """What a provider told, without saying of whom."""
    return say(
        "{hook}: {bounced} came back, {complained} complained, {named} to look at",
        hook=name,
        bounced=found.get(Handling.BOUNCED, 0),
        complained=found.get(Handling.COMPLAINED, 0),
        named=found.get(Handling.NAMED, 0),
    )


def _nothing(name: str) -> Saying:
    return say("{hook}: nothing in it that says what came back", hook=name)


async def _read(request: Request) -> bytes | None:
    """The body, None when it is larger than any that is meant for us."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            return None
    return bytes(body)
