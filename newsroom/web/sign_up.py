"""The page "Subscribe": the form, and the one answer that everybody gets to it."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.sign_up import SignUp, sign_up
from newsroom.model import Addresses
from newsroom.render.consent import consent_wording
from newsroom.render.words import Words
from newsroom.web.ask import AskPages
from newsroom.web.forms import QUIET, Forms

_EMPTY_STAMP = 'name="stamp" value=""'  # as the built page has it


@dataclass(frozen=True, slots=True)
class SignUpPages:
    """The form as the site has it, and what comes of it.

    The built page cannot know when it is shown, so the stamp is filled in as the page is served.
    """

    forms: Forms

    def show(self, request: Request) -> Response:
        """The built page with a stamp in its form, or a plain one when nothing is built."""
        forms = self.forms
        built = forms.public / forms.addresses.section("subscribe") / "index.html"
        if forms.lang(request) != forms.desk.site.language or not built.is_file():
            return self._ask.show(request)
        stamped = f'name="stamp" value="{forms.stamp()}"'
        html = built.read_text(encoding="utf-8").replace(_EMPTY_STAMP, stamped)
        quiet = {name: value for name, value in QUIET.items() if name != "X-Robots-Tag"}
        return HTMLResponse(html, headers=quiet)

    def take(self, request: Request, form: dict[str, str]) -> Response:
        """Take the form."""
        return self._ask.take(request, form)

    @property
    def _ask(self) -> AskPages:
        return AskPages(self.forms, "subscribe", "subscribe", "check_mail", _sign_up)


def _sign_up(desk: FrontDesk, email: str, lang: str, now: datetime) -> None:
    """Take a sign-up, with the words that the form showed."""
    addresses = Addresses(desk.site)
    page = addresses.url(addresses.section("subscribe"))
    wording = consent_wording(desk.site, Words(lang))
    sign_up(desk, SignUp(email, lang, wording, page), now)
