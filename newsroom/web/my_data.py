"""The page where readers see what is kept about them, change it, take it along and end it."""

import logging
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from newsroom.errors import AddressError, OutsideError
from newsroom.jobs.readers import my_data
from newsroom.jobs.readers.my_data import Door, Wishes
from newsroom.jobs.readers.own_words import ACTS, STANDS
from newsroom.readers import standing
from newsroom.readers.tokens import leave_token
from newsroom.web.forms import Forms
from newsroom.web.languages import LANGUAGES, language_names

log = logging.getLogger(__name__)

_STATUS = {Door.EXPIRED: 410, Door.UNKNOWN: 404}
_NOTHING_KEPT = {  # the page for a link behind which there is nothing
    Door.EXPIRED: "data_expired",
    Door.UNKNOWN: "link_unknown",
    Door.GONE: "erased",
}
_TAG = "tag:"  # what the names of the boxes for topics begin with


@dataclass(frozen=True, slots=True)
class MyDataPages:
    """What is kept, and buttons for what a reader may do with it.

    A press counts when it comes from a page of ours for this very link, at least two seconds after
    that page was shown; erasing takes two of them.
    """

    forms: Forms

    def show(self, request: Request) -> Response:
        """Everything that is kept. Looking changes nothing."""
        return self._page(request)

    def press(self, request: Request, form: dict[str, str]) -> Response:
        """Do what the pressed button says, unless it stood on somebody else's page."""
        forms, token = self.forms, request.path_params["token"]
        lang = form.get("lang_page")
        if not forms.is_ours(request):
            return forms.page(request, "elsewhere", forms.lang(request, lang), 403)
        if not forms.is_unhurried(form.get("stamp", ""), token):
            typed = self._wishes(form) if form.get("choice") == "save" else None
            return self._page(request, lang, told="hurried", typed=typed)
        match form.get("choice"):
            case "save":
                return self._save(request, form, lang)
            case "copy":
                forms.do_and_mail(my_data.send_copy, token, forms.now())
                return self._page(request, lang, told="copy")
            case "leave":
                my_data.leave(forms.desk, token, self._source, forms.now())
                return self._page(request, lang, told="left")
            case "erase":
                return self._page(request, lang, "erase_data")
            case "erase for good":
                return self._erase(request, lang)
            case _:
                return self._page(request, lang)

    @property
    def _source(self) -> str:
        addresses = self.forms.addresses
        return addresses.url(addresses.section("my_data"))

    def _save(self, request: Request, form: dict[str, str], lang: str | None) -> Response:
        forms, token, wishes = self.forms, request.path_params["token"], self._wishes(form)
        try:
            my_data.change(forms.desk, token, wishes, self._source, forms.now())
        except AddressError:
            return self._page(request, lang, told="bad_name", typed=wishes, status=422)
        return self._page(request, wishes.lang, told="saved")

    def _wishes(self, form: dict[str, str]) -> Wishes:
        """What was typed and ticked; a language that nobody speaks is the site's."""
        wished = form.get("lang", "")
        return Wishes(
            name=form.get("name"),
            lang=wished if wished in LANGUAGES else self.forms.desk.site.language,
            tags=tuple(name.removeprefix(_TAG) for name in form if name.startswith(_TAG)),
        )

    def _erase(self, request: Request, lang: str | None) -> Response:
        forms, token = self.forms, request.path_params["token"]
        spoken = forms.lang(request, lang)
        try:
            door = my_data.erase(forms.desk, token, forms.now())
        except OutsideError as error:  # the rest is erased: whoever reads the log removes the copy
            log.error(error.sentence)  # noqa: TRY400 (what to do is in the words, not in a trace)
            return forms.page(request, "erased_but_one", spoken)
        if door in _STATUS:
            return self._page(request, lang)
        return forms.page(request, "erased", spoken)

    def _nothing_kept(self, request: Request, door: Door, spoken: str) -> Response:
        """What became of the link, and the way to a new one."""
        action = self.forms.frame().section("my_data")
        shown = {"action": action, "stamp": self.forms.stamp()}
        return self.forms.page(
            request, _NOTHING_KEPT[door], spoken, _STATUS.get(door, 200), **shown
        )

    def _page(  # noqa: PLR0913 (what to show, and what to say of it)
        self,
        request: Request,
        lang: str | None = None,
        name: str = "my_data",
        *,
        told: str = "",
        typed: Wishes | None = None,
        status: int = 200,
    ) -> Response:
        """The page `name` with what is kept, else the page that says what became of the link.

        What somebody `typed` and could not save yet stands in the fields, for the next press.
        """
        forms, token = self.forms, request.path_params["token"]
        door, data = my_data.look(forms.desk, token, forms.now())
        spoken = forms.lang(request, lang, data.person.lang if data else None)
        if data is None:
            return self._nothing_kept(request, door, spoken)
        leave = forms.addresses.leave(leave_token(forms.desk.keys[0], data.person.id))
        return forms.page(
            request,
            name,
            spoken,
            status,
            data=data,
            told=told,
            typed=typed or data.person,
            stands=STANDS,
            acts=ACTS,
            may_undo=standing.may_undo(data.person, forms.now()),
            action=request.url.path,
            stamp=forms.stamp(token),
            languages=language_names(),
            zone=forms.desk.site.timezone,
            leave=forms.frame().link(leave),
        )
