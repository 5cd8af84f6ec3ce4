"""The `privacy` lines of site.yaml: what the privacy page says beside what the program knows."""

from datetime import timedelta

from newsroom.content.front.fields import Fields
from newsroom.model import Privacy, Provider
from newsroom.model.saying import say
from newsroom.model.words_of_time import find_duration

_NO_LOG = ("none", "ingen", "inga")


def read_privacy(site: Fields) -> Privacy:
    """What the privacy page says of the server's log, of providers, and whom to ask."""
    fields = site.nested("privacy", "privacy: {logs: 30 days}")
    if fields is None:
        return Privacy()
    listed = fields.nested_list("providers", "providers: [{name: …, does: …, where: …}]")
    return Privacy(
        contact=fields.email("contact"),
        officer=fields.email("officer"),
        logs=fields.read("logs", _kept, None, say("a length of time"), say("30 days, or none")),
        providers=tuple(
            Provider(each.required("name", "…"), each.text("does"), each.text("where"))
            for each in listed
        ),
    )


def _kept(text: str) -> timedelta | None:
    """How long a log is kept; nothing at all for none."""
    return timedelta(0) if text.lower() in _NO_LOG else find_duration(text)
