"""A form that asks for an address, and the one answer that everybody gets to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from newsroom.errors import AddressError
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.readers.addresses import canonical
from newsroom.render.words import Words
from newsroom.web.forms import Forms
from newsroom.web.reasons import sentence


@dataclass(frozen=True, slots=True)
class AskPages:
    """The form and its answers.

    A person needs two seconds for the form, a program does not. A form that comes back too fast,
    too old or unstamped (the site may be served by another program) is shown once more with a
    button. Nothing in the answer or its time depends on who is on the list: what the form causes is
    done when the answer has gone out.
    """

    forms: Forms
    section: str  # whose front has the form
    form: str  # the page with it
    sent: str  # the answer
    work: Callable[[FrontDesk, str, str, datetime], None]  # with the address and the language

    def show(self, request: Request) -> Response:
        """The empty form."""
        return self._form(request, self.forms.lang(request))

    def take(self, request: Request, form: dict[str, str]) -> Response:
        """Take the form, and have done what it asks for."""
        forms = self.forms
        lang = forms.lang(request, form.get("lang"))
        written = form.get("email", "")
        if form.get("website"):  # a program filled in what no person sees
            return forms.page(request, self.sent, lang)
        try:
            email = canonical(written)
        except AddressError as error:
            return self._form(request, lang, 422, email=written, error=sentence(error, Words(lang)))
        if not forms.is_unhurried(form.get("stamp", "")):
            return self._page(request, "once_more", lang, email=written)
        if not forms.may_pass(request):
            return forms.page(request, "too_many", lang, 429)
        forms.do_and_mail(self.work, email, lang, forms.now())
        return forms.page(request, self.sent, lang)

    def _form(self, request: Request, lang: str, status: int = 200, **shown: str) -> Response:
        return self._page(request, self.form, lang, status, **shown)

    def _page(
        self, request: Request, name: str, lang: str, status: int = 200, **shown: str
    ) -> Response:
        action = self.forms.frame().section(self.section)
        shown |= {"action": action, "stamp": self.forms.stamp()}
        return self.forms.page(request, name, lang, status, **shown)
