"""The pages that end a subscription, and the address that mail programs post to."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from newsroom.jobs.readers import leave
from newsroom.jobs.readers.leave import Holder, LeaveLook
from newsroom.web.forms import Forms


@dataclass(frozen=True, slots=True)
class LeavePages:
    """The button, the undo, and the one click of a mail program."""

    forms: Forms

    def show(self, request: Request) -> Response:
        """The button, or that the subscription has ended. Looking changes nothing."""
        forms, token = self.forms, request.path_params["token"]
        seen = leave.look(forms.desk.engine, forms.desk.keys, token, forms.now())
        return self._page(request, seen, "leave")

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """End the subscription, or take that back, unless the button stood on another site."""
        forms, token = self.forms, request.path_params["token"]
        if not forms.is_ours(request):
            return forms.page(request, "elsewhere", forms.lang(request, form.get("lang")), 403)
        engine, keys, now = forms.desk.engine, forms.desk.keys, forms.now()
        if form.get("choice") == "undo":
            seen = leave.undo(engine, keys, token, now)
            return self._page(request, seen, "returned", form.get("lang"), "not_returned")
        seen = leave.leave(engine, keys, token, "web", now)
        return self._page(request, seen, "leave", form.get("lang"))

    def one_click(self, request: Request) -> Response:
        """End the subscription for a mail program (RFC 8058 section 3.1).

        The address alone says who leaves; neither cookie, origin nor body is needed, nothing is
        redirected, and asking again gives the same answer.
        """
        desk, token = self.forms.desk, request.path_params["token"]
        now = self.forms.now()
        seen = leave.leave(desk.engine, desk.keys, token, "one-click", now)
        if seen.holder == Holder.UNKNOWN:
            return PlainTextResponse("unknown\n", 404)
        return PlainTextResponse("unsubscribed\n")

    def _page(
        self,
        request: Request,
        seen: LeaveLook,
        taken: str,
        lang: str | None = None,
        left: str = "left",
    ) -> Response:
        """The page `taken` for somebody on the list, `left` for those who are not."""
        forms = self.forms
        pages = {
            Holder.LISTED: taken,
            Holder.LEFT: left,
            Holder.GONE: left,
            Holder.UNKNOWN: "link_unknown",
        }
        status = 404 if seen.holder == Holder.UNKNOWN else 200
        # Also on the one-click address the button leads to the page that is meant for people.
        action = forms.frame().link(forms.addresses.leave(request.path_params["token"]))
        spoken = forms.lang(request, lang, seen.lang)
        shown = {"action": action, "undo": seen.undo, "stamp": forms.stamp()}
        return forms.page(request, pages[seen.holder], spoken, status, **shown)
