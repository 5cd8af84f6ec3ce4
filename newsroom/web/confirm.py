"""The page behind the link of a confirmation mail: one button confirms a sign-up."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from newsroom.jobs.readers import confirm
from newsroom.jobs.readers.confirm import ConfirmLook, Link
from newsroom.model import ConfirmBy
from newsroom.web.forms import Forms

_STATUS = {Link.EXPIRED: 410, Link.UNKNOWN: 404, Link.WRONG: 422}


@dataclass(frozen=True, slots=True)
class ConfirmPages:
    """The buttons, and what comes after them.

    A press counts when it comes from a page of ours for this very link, at least two seconds after
    that page was shown: a program that fetches a page and presses its button takes less. Whoever
    was faster sees the page once more.
    """

    forms: Forms

    def show(self, request: Request) -> Response:
        """The two buttons. Mail scanners fetch this page; it changes nothing."""
        return self._page(request, self._look(request), "confirm")

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """Do what the pressed button says, unless it stood on somebody else's page."""
        forms, token = self.forms, request.path_params["token"]
        lang = form.get("lang")
        if not forms.is_ours(request):
            return forms.page(request, "elsewhere", forms.lang(request, lang), 403)
        if not forms.is_unhurried(form.get("stamp", ""), token):
            return self._page(request, self._look(request), "confirm", lang, hurried=True)
        page = forms.addresses.url(forms.addresses.section("confirm"))
        engine, keys, now = forms.desk.engine, forms.desk.keys, forms.now()
        if form.get("choice") == "decline":
            seen = confirm.decline(engine, token, page, now)
            return self._page(request, seen, "declined", lang)
        code = form.get("code", "") if self._asks_code else None
        seen = confirm.confirm(engine, keys, token, page, now, code)
        return self._page(request, seen, "confirmed", lang)

    @property
    def _asks_code(self) -> bool:
        return self.forms.desk.site.confirm is ConfirmBy.CODE

    def _next_issue(self) -> datetime | None:
        """When the next issue leaves, on the clock of the site, where it is known and not past."""
        forms = self.forms
        at = forms.desk.next_issue()
        return at.astimezone(forms.desk.site.timezone) if at and at > forms.now() else None

    def _look(self, request: Request) -> ConfirmLook:
        forms, token = self.forms, request.path_params["token"]
        return confirm.look(forms.desk.engine, token, forms.now())

    def _page(
        self,
        request: Request,
        seen: ConfirmLook,
        name: str,
        lang: str | None = None,
        *,
        hurried: bool = False,
    ) -> Response:
        """The page `name` for an open link, else the page that says what became of the link."""
        forms, token = self.forms, request.path_params["token"]
        spoken = forms.lang(request, lang, seen.lang)
        pages = {
            Link.OPEN: name,
            Link.USED: "already_confirmed",
            Link.EXPIRED: "link_expired",
            Link.WRONG: "confirm",
            Link.UNKNOWN: "link_unknown",
        }
        page = pages[seen.link]
        shown = {
            "action": request.url.path,
            "stamp": forms.stamp(token if page == "confirm" else ""),
            "hurried": hurried,
            "asks_code": self._asks_code,
            "wrong": seen.link is Link.WRONG,
            "next_issue": self._next_issue() if page == "confirmed" else None,
        }
        return forms.page(request, page, spoken, _STATUS.get(seen.link, 200), **shown)
