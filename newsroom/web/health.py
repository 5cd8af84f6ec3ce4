"""How the newsroom fares, for monitors: is it alive, is it well, and its figures.

Nothing of a reader is told here, and no word that a server or a person has said.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hmac import compare_digest
from threading import Lock

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from newsroom.database import reading
from newsroom.jobs.health.cares import Care, cares_of
from newsroom.jobs.health.vitals import Vitals

_PAGES = ["GET"]  # Starlette answers HEAD with it; OPTIONS gets 405
_FRESH = 10.0  # seconds that a look is good for: monitors may ask as often as they like
_NO_STORE = {"Cache-Control": "no-store"}
_AWAY = "the database does not answer"


@dataclass(slots=True)
class HealthPages:
    """The pages of health. `look` gives the vital signs, `clock` seconds that only grow.

    A look is good for some seconds, since it asks the database. Whether the newsroom's files can
    be used is known without it, and asked each time: who has just mended them sees that it holds.

    Without a `token` there are no figures: the web is public, and they are not.
    """

    engine: Engine
    look: Callable[[], Vitals]
    clock: Callable[[], float]
    token: str | None = None
    unusable: Callable[[], datetime | None] = lambda: None  # since when files are, asked each time
    _seen: tuple[float, Vitals | None] | None = None
    _turn: Lock = field(default_factory=Lock)

    def routes(self) -> list[BaseRoute]:
        """Alive, well, and the figures where somebody may see them."""
        figures = [Route("/metrics", self.figures, methods=_PAGES)] if self.token else []
        return [
            Route("/livez", self.alive, methods=_PAGES),
            Route("/healthz", self.well, methods=_PAGES),
            *figures,
        ]

    def alive(self, _request: Request) -> Response:
        """Whether the process answers and reaches its database: for what restarts it if not."""
        try:
            with reading(self.engine) as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return _plain([_AWAY], 503)
        return _plain(["ok"], 200)

    def well(self, request: Request) -> Response:
        """Whether the bot does all it should: 200, or 503 with a reason on each line."""
        vitals = self._vitals()
        if vitals is None:
            return _answer(request, [{"worry": "database", "about": "", "since": None}], [_AWAY])
        cares = [care for care in cares_of(vitals) if care.worry.is_of_the_machine]
        return _answer(request, [_as_json(care) for care in cares], [_line(care) for care in cares])

    def figures(self, request: Request) -> Response:
        """The figures in the text format of Prometheus, for whoever has the token."""
        if not self._may_see(request):
            asks = {"WWW-Authenticate": "Bearer", **_NO_STORE}
            return PlainTextResponse("the token of NEWSROOM_METRICS is wanted\n", 401, asks)
        vitals = self._vitals()
        if vitals is None:
            return _plain([_AWAY], 503)
        from newsroom.web.metrics import exposition

        content, kind = exposition(vitals)
        return Response(content, headers={"Content-Type": kind, **_NO_STORE})

    def _may_see(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        wanted = (self.token or "").encode()
        return scheme.lower() == "bearer" and compare_digest(given.strip().encode(), wanted)

    def _vitals(self) -> Vitals | None:
        """The vital signs, or None when the database does not answer.

        Many who ask at once have one look between them, also when it fails, which may take long.
        """
        with self._turn:
            if self._seen is None or self.clock() - self._seen[0] >= _FRESH:
                found = self._look()
                self._seen = self.clock(), found
            found = self._seen[1]
        return found and replace(found, marks=replace(found.marks, unusable_since=self.unusable()))

    def _look(self) -> Vitals | None:
        try:
            return self.look()
        except SQLAlchemyError:
            return None


def _answer(request: Request, reasons: Sequence[object], lines: Sequence[str]) -> Response:
    status = 503 if lines else 200
    if "application/json" in request.headers.get("accept", ""):
        told = {"status": "failing" if lines else "ok", "reasons": reasons}
        kind = {"Content-Type": "application/json", **_NO_STORE, "Vary": "Accept"}
        return Response(json.dumps(told) + "\n", status, kind)
    return _plain(lines or ["ok"], status)


def _plain(lines: Sequence[str], status: int) -> Response:
    whole = "".join(f"{line}\n" for line in lines)
    return PlainTextResponse(whole, status, {**_NO_STORE, "Vary": "Accept"})


def _as_json(care: Care) -> dict[str, str | None]:
    since = _utc(care.since) if care.since else None
    return {"worry": str(care.worry), "about": care.about, "since": since}


def _line(care: Care) -> str:
    """`job publish since 2026-11-22T08:05:00Z`: what a monitor passes on to a person."""
    words = [str(care.worry), care.about, f"since {_utc(care.since)}" if care.since else ""]
    return " ".join(filter(None, words))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
