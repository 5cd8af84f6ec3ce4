"""The public web as one application: the built site, the readers' forms, and a sign of life."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from newsroom.database import reading
from newsroom.jobs.front_desk import FrontDesk
from newsroom.render.pages.frame import Frame
from newsroom.web.callers import Callers
from newsroom.web.confirm import ConfirmPages
from newsroom.web.counter import Counter, with_form
from newsroom.web.forwarding import send_on
from newsroom.web.headers import StrictHeaders
from newsroom.web.later import Later
from newsroom.web.leave import LeavePages
from newsroom.web.public_files import PublicFiles
from newsroom.web.sign_up import SignUpPages
from newsroom.web.surroundings import Surroundings

_PER_NETWORK = 5  # uses of a form in an hour from one network
_FORMS = ["POST"]
_PAGES = ["GET"]  # Starlette answers HEAD with it; OPTIONS gets 405


def application(  # noqa: PLR0913 (all that it stands on)
    desk: FrontDesk,
    frame: Callable[[], Frame],
    public: Path,
    now: Callable[[], datetime],
    *,
    later: Later | None = None,
    clock: Callable[[], float] = monotonic,
) -> Starlette:
    """The web of one newsroom, at the path that its address has.

    `frame` gives what surrounds the built pages, `public` is where they lie; `clock` counts
    seconds, for what is kept for a while. No answer sets a cookie, and no GET, HEAD or OPTIONS
    changes anything. When it shuts down it finishes the mails that it has promised, `later`.
    """
    later = later or Later()
    surroundings = Surroundings(frame, clock)
    callers = Callers(_PER_NETWORK, clock)
    counter = Counter(desk, surroundings.frame, public, now, later, callers)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        later.finish()

    url = urlsplit(desk.site.url)
    base, encrypted = url.path, url.scheme == "https"
    site = Mount("/", PublicFiles(public, base))
    strict = Middleware(
        StrictHeaders,
        base=f"{base}/",
        search=counter.addresses.section("search"),
        encrypted=encrypted,
    )
    routes = [*_forms(counter), *_without_slash(counter), _health(desk.engine), site]
    return Starlette(
        routes=[Mount(base, routes=routes)] if base else routes,
        middleware=[strict],
        lifespan=lifespan,
    )


def _forms(counter: Counter) -> list[BaseRoute]:
    addresses = counter.addresses
    signing_up, confirming, leaving = (
        SignUpPages(counter),
        ConfirmPages(counter),
        LeavePages(counter),
    )
    token = "{token}"  # noqa: S105 (the name of a part of the path)
    subscribe, leave = f"/{addresses.section('subscribe')}", f"/{addresses.section('leave')}"
    confirm_one, leave_one = f"/{addresses.confirm(token)}", f"/{addresses.leave(token)}"
    one_click = f"/{addresses.one_click(token)}"
    return [
        Route(subscribe, signing_up.show, methods=_PAGES),
        Route(subscribe, with_form(signing_up.take), methods=_FORMS),
        Route(confirm_one, confirming.show, methods=_PAGES),
        Route(confirm_one, with_form(confirming.press), methods=_FORMS),
        Route(leave, leaving.ask, methods=_PAGES),
        Route(leave, with_form(leaving.send), methods=_FORMS),
        Route(leave_one, leaving.show, methods=_PAGES),
        Route(leave_one, with_form(leaving.press), methods=_FORMS),
        Route(one_click, leaving.show, methods=_PAGES),
        Route(one_click, leaving.one_click, methods=_FORMS),
    ]


def _without_slash(counter: Counter) -> list[BaseRoute]:
    """The forms' addresses as people type them; what a form sends arrives, too (308)."""

    def complete(request: Request) -> Response:
        return send_on(request, f"{request.scope['path']}/", 308)

    forms = (counter.addresses.section(form) for form in ("subscribe", "leave"))
    return [Route(f"/{form}".rstrip("/"), complete, methods=[*_PAGES, *_FORMS]) for form in forms]


def _health(engine: Engine) -> BaseRoute:
    def health(_request: Request) -> Response:
        """Whether the process answers and reaches its database."""
        try:
            with reading(engine) as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return PlainTextResponse("the database does not answer\n", 503)
        return PlainTextResponse("ok\n")

    return Route("/healthz", health, methods=_PAGES)
