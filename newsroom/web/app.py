"""The public web as one ASGI application: the built site, the forms, webhooks and health."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.send_link import send_data_link, send_link
from newsroom.jobs.returned.hooks.call import Hook
from newsroom.render.pages.frame import Frame
from newsroom.web.ask import AskPages
from newsroom.web.callers import Callers
from newsroom.web.confirm import ConfirmPages
from newsroom.web.forms import Forms, with_form
from newsroom.web.forwarding import send_on
from newsroom.web.headers import StrictHeaders
from newsroom.web.health import HealthPages
from newsroom.web.hook_door import HookDoor
from newsroom.web.later import Later
from newsroom.web.leave import LeavePages
from newsroom.web.my_data import MyDataPages
from newsroom.web.public_files import PublicFiles
from newsroom.web.review import ReviewPages, ReviewTable
from newsroom.web.sign_up import SignUpPages
from newsroom.web.surroundings import Surroundings

_PER_NETWORK = 5  # uses of a form in an hour from one network
_TOPICS = 500  # fields of the form that has a box for each topic
_FORMS = ["POST"]
_ASKING = ("subscribe", "leave", "my_data")  # sections with a form of their own
_PAGES = ["GET"]  # Starlette answers HEAD with it; OPTIONS gets 405
_Look = Callable[[Request], Response]
_Press = Callable[[Request, dict[str, str]], Response]


def application(  # noqa: PLR0913 (all that it stands on)
    desk: FrontDesk,
    frame: Callable[[], Frame],
    public: Path,
    now: Callable[[], datetime],
    *,
    later: Later | None = None,
    mails: Later | None = None,
    clock: Callable[[], float] = monotonic,
    hooks: Mapping[str, Hook] | None = None,
    review: ReviewTable | None = None,
    health: HealthPages | None = None,
) -> ASGIApp:
    """The web of one newsroom, at the path that its address has.

    `frame` gives what surrounds the built pages, `public` is where they lie; `clock` counts
    seconds, for what is kept for a while; `hooks` are the mail providers that are heard, `review`
    is where issues lie for their approvers, `health` what monitors ask. No answer sets a cookie,
    and no GET, HEAD or OPTIONS changes anything. When it shuts down it finishes what it has
    promised: the forms, `later`, and the first try of their mails, `mails`.
    """
    later, mails = later or Later(), mails or Later.looking()
    surroundings = Surroundings(frame, clock)
    callers = Callers(_PER_NETWORK, clock)
    forms = Forms(desk, surroundings.frame, public, now, later, mails, callers)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        later.finish()
        mails.finish()

    url = urlsplit(desk.site.url)
    base, encrypted = url.path, url.scheme == "https"
    site = Mount("/", PublicFiles(public, base))
    told = HookDoor(hooks or {}, desk.engine, desk.keys, now).routes()
    told += ReviewPages(forms, review).routes() if review else []
    routes = [*_forms(forms), *_without_slash(forms), *told, site]
    # Monitors ask the machine, not the site: they need not know at which path that is.
    asked = health.routes() if health else []
    whole = [*asked, *([Mount(base, routes=routes)] if base else routes)]
    inner = Starlette(routes=whole, lifespan=lifespan)
    # Around the whole: what Starlette answers for a fault stands outside its own middleware.
    search = forms.addresses.section("search")
    return StrictHeaders(inner, f"{base}/", encrypted=encrypted, search=search)


def _forms(forms: Forms) -> list[BaseRoute]:
    addresses, token = forms.addresses, "{token}"
    signing_up, confirming = SignUpPages(forms), ConfirmPages(forms)
    leaving, own = LeavePages(forms), MyDataPages(forms)
    no_issue = AskPages(forms, "leave", "ask_link", "link_sent", send_link)
    curious = AskPages(forms, "my_data", "ask_data", "data_sent", send_data_link)
    pages: tuple[tuple[str, _Look, _Press], ...] = (
        (addresses.section("subscribe"), signing_up.show, signing_up.take),
        (addresses.confirm(token), confirming.show, confirming.press),
        (addresses.section("leave"), no_issue.show, no_issue.take),
        (addresses.leave(token), leaving.show, leaving.press),
        (addresses.section("my_data"), curious.show, curious.take),
    )
    own_one = f"/{addresses.my_data(token)}"
    one_click = f"/{addresses.one_click(token)}"
    return [
        *(Route(f"/{path}", look, methods=_PAGES) for path, look, _ in pages),
        *(Route(f"/{path}", with_form(press), methods=_FORMS) for path, _, press in pages),
        Route(own_one, own.show, methods=_PAGES),
        Route(own_one, with_form(own.press, _TOPICS), methods=_FORMS),
        Route(one_click, leaving.show, methods=_PAGES),
        Route(one_click, leaving.one_click, methods=_FORMS),
    ]


def _without_slash(forms: Forms) -> list[BaseRoute]:
    """The forms' addresses as people type them; what a form sends arrives, too (308)."""

    def complete(request: Request) -> Response:
        return send_on(request, f"{request.scope['path']}/", 308)

    asking = (forms.addresses.section(form) for form in _ASKING)
    return [Route(f"/{form}".rstrip("/"), complete, methods=[*_PAGES, *_FORMS]) for form in asking]
