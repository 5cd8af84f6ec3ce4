"""What every page with a form shares: its frame, its language, and the checks on who posts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVarTuple
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newsroom.jobs.outbox.hand_over import hand_over_due
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.model import SECTIONS, Addresses, Site
from newsroom.readers import tokens
from newsroom.render.pages.frame import Frame
from newsroom.render.words import Words
from newsroom.web.callers import Callers
from newsroom.web.languages import LANGUAGES, liked_languages, other_languages
from newsroom.web.later import Later

_Given = TypeVarTuple("_Given")
Endpoint = Callable[[Request], Awaitable[Response]]

_LARGEST_FORM = 16_384  # bytes
_FIELDS = 20
_QUICKEST = timedelta(seconds=2)  # a person takes longer to fill in a form
_SLOWEST = timedelta(days=1)
QUIET = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Vary": "Accept-Language",
}
_OURS = {"same-origin", "none"}  # Sec-Fetch-Site of a button on our own page


@dataclass(frozen=True, slots=True)
class Forms:
    """What the pages with forms are made with, and what they ask of each request."""

    desk: FrontDesk
    frame: Callable[[], Frame]  # what surrounds the built pages now
    public: Path  # the built site
    now: Callable[[], datetime]
    later: Later  # what a form asks for
    mails: Later  # the mails that come of it: a slow relay keeps no form from being written down
    callers: Callers

    @property
    def addresses(self) -> Addresses:
        """Where each page is."""
        return Addresses(self.desk.site)

    def page(
        self, request: Request, name: str, lang: str, status: int = 200, /, **values: object
    ) -> HTMLResponse:
        """A page in a language, kept by no cache and found by no search engine.

        One that was only looked at links to itself in the other languages.
        """
        frame = self.frame()
        spoken = replace(frame, site=_speaking(frame.site, lang))
        templates, words = self.desk.templates, Words(lang)
        others = () if request.method == "POST" else other_languages(lang)
        values = {"frame": spoken, "indexed": False, "others": others, **values}
        html = templates.render(f"web/{name}.html", words, **values)
        return HTMLResponse(html, status, QUIET)

    def stamp(self, about: str = "") -> str:
        """A note of when a form was shown, for its hidden field; `about` is what it acts upon."""
        return tokens.form_stamp(self.desk.keys[0], self.now(), about)

    def is_unhurried(self, stamp: str, about: str = "") -> bool:
        """Whether a form was open as long as a person needs, and shown within the last day."""
        age = tokens.form_age(self.desk.keys, stamp, self.now(), about)
        return age is not None and _QUICKEST <= age <= _SLOWEST

    def may_pass(self, request: Request) -> bool:
        """Whether the visitor's network has used the forms less than it may; a yes is counted."""
        host = request.client.host if request.client else ""
        return self.callers.may_pass(host)

    def do_and_mail(self, work: Callable[[FrontDesk, *_Given], None], *given: *_Given) -> None:
        """Have this done when the answer has gone out, and then what mails wait handed over."""

        def once() -> None:
            work(self.desk, *given)
            self.mails.do(hand_over_due, self.desk, self.now)

        self.later.do(once)

    def lang(self, request: Request, *others: str | None) -> str:
        """The language asked for in the address, else the first of the others that we speak.

        After those comes what the reader's browser likes best, and last what the site is in.
        """
        liked = liked_languages(request.headers.get("accept-language", ""))
        for lang in (request.query_params.get("lang"), *others, *liked):
            if lang in LANGUAGES:
                return lang
        return self.desk.site.language

    def is_ours(self, request: Request) -> bool:
        """Whether a button was pressed on a page of ours. Old browsers say nothing and pass."""
        fetched = request.headers.get("sec-fetch-site")
        if fetched is not None:
            return fetched in _OURS
        origin = request.headers.get("origin")
        ours = {request.headers.get("host"), urlsplit(self.desk.site.url).netloc}
        return origin is None or urlsplit(origin).netloc in ours


def with_form(
    answer: Callable[[Request, dict[str, str]], Response], fields: int = _FIELDS
) -> Endpoint:
    """An endpoint that reads the form, then works in a thread: templates and database may wait."""

    async def endpoint(request: Request) -> Response:
        form = await _read_form(request, fields)
        return await run_in_threadpool(answer, request, form)

    return endpoint


async def _read_form(request: Request, fields: int) -> dict[str, str]:
    """The fields of a small form. Raises HTTPException when it is not one."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(411)
    if int(length) > _LARGEST_FORM:
        raise HTTPException(413)
    form = await request.form(max_files=0, max_fields=fields)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _speaking(site: Site, lang: str) -> Site:
    """The site in another language, its addresses unmoved."""
    addresses = Addresses(site)
    words = tuple((section, addresses.word(section)) for section in SECTIONS)
    return replace(site, language=lang, path_words=words)
