"""The review page: an issue as its readers will get it, and the buttons that decide about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from newsroom.delivery.approval.review_token import page_stamp, shown_since
from newsroom.errors import ContentError, NewsroomError, StateError
from newsroom.jobs.approval.review import Review
from newsroom.jobs.approval.review_key import KeyHolder
from newsroom.render.sayings import in_language
from newsroom.render.words import Words
from newsroom.web.forms import QUIET, Forms, with_form
from newsroom.web.review_view import ReviewView, letter_document

_QUICKEST, _SLOWEST = timedelta(seconds=2), timedelta(days=1)
# The letter may show its pictures and has its own styles; it runs nothing, sends nothing, and
# stands in no page but ours.
_LETTER_POLICY = (
    "default-src 'none'; img-src 'self' {origin}; style-src 'unsafe-inline'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class ReviewTable(Protocol):
    """Where issues lie for their approvers. What cannot be done raises one of our errors."""

    def holder(self, issue: str, token: str) -> KeyHolder | None:
        """Whose key it is."""
        ...

    def look(self, issue: str) -> Review:
        """The issue as it is to be judged."""
        ...

    def approve(self, issue: str, by: str, shown: str) -> None:
        """Say yes to the text with this hash."""
        ...

    def stop(self, issue: str, by: str) -> None:
        """Take the yes back."""
        ...

    def postpone(self, issue: str, day: str, by: str) -> None:
        """Set another day."""
        ...

    def call_off(self, issue: str, reason: str, by: str) -> None:
        """Cancel the issue."""
        ...

    def go_on(self, issue: str, by: str) -> None:
        """Let the rest follow the first few."""
        ...

    def resume(self, issue: str, by: str) -> None:
        """Go on with a paused issue."""
        ...

    def try_the_rest(self, issue: str, by: str) -> None:
        """Write once more to those who were not reached."""
        ...

    def settle(self, issue: str, by: str, *, arrived: bool) -> None:
        """Settle the copies of which nobody knows whether they left."""
        ...

    def calendar(self, token: str) -> bytes | None:
        """The calendar of deadlines that a key opens, or None."""
        ...


@dataclass(frozen=True, slots=True)
class ReviewPages:
    """The page, the letter inside it, and what its buttons do."""

    forms: Forms
    table: ReviewTable

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        one = f"/{self.forms.addresses.review('{issue}', '{token}')}"
        sheet = f"/{self.forms.addresses.section('review')}review.css"
        days = f"/{self.forms.addresses.deadlines('{token}')}"
        return [
            Route(sheet, self.style, methods=["GET"]),
            Route(days, self.calendar, methods=["GET"]),
            Route(one, self.show, methods=["GET"]),
            Route(one, with_form(self.press), methods=["POST"]),
            Route(f"{one}/letter", self.letter, methods=["GET"]),
        ]

    def style(self, _request: Request) -> Response:
        """What the page has beside the site's own style sheet."""
        css = self.forms.desk.templates.text("web/review.css")
        return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=600"})

    def calendar(self, request: Request) -> Response:
        """An approver's calendar of deadlines, which programs fetch again and again."""
        made = self.table.calendar(request.path_params["token"])
        if made is None:
            return PlainTextResponse("no such calendar\n", 404, QUIET)
        return Response(made, 200, {**QUIET, "Content-Type": "text/calendar; charset=utf-8"})

    def show(self, request: Request) -> Response:
        """The page. Mail scanners fetch it, too; looking changes nothing."""
        return self._with_key(request, {}, self._page)

    def letter(self, request: Request) -> Response:
        """The letter alone, for the frames of the page."""
        return self._with_key(request, {}, self._letter)

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """Do what the pressed button says; the page then says how things are.

        A button works where it was shown: on our page, with this very text, by somebody who had
        the time to look. Pressed twice it does no more than once.
        """
        if not self.forms.is_ours(request):
            lang = self.forms.lang(request, form.get("lang"))
            return self.forms.page(request, "elsewhere", lang, 403)

        def act(request: Request, form: dict[str, str], holder: KeyHolder) -> Response:
            token = request.path_params["token"]
            age = shown_since(
                self.forms.desk.trusted,
                form.get("stamp", ""),
                token,
                form.get("shown", ""),
                self.forms.now(),
            )
            if stale := _why_stale(age):
                return self._page(request, form, holder, stale, 409)
            try:
                self._do(request.path_params["issue"], form, holder)
            except (ContentError, StateError) as error:
                lang = self._lang(request, form)
                said = in_language(error.sentence, lang)
                return self._page(request, form, holder, said, 409)
            where = f"{quote(request.url.path)}?lang={self._lang(request, form)}"
            return Response(None, 303, {"Location": where, **QUIET})

        return self._with_key(request, form, act)

    def _do(self, issue: str, form: dict[str, str], holder: KeyHolder) -> None:
        """One of the things that an approver can decide."""
        by = holder.person.slug
        match form.get("choice"):
            case "approve":
                self.table.approve(issue, by, form.get("shown", ""))
            case "stop":
                self.table.stop(issue, by)
            case "week":
                self.table.postpone(issue, form.get("week", ""), by)
            case "day":
                self.table.postpone(issue, form.get("day", ""), by)
            case "cancel":
                self.table.call_off(issue, form.get("reason", "").strip(), by)
            case "go":
                self.table.go_on(issue, by)
            case "resume":
                self.table.resume(issue, by)
            case "rest":
                self.table.try_the_rest(issue, by)
            case "arrived" | "resend" as verdict:
                self.table.settle(issue, by, arrived=verdict == "arrived")

    def _with_key(
        self,
        request: Request,
        form: dict[str, str],
        answer: Callable[[Request, dict[str, str], KeyHolder], Response],
    ) -> Response:
        """Answer whoever holds a key that opens the page; tell others what is wrong with theirs."""
        lang = self._lang(request, form)
        try:
            holder = self.table.holder(request.path_params["issue"], request.path_params["token"])
            if holder is None:
                return self.forms.page(request, "review_unknown", lang, 404)
            if holder.has_expired:
                return self.forms.page(request, "review_expired", lang, 410)
            if not holder.may_approve:
                return self.forms.page(request, "review_over", lang, 403)
            return answer(request, form, holder)
        except NewsroomError as error:  # the folder cannot be read, or the issue cannot be made up
            said = in_language(error.sentence, lang)
            return self.forms.page(request, "review_broken", lang, 409, said=said)

    def _page(
        self,
        request: Request,
        form: dict[str, str],
        holder: KeyHolder,
        problem: str = "",
        status: int = 200,
    ) -> Response:
        """The page as it is now, with what stood in the way of a pressed button."""
        forms, token = self.forms, request.path_params["token"]
        lang, found = self._lang(request, form), self.table.look(request.path_params["issue"])
        text = found.proof.content_hash
        view = ReviewView(found, holder.person, forms.desk.site, Words(lang), forms.now())
        letters = tuple(found.proof.letters)
        chosen = request.query_params.get("letter", letters[0])
        values = {
            "view": view,
            "action": request.url.path,
            "letters": letters,
            "chosen": chosen if chosen in letters else letters[0],
            "problem": problem,
            "stamp": page_stamp(forms.desk.keys[0], token, text, forms.now()),
            "sheet": forms.frame().link(f"{forms.addresses.section('review')}review.css"),
        }
        return forms.page(request, "review", lang, status, **values)

    def _letter(self, request: Request, _form: dict[str, str], _holder: KeyHolder) -> Response:
        """The letter in one of its languages, as readers get it."""
        found, site = self.table.look(request.path_params["issue"]), self.forms.desk.site
        letters = found.proof.letters
        letter = letters.get(request.query_params.get("letter", ""), found.proof.letter)
        address = urlsplit(site.url)
        policy = _LETTER_POLICY.format(origin=f"{address.scheme}://{address.netloc}")
        headers = {**QUIET, "Content-Security-Policy": policy}
        return HTMLResponse(letter_document(letter, site), headers=headers)

    def _lang(self, request: Request, form: dict[str, str]) -> str:
        return self.forms.lang(request, form.get("lang"))


def _why_stale(age: timedelta | None) -> str | None:
    """Why a button does nothing on a page of this age; None when it does."""
    if age is None:
        return "changed"
    if age < _QUICKEST:
        return "too soon"
    return "too late" if age > _SLOWEST else None
