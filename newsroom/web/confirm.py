"""The page that the confirmation mail leads to: one press from the newsletter."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from newsroom.jobs import confirm
from newsroom.jobs.confirm import Link, Look
from newsroom.web.counter import Counter

_STATUS = {Link.EXPIRED: 410, Link.UNKNOWN: 404}


@dataclass(frozen=True, slots=True)
class ConfirmPages:
    """The button, and what comes after it."""

    counter: Counter

    def show(self, request: Request) -> Response:
        """The two buttons. Mail scanners fetch this page; it changes nothing."""
        counter, token = self.counter, request.path_params["token"]
        seen = confirm.look(counter.desk.engine, token, counter.now())
        return self._page(request, seen, "confirm")

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """Do what the pressed button says, unless it stood on somebody else's page."""
        counter, token = self.counter, request.path_params["token"]
        if not counter.is_ours(request):
            return counter.page("elsewhere", counter.lang(request, form.get("lang")), 403)
        page = counter.addresses.url(counter.addresses.section("confirm"))
        engine, keys, now = counter.desk.engine, counter.desk.keys, counter.now()
        if form.get("choice") == "decline":
            seen = confirm.decline(engine, token, page, now)
            return self._page(request, seen, "declined", form.get("lang"))
        seen = confirm.confirm(engine, keys, token, page, now)
        return self._page(request, seen, "confirmed", form.get("lang"))

    def _page(self, request: Request, seen: Look, name: str, lang: str | None = None) -> Response:
        """The page `name` for an open link, else the page that says what became of the link."""
        counter = self.counter
        spoken = counter.lang(request, lang, seen.lang)
        names = {
            Link.OPEN: name,
            Link.USED: "already_confirmed",
            Link.EXPIRED: "link_expired",
            Link.UNKNOWN: "link_unknown",
        }
        shown = {"action": request.url.path, "stamp": counter.stamp()}
        return counter.page(names[seen.link], spoken, _STATUS.get(seen.link, 200), **shown)
