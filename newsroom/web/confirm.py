"""The page that the confirmation mail leads to: one press from the newsletter."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from newsroom.jobs.readers import confirm
from newsroom.jobs.readers.confirm import ConfirmLook, Link
from newsroom.model import ConfirmBy
from newsroom.web.counter import Counter

_STATUS = {Link.EXPIRED: 410, Link.UNKNOWN: 404, Link.WRONG: 422}


@dataclass(frozen=True, slots=True)
class ConfirmPages:
    """The buttons, and what comes after them.

    A press counts when it comes from a page of ours for this very link, at least two seconds after
    that page was shown: a program that fetches a page and presses its button takes less. Whoever
    was faster sees the page once more.
    """

    counter: Counter

    def show(self, request: Request) -> Response:
        """The two buttons. Mail scanners fetch this page; it changes nothing."""
        return self._page(request, self._look(request), "confirm")

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """Do what the pressed button says, unless it stood on somebody else's page."""
        counter, token = self.counter, request.path_params["token"]
        lang = form.get("lang")
        if not counter.is_ours(request):
            return counter.page(request, "elsewhere", counter.lang(request, lang), 403)
        if not counter.is_unhurried(form.get("stamp", ""), token):
            return self._page(request, self._look(request), "confirm", lang, hurried=True)
        page = counter.addresses.url(counter.addresses.section("confirm"))
        engine, keys, now = counter.desk.engine, counter.desk.keys, counter.now()
        if form.get("choice") == "decline":
            seen = confirm.decline(engine, token, page, now)
            return self._page(request, seen, "declined", lang)
        code = form.get("code", "") if self._asks_code else None
        seen = confirm.confirm(engine, keys, token, page, now, code)
        return self._page(request, seen, "confirmed", lang)

    @property
    def _asks_code(self) -> bool:
        return self.counter.desk.site.confirm is ConfirmBy.CODE

    def _look(self, request: Request) -> ConfirmLook:
        counter, token = self.counter, request.path_params["token"]
        return confirm.look(counter.desk.engine, token, counter.now())

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
        counter, token = self.counter, request.path_params["token"]
        spoken = counter.lang(request, lang, seen.lang)
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
            "stamp": counter.stamp(token if page == "confirm" else ""),
            "hurried": hurried,
            "asks_code": self._asks_code,
            "wrong": seen.link is Link.WRONG,
        }
        return counter.page(request, page, spoken, _STATUS.get(seen.link, 200), **shown)
