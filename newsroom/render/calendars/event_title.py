"""An event's title where its status is not shown: in calendars and mails."""

from newsroom.model import Event, EventStatus
from newsroom.render.text.characters import one_line
from newsroom.render.words import Words


def event_title(event: Event, words: Words) -> str:
    """The title, behind a word that the event is off when it is."""
    title = one_line(event.title)
    match event.status:
        case EventStatus.CANCELLED:
            return words.gettext("CANCELLED: {title}").format(title=title)
        case EventStatus.POSTPONED:
            return words.gettext("POSTPONED: {title}").format(title=title)
        case _:
            return title
