"""The problems of links that are known already, at the places where they stand; no requests."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.content.front.notes import quoted
from newsroom.jobs.links.gather import LinkPlace
from newsroom.model import Problem, Severity
from newsroom.model.link import KnownLink, Lead, LinkState
from newsroom.model.saying import Saying, say

_ARCHIVE = "https://web.archive.org/web"
_CODES = {
    LinkState.DEAD: ("dead-link", Severity.WARNING),
    LinkState.PRIVATE: ("private-link", Severity.WARNING),
    LinkState.DOUBTED: ("doubted-link", Severity.NOTE),
    LinkState.SILENT: ("silent-link", Severity.NOTE),
    LinkState.MOVED: ("moved-link", Severity.NOTE),
}


def known_problems(
    places: Iterable[LinkPlace], known: Mapping[str, KnownLink], now: datetime, zone: ZoneInfo
) -> Iterator[Problem]:
    """A problem for each place whose link a person should look at."""
    for place in places:
        link = known.get(place.url)
        state = link.state(now) if link else LinkState.UNKNOWN
        if link is not None and state in _CODES:
            code, severity = _CODES[state]
            told, fix = _message(link, state, zone), _fix(link, state, place, zone)
            yield Problem(place.source, place.line, severity, code, told, fix)


def copy_of(link: KnownLink, place: LinkPlace, zone: ZoneInfo) -> str | None:
    """Where an archive would have the page as it last was: an address, and nothing is asked there.

    The day is the last on which it was good, else that on which readers first saw the link.
    """
    day = link.last_good or place.since
    return f"{_ARCHIVE}/{day.astimezone(zone):%Y%m%d}/{link.url}" if day else None


def since_words(link: KnownLink, zone: ZoneInfo) -> Saying:
    """Since when a link is not there, and when it last was."""
    since = (link.bad_since or link.first_seen).astimezone(zone)
    if link.last_good is None:
        return say("since {since:%Y-%m-%d}", since=since)
    good = link.last_good.astimezone(zone)
    return say("since {since:%Y-%m-%d}, last good {good:%Y-%m-%d}", since=since, good=good)


def _message(link: KnownLink, state: LinkState, zone: ZoneInfo) -> Saying:
    address, why = quoted(link.url), link.why
    match state:
        case LinkState.DEAD if link.lead is Lead.DISTRUSTED:
            when = since_words(link, zone)
            return say(
                "readers are warned of {address}: {why} ({when})",
                address=address,
                why=why,
                when=when,
            )
        case LinkState.DEAD:
            when = since_words(link, zone)
            return say(
                "{address} leads nowhere: {why} ({when})", address=address, why=why, when=when
            )
        case LinkState.SILENT:
            when = since_words(link, zone)
            return say(
                "{address} has not answered: {why} ({when})", address=address, why=why, when=when
            )
        case LinkState.DOUBTED:
            return say(
                "{address} may lead nowhere: {why}; it is asked for once more",
                address=address,
                why=why,
            )
        case _:
            return say("{address}: {why}", address=address, why=why)


def _fix(link: KnownLink, state: LinkState, place: LinkPlace, zone: ZoneInfo) -> Saying:
    copy = copy_of(link, place, zone)
    match state:
        case LinkState.MOVED:
            return say("open it, and write the new address: {address}", address=link.moved_to)
        case LinkState.PRIVATE:
            return say("readers cannot go there; link to a page that everybody can open")
        case LinkState.DEAD if copy and link.lead is Lead.GONE:
            return say("link to another page, or to an archived copy: {copy}", copy=copy)
        case LinkState.SILENT if copy:
            return say("open it in a browser; an archived copy: {copy}", copy=copy)
    return say("open it in a browser, and mend the link if it leads nowhere")
