"""The page "Subscribe": the form, and the one answer that everybody gets to it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newsroom.errors import AddressError
from newsroom.jobs.sign_up import SignUp, sign_up
from newsroom.readers.addresses import canonical
from newsroom.render.consent import consent_wording
from newsroom.render.words import Words
from newsroom.web.counter import Counter
from newsroom.web.reasons import sentence

_EMPTY_STAMP = 'name="stamp" value=""'  # as the built page has it


@dataclass(frozen=True, slots=True)
class SignUpPages:
    """The form and its answers.

    A person needs two seconds for the form, a program does not. The built page cannot know when it
    is shown, so the stamp is filled in as the page is served. A form that comes back too fast, too
    old or unstamped (the site may be served by another program) is shown once more with a button.
    """

    counter: Counter

    def show(self, request: Request) -> Response:
        """The built page with a stamp in its form, or a plain one when nothing is built."""
        counter = self.counter
        built = counter.public / counter.addresses.section("subscribe") / "index.html"
        lang = counter.lang(request)
        if lang != counter.desk.site.language or not built.is_file():
            return counter.page("subscribe", lang, stamp=counter.stamp())
        stamped = f'name="stamp" value="{counter.stamp()}"'
        html = built.read_text(encoding="utf-8").replace(_EMPTY_STAMP, stamped)
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    def take(self, request: Request, form: dict[str, str]) -> Response:
        """Take the form. Nothing in the answer or its time depends on who is on the list."""
        counter = self.counter
        lang = counter.lang(request, form.get("lang"))
        written = form.get("email", "")
        if form.get("website"):
            return counter.page("check_mail", lang)  # a program filled in what no person sees
        try:
            email = canonical(written)
        except AddressError as error:
            return self._again(lang, written, sentence(error, Words(lang)))
        if not counter.is_unhurried(form.get("stamp", "")):
            action = counter.frame().section("subscribe")
            shown = {"email": written, "action": action, "stamp": counter.stamp()}
            return counter.page("once_more", lang, **shown)
        if not counter.may_pass(request):
            return counter.page("too_many", lang, 429)
        counter.later.do(sign_up, counter.desk, self._asked(email, lang), counter.now())
        return counter.page("check_mail", lang)

    def _again(self, lang: str, written: str, reason: str) -> Response:
        """The form with what was written, and why it cannot be used."""
        shown = {"email": written, "error": reason}
        return self.counter.page("subscribe", lang, 422, stamp=self.counter.stamp(), **shown)

    def _asked(self, email: str, lang: str) -> SignUp:
        site, addresses = self.counter.desk.site, self.counter.addresses
        page = addresses.url(addresses.section("subscribe"))
        return SignUp(email, lang, consent_wording(site, Words(lang)), page)
