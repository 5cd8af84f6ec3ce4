"""What pages tell machines about themselves, in the vocabulary of schema.org."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from newsroom.model import Event, EventStatus, Post
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.calendars.event_changes import is_moved_online, is_retimed
from newsroom.render.pages.events import EventView
from newsroom.render.pages.frame import Frame
from newsroom.render.pages.issues import IssueView
from newsroom.render.pages.parts import Picture
from newsroom.render.pages.posts import PostView

_SCHEMA = "https://schema.org"
_OFF = {EventStatus.CANCELLED: "EventCancelled", EventStatus.POSTPONED: "EventPostponed"}


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
            "dateModified": _stamp(_modified(post)),
            "author": _person(post.author) if post.author else _organisation(frame),
            "publisher": _organisation(frame),
            "image": _image(frame, view.picture),
            "mainEntityOfPage": frame.url(address),
        }
    )


def event_data(frame: Frame, address: str, view: EventView) -> Markup:
    """An event as an Event: one that is off keeps its start, one that moved names earlier ones."""
    event, told = view.event, changes(view.event)
    earlier = dict.fromkeys(
        _event_time(change.before, change.before.start) for change in told if is_retimed(change)
    )
    return _json_ld(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "inLanguage": event.lang,
            "startDate": _event_time(event, event.start),
            "endDate": _event_time(event, event.end, last=True) if event.end else None,
            "previousStartDate": list(earlier),
            "eventStatus": [f"{_SCHEMA}/{status}" for status in _statuses(event, told)],
            "eventAttendanceMode": f"{_SCHEMA}/{_attendance(event)}",
            "location": _location(frame, event),
            "image": _image(frame, view.picture),
            "organizer": _organisation(frame),
            "performer": [_person(speaker.name) for speaker in event.speakers],
            "url": frame.url(address),
        }
    )


def issue_data(frame: Frame, address: str, view: IssueView) -> Markup:
    """An issue of the newsletter as a PublicationIssue."""
    issue = view.issue
    return _json_ld(
        {
            "@type": "PublicationIssue",
            "name": issue.title,
            "headline": issue.subject,
            "description": issue.preheader,
            "issueNumber": issue.number,
            "inLanguage": issue.lang,
            "datePublished": _stamp(issue.published) if issue.published else None,
            "publisher": _organisation(frame),
            "isPartOf": {"@type": "Periodical", "name": frame.site.name},
            "image": _image(frame, view.picture),
            "url": frame.url(address),
        }
    )


def picture_tags(frame: Frame, picture: Picture | None) -> Markup:
    """The Open Graph tags of a page's picture, so that a shared link shows it; nothing without."""
    if picture is None:
        return Markup("")
    tags = {
        "og:image": frame.url(picture.address),
        "og:image:type": picture.media_type,
        "og:image:width": picture.width,
        "og:image:height": picture.height,
        "og:image:alt": picture.alt,
    }
    lines = (
        Markup('<meta property="{}" content="{}">').format(name, value)
        for name, value in tags.items()
        if value
    )
    return Markup("\n").join(lines)


def _modified(post: Post) -> datetime:
    """The later of publication and correction; as instants, whatever the clock on the wall said."""
    return max(post.updated or post.published, post.published, key=datetime.timestamp)


def _statuses(event: Event, told: Sequence[Change]) -> list[str]:
    """Where the event stands. Of a new place alone the vocabulary has nothing to say."""
    if event.status in _OFF:
        return [_OFF[event.status]]
    found = ["EventRescheduled"] if any(is_retimed(change) for change in told) else []
    if any(is_moved_online(change) for change in told) and event.place is None:
        found.append("EventMovedOnline")
    unexplained = event.status is EventStatus.MOVED and not event.previously
    return found or (["EventRescheduled"] if unexplained else ["EventScheduled"])


def _json_ld(thing: dict[str, object]) -> Markup:
    """The thing as a data block. `<` is written so that no text can end the block."""
    known = {key: _one(value) for key, value in thing.items() if value not in (None, [], "")}
    text = json.dumps({"@context": _SCHEMA, **known}, ensure_ascii=False)
    block = text.replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">\n{block}\n</script>')  # noqa: S704


def _one(value: object) -> object:
    """A list of one as the one, which is how the vocabulary's readers like it best."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


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


def _event_time(event: Event | Version, moment: datetime, *, last: bool = False) -> str:
    """A time with its offset; of an all-day event the day, and the end's last day included."""
    if not event.all_day:
        return _stamp(moment)
    return (moment - timedelta(days=1) if last else moment).date().isoformat()


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
