"""`links`: what is known of the links to other sites, and `check --links`, which asks for them."""

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json, utc
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.link_words import next_words, round_words
from newsroom.cli.problems import counted, print_problems
from newsroom.cli.stopping import Farewell
from newsroom.errors import NewsroomError, OutsideError, StateError
from newsroom.model.link import KnownLink, LinkState
from newsroom.model.saying import Saying, joined, say
from newsroom.wiring import Desk, link_slots, links

if TYPE_CHECKING:
    from newsroom.model import Problem
    from newsroom.wiring.links import Places

_LATELY = timedelta(days=1)  # what was asked for since then is not asked for again by hand
_COUNTED = {
    LinkState.WELL: say("well"),
    LinkState.MOVED: say("moved"),
    LinkState.DEAD: say("dead"),
    LinkState.DOUBTED: say("perhaps dead"),
    LinkState.SILENT: say("silent for weeks"),
    LinkState.PRIVATE: say("private"),
    LinkState.UNKNOWN: say("nobody can say"),
}


@click.command("links")
@now_option
@json_option
@at_desk
def links_command(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """What is known of the links to other sites. Nobody is asked; `check --links` asks."""
    places = links.places_of(desk)
    known = links.known(desk, places)
    if as_json:
        print_json([_row(desk, url, places, known) for url in sorted(places)])
        return
    problems, lines = links.problems_of(desk, places), [_count(desk, places, known)]
    if places:
        lines.append(_when(desk))  # before a word is printed, since schedule.yaml may have faults
    print_problems(problems)
    for line in lines:
        click.echo(said(line))


def ask_by_hand(
    desk: Desk, limit: int | None
) -> "tuple[tuple[Problem, ...], NewsroomError | None]":
    """Ask for the links now, and give what is known of them then, and why nobody could be asked.

    Ctrl-C ends it, and loses nothing. What somebody asked for within the last day is left out.
    """
    from newsroom.jobs.links.round import RoundScope

    farewell, places = Farewell(), links.places_of(desk)
    farewell.heed_signals()
    since = desk.clock() - _LATELY
    scope = RoundScope(
        limit=limit, not_since=since, is_over=farewell.asked.is_set, progress=_show_progress
    )
    try:
        asked = links.ask(desk, places, scope)
    except (OutsideError, StateError) as error:
        return links.problems_of(desk, places), error
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if asked.left:
        click.echo(said(_left(asked.left)), err=True)
    return links.problems_of(desk, places), None


def _left(number: int) -> Saying:
    one = say("1 link is left; the same command goes on with it")
    more = say("{number} links are left; the same command goes on with them", number=number)
    return counted(number, one, more)


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        line = said(say("{done} of {total} links", done=done, total=of))
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)


def _count(desk: Desk, places: "Places", known: Mapping[str, KnownLink]) -> Saying:
    """How many links there are, and how many of them stand how."""
    now, number = desk.clock(), len(places)
    asked = [link for url in places if (link := known.get(url)) and link.asked]
    states = Counter(link.state(now) for link in asked)
    numbers = [(words, states[state]) for state, words in _COUNTED.items()]
    numbers.append((say("not asked for yet"), number - len(asked)))
    told = [say("{what}: {number}", what=words, number=some) for words, some in numbers if some]
    together = counted(number, say("1 link"), say("{number} links", number=number))
    return joined("; ", (together, *told))


def _when(desk: Desk) -> Saying:
    """When they were asked for, if they were, and when they are next."""
    last, schedule, zone = link_slots.last_look(desk), desk.schedule_if_any(), desk.site.timezone
    at = link_slots.next_time(desk, schedule) if schedule else None
    then = next_words(at, zone, never_asked=last is None)
    return joined("; ", (round_words(last, desk.clock(), zone), then)) if last else then


def _row(
    desk: Desk, url: str, places: "Places", known: Mapping[str, KnownLink]
) -> dict[str, object]:
    """A link with the keys that others may rely on."""
    from newsroom.jobs.links.known_problems import copy_of

    link, where = known.get(url), places[url]
    row: dict[str, object] = {
        "url": url,
        "state": str(link.state(desk.clock()) if link else LinkState.UNKNOWN),
        "places": [{"path": str(place.source), "line": place.line} for place in where],
    }
    if link is None:
        return row
    return row | {
        "reason": said(link.why) or None,
        "asked": utc(link.asked) if link.asked else None,
        "last_good": utc(link.last_good) if link.last_good else None,
        "bad_since": utc(link.bad_since) if link.bad_since else None,
        "moved_to": link.moved_to,
        "copy": copy_of(link, where[0], desk.site.timezone) if link.bad_since else None,
    }
