"""Events as a calendar that Outlook, Google and Apple subscribe to (RFC 5545 and RFC 7986)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from icalendar import Conference

from newsroom.model import Addresses, Event, EventStatus, Registration, Site
from newsroom.model.lifecycle import changes, revision
from newsroom.render.calendars.event_changes import what_changed
from newsroom.render.calendars.event_title import event_title
from newsroom.render.calendars.vtimezone import is_told, time_zone
from newsroom.render.text.characters import legal, one_line
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.plain import first_paragraph, plain_lines
from newsroom.render.text.rendered import Rendered
from newsroom.render.words import Words

_REFRESH = timedelta(hours=6)
_STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}
_DAY = timedelta(days=1)


def calendar(  # noqa: PLR0913 (what a calendar is made of)
    site: Site,
    events: Iterable[Event],
    *,
    name: str,
    path: str,
    page: str | None = None,
    rendered: Callable[[str], Rendered] = render_markdown,
) -> bytes:
    """The calendar at `path` of some public events, about the page at `page` below the root.

    `rendered` gives the rendering of a text, from where it is kept. The same events give the same
    bytes. Past and cancelled events are the caller's to keep: what disappears from a calendar stays
    as a ghost in some programs.
    """
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//newsroom//newsroom//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        made.add(key, one_line(name))
    made.add("description", one_line(site.description or site.name))
    made.add("x-wr-timezone", site.timezone.key)
    made.add("url", f"{site.url}/{page or Addresses(site).section('events')}")
    made.add("source", f"{site.url}/{path}", parameters={"VALUE": "URI"})
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")  # the same for Outlook
    if block := time_zone(site.timezone):
        made.add_component(block)
    for event in sorted(events, key=lambda event: (event.start, event.slug)):
        made.add_component(_event(site, event, rendered))
    return bytes(made.to_ical())


def _event(site: Site, event: Event, rendered: Callable[[str], Rendered]) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.id)
    made.add("dtstamp", _stamp(event))
    made.add("last-modified", _stamp(event))
    made.add("sequence", revision(event))
    made.add("status", _STATUS.get(event.status, "CONFIRMED"))
    made.add("summary", event_title(event, Words(site.language)))
    made.add("transp", "TRANSPARENT")  # an invitation to many makes nobody busy
    made.add("url", _page(site, event))
    made.add("description", _description(site, event, rendered))
    _add_times(made, event, site.timezone)
    _add_place(made, event)
    if event.tags:
        made.add("categories", [site.tag_words(tag) for tag in event.tags])
    return made


def _stamp(event: Event) -> datetime:
    """When the event was last changed, from its file and never from the clock.

    Programs take a later stamp for a newer version. So an event that was never changed has a day
    that is before any change of it: long before the first time that was announced.
    """
    told = [change.moment for change in changes(event) if change.moment]
    moments = [*told, *([event.updated] if event.updated else [])]
    if moments:
        return max(moment.astimezone(UTC) for moment in moments)
    announced = min(start.year for start in _starts(event))
    return datetime(announced - 2, 1, 1, tzinfo=UTC)


def _starts(event: Event) -> Iterator[datetime]:
    """Every start that was announced."""
    yield event.start
    yield from (earlier.start for earlier in event.previously if earlier.start)


def _add_times(made: icalendar.Event, event: Event, zone: ZoneInfo) -> None:
    if event.all_day:  # the end is exclusive, in the model as in RFC 5545, section 3.6.1
        made.add("dtstart", event.start.date())
        made.add("dtend", (event.end or event.start + _DAY).date())
        return
    times = {"dtstart": event.start, "dtend": event.end}
    known = {name: moment.astimezone(zone) for name, moment in times.items() if moment}
    local = all(is_told(zone, moment) for moment in known.values())
    for name, moment in known.items():
        made.add(name, moment if local else moment.astimezone(UTC))


def _add_place(made: icalendar.Event, event: Event) -> None:
    """Where it is; the address on the web stands in LOCATION too, where nobody meets."""
    if event.place is not None:
        parts = (event.place.name, event.place.address)
        made.add("location", ", ".join(one_line(part) for part in parts if part))
    if event.online is None or event.status in _STATUS:  # of one that is off there is no meeting
        return
    if event.place is None:
        made.add("location", event.online.url)
    label = event.online.label and one_line(event.online.label)
    made.conferences = [Conference(event.online.url, feature="VIDEO", label=label)]


def _description(site: Site, event: Event, rendered: Callable[[str], Rendered]) -> str:
    """What it is about, how to take part, and where there is more; first of all whether it is off.

    Many programs show this and not the status.
    """
    words = Words(site.language)
    about = event.summary or first_paragraph(rendered(event.body))
    off = _why_off(event, words)
    lines = [off] if off else [f"{said}." for said in what_changed(event, words)]
    lines += [about] if about else []
    lines += [] if off else _how_to_take_part(event, words, rendered)
    lines.append(words.gettext("More: {url}").format(url=_page(site, event)))
    return "\n".join(legal(line) for line in lines)


def _why_off(event: Event, words: Words) -> str | None:
    if event.status is EventStatus.CANCELLED:
        return f"{words.gettext('Cancelled.')} {words.gettext('The event will not take place.')}"
    if event.status is EventStatus.POSTPONED:
        return f"{words.gettext('Postponed.')} {words.gettext('A new time will be announced.')}"
    return None


def _how_to_take_part(event: Event, words: Words, rendered: Callable[[str], Rendered]) -> list[str]:
    lines = []
    if event.online is not None:
        label = event.online.label or words.gettext("Online")
        lines.append(f"{label}: {event.online.url}")
    if event.registration is not None:
        lines += _registration(event.registration, words)
    if event.program is not None:
        lines += [f"{words.gettext('Programme')}:", *plain_lines(rendered(event.program))]
    return lines


def _registration(registration: Registration, words: Words) -> Iterator[str]:
    """Where, until when, and what it costs."""
    if registration.deadline is not None:
        day = words.date(registration.deadline)
        yield words.gettext("Register no later than {day}.").format(day=day)
    if registration.url is not None:
        yield words.gettext("Register: {url}").format(url=registration.url)
    if registration.cost is not None:
        yield f"{words.gettext('Cost')}: {registration.cost}"


def _page(site: Site, event: Event) -> str:
    return f"{site.url}/{Addresses(site).piece(event)}"
