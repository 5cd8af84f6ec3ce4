"""What pages tell machines about themselves, in the vocabulary of schema.org."""

import json
from datetime import datetime, timedelta

from markupsafe import Markup

from newsroom.model import Event, EventStatus
from newsroom.render.pages.events import EventView
from newsroom.render.pages.frame import Frame
from newsroom.render.pages.parts import Picture
from newsroom.render.pages.posts import PostView

_STATUS = {
    EventStatus.PLANNED: "EventScheduled",
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.MOVED: "EventRescheduled",
}


def post_data(frame: Frame, address: str, view: PostView) -> Markup:
    """A post as a NewsArticle."""
    post = view.post
    return _json_ld(
        {
            "@type": "NewsArticle",
            "headline": post.title,
            "description": post.summary,
            "inLanguage": post.lang,
            "datePublished": _stamp(post.published),
            "dateModified": _stamp(post.updated or post.published),
            "author": _person(post.author) if post.author else _organisation(frame),
            "publisher": _organisation(frame),
            "image": _image(frame, view.picture),
            "mainEntityOfPage": frame.url(address),
        }
    )


def event_data(frame: Frame, address: str, view: EventView) -> Markup:
    """An event as an Event. A cancelled one keeps its start."""
    event = view.event
    return _json_ld(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "inLanguage": event.lang,
            "startDate": _event_time(event, event.start),
            "endDate": _event_time(event, event.end, last=True) if event.end else None,
            "eventStatus": f"https://schema.org/{_STATUS[event.status]}",
            "eventAttendanceMode": f"https://schema.org/{_attendance(event)}",
            "location": _location(frame, event),
            "image": _image(frame, view.picture),
            "organizer": _organisation(frame),
            "performer": [_person(speaker.name) for speaker in event.speakers],
            "url": frame.url(address),
        }
    )


def _json_ld(thing: dict[str, object]) -> Markup:
    """The thing as a data block. `<` is written so that no text can end the block."""
    known = {key: value for key, value in thing.items() if value not in (None, [], "")}
    text = json.dumps({"@context": "https://schema.org", **known}, ensure_ascii=False, indent=1)
    block = text.replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">\n{block}\n</script>')  # noqa: S704


def _organisation(frame: Frame) -> dict[str, object]:
    organisation: dict[str, object] = {
        "@type": "Organization",
        "name": frame.site.name,
        "url": frame.url(""),
    }
    if frame.logo:
        organisation["logo"] = frame.url(frame.logo.address)
    return organisation


def _person(name: str) -> dict[str, object]:
    return {"@type": "Person", "name": name}


def _image(frame: Frame, picture: Picture | None) -> str | None:
    return frame.url(picture.address) if picture else None


def _attendance(event: Event) -> str:
    if event.online is None:
        return "OfflineEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.place is None else "MixedEventAttendanceMode"


def _location(frame: Frame, event: Event) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if event.place:
        place: dict[str, object] = {"@type": "Place", "name": event.place.name}
        place["address"] = event.place.address or event.place.name
        found.append(place)
    if event.online:
        found.append({"@type": "VirtualLocation", "url": event.online.url})
    return found or [{"@type": "Place", "name": frame.site.name, "address": frame.site.name}]


def _event_time(event: Event, moment: datetime, *, last: bool = False) -> str:
    """A time with its offset; of an all-day event the day, and the end's last day included."""
    if not event.all_day:
        return _stamp(moment)
    return (moment - timedelta(days=1) if last else moment).date().isoformat()


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
