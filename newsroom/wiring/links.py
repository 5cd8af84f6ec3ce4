"""The links to other sites, joined: where they stand, who asks for them, and what is known."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.wiring.desk import usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from newsroom.database.link_rounds import LinkRound
    from newsroom.jobs.links.ask_links import RoundOutcome, RoundScope
    from newsroom.jobs.links.gather import LinkPlace
    from newsroom.jobs.running.tick import Idle
    from newsroom.model import Issue, Newsroom, Problem, Rule, Schedule, Slot
    from newsroom.model.link import KnownLink, LinkAnswer
    from newsroom.outside.links.visitor import Net
    from newsroom.wiring.desk import Desk

    Places = Mapping[str, tuple[LinkPlace, ...]]

_SITE = PurePosixPath("posts/site.yaml")
_TEMPLATES = PurePosixPath("templates")


def places_of(desk: Desk) -> Places:
    """Where each link stands that readers can follow now: by its address, in the pieces' order."""
    from newsroom.jobs.links.gather import by_url, gather, hosts_of, of_settings

    newsroom, now = usable(desk.read()), desk.clock()
    ours = hosts_of(newsroom.site)

    def all_of_them() -> Iterator[LinkPlace]:
        yield from gather(newsroom, lambda source: _text(desk, source), now)
        yield from of_settings(_text(desk, _SITE), _SITE, ours)
        yield from _of_templates(desk, ours)

    return by_url(all_of_them())


def _of_templates(desk: Desk, ours: frozenset[str]) -> Iterator[LinkPlace]:
    """The links of the templates in use: of one name, those of the newsroom's own file."""
    from newsroom.jobs.links.gather import of_template

    used: dict[PurePosixPath, str] = {}
    for folder in reversed(desk.template_folders):
        for file in sorted(folder.glob("*/*.html")):
            text = file.read_text(encoding="utf-8", errors="replace")
            used[_TEMPLATES / PurePosixPath(file.relative_to(folder))] = text
    for source, text in sorted(used.items()):
        yield from of_template(text, source, ours)


def _text(desk: Desk, source: PurePosixPath) -> str:
    from newsroom.content.folder.files import read_text
    from newsroom.content.folder.names import on_disk
    from newsroom.content.front.notes import Notes

    return read_text(on_disk(desk.settings.root, source), Notes(source)) or ""


def ask(desk: Desk, places: Places, scope: RoundScope, net: Net | None = None) -> RoundOutcome:
    """Ask for the links at these places, and keep what comes of it.

    `net` is how the web is reached, where it is not the public one: links into private networks
    are asked for in no other case. Raises StateError and OutsideError as `ask_links`.
    """
    from functools import partial

    from newsroom.jobs.links.ask_links import LinkOffice, ask_links
    from newsroom.outside.links.visitor import visitor
    from newsroom.workers.this_process import this_process

    office = LinkOffice(
        desk.database,
        desk.shared_clock,
        desk.site.timezone,
        desk.site.language,
        str(this_process()),
        partial(visitor, desk.site.url, net or _net(desk)),
    )
    return ask_links(office, places, scope)


def answers_of(desk: Desk, urls: Iterable[str], net: Net | None = None) -> Mapping[str, LinkAnswer]:
    """What these links give now. Nothing of it is kept."""
    import asyncio

    from newsroom.outside.links.visitor import visitor
    from newsroom.outside.links.walk import walk

    found: dict[str, LinkAnswer] = {}

    async def ask_each() -> None:
        async with visitor(desk.site.url, net or _net(desk)) as somebody:
            await walk(somebody, urls, found.__setitem__)

    asyncio.run(ask_each())
    return found


def _net(desk: Desk) -> Net:
    """The web as this desk reaches it: by the name servers that the settings name, if any."""
    from functools import partial

    from newsroom.outside.links.visitor import Net
    from newsroom.outside.name_servers.host_addresses import resolve

    return desk.net or Net(resolve=partial(resolve, servers=desk.settings.dns))


def known(desk: Desk, urls: Iterable[str]) -> Mapping[str, KnownLink]:
    """What is known of these links from the last times that they were asked for."""
    from newsroom.database import reading
    from newsroom.database.links import known_links

    with reading(desk.database) as connection:
        return known_links(connection, urls)


def problems_of(desk: Desk, places: Places) -> tuple[Problem, ...]:
    """What is known of these links that a person should look at, at the places where they stand."""
    from newsroom.jobs.links.known_problems import known_problems

    everywhere = (place for each in places.values() for place in each)
    return tuple(known_problems(everywhere, known(desk, places), desk.clock(), desk.site.timezone))


def dead_in_issue(desk: Desk, newsroom: Newsroom, issue: Issue) -> tuple[Problem, ...]:
    """The links of an issue, and of what it names, that are known to be dead. Nobody is asked."""
    from newsroom.jobs.links.gather import by_url, hosts_of, links_of, told_in

    ours, now = hosts_of(newsroom.site), desk.clock()
    places = by_url(
        place
        for piece in told_in(issue, newsroom)
        for place in links_of(piece, lambda source: _text(desk, source), now, ours)
    )
    return tuple(each for each in problems_of(desk, places) if each.code == "dead-link")


def slot_of_links(
    desk: Desk, schedule: Schedule, is_over: Callable[[], bool], slot: Slot
) -> str | Idle:
    """What a slot asks for: a round, the rest of one, or a second look at what was gone.

    Which of them is seen in the slot, and so it stays the same when the process dies over it.
    """
    from newsroom.jobs.links.ask_links import RoundScope
    from newsroom.jobs.links.second_look import ASK_AGAIN_AFTER, begins_round
    from newsroom.jobs.running.tick import Idle

    last, rule = _last(desk), _rule(schedule)
    is_between = last is not None and last.finished is not None
    if is_between and not (rule and begins_round(slot.due, rule, schedule.timezone)):
        scope = RoundScope(doubted_by=slot.due - ASK_AGAIN_AFTER, is_over=is_over)
    else:
        scope = RoundScope(is_over=is_over)
    try:
        asked = ask(desk, places_of(desk), scope)
    except StateError as others:  # another process is at it, and does it as well as we
        return Idle(others.sentence)
    note = say("links asked for: {asked}, newly dead: {told}", asked=asked.asked, told=asked.told)
    return note if asked.told else Idle(note)


def next_look(desk: Desk, schedule: Schedule) -> datetime | None:
    """When links are to be asked for beside the slots of the schedule.

    A look that broke off goes on; what was gone at one look has a second one the next day.
    """
    last, rule = _last(desk), _rule(schedule)
    if last is None or rule is None:
        return None
    if last.finished is None and last.goes_on is not None:
        return last.goes_on
    due = _second_look(desk, rule, schedule.timezone)
    return max(due, last.goes_on or due) if due else None


def _rule(schedule: Schedule) -> Rule | None:
    return next((job.rule for job in schedule.jobs if job.name == "links"), None)


def _last(desk: Desk) -> LinkRound | None:
    from newsroom.database import reading
    from newsroom.database.link_rounds import last_round

    with reading(desk.database) as connection:
        return last_round(connection)


def _second_look(desk: Desk, rule: Rule, zone: ZoneInfo) -> datetime | None:
    from newsroom.database import reading
    from newsroom.database.links import first_doubt
    from newsroom.jobs.links.second_look import second_look

    with reading(desk.database) as connection:
        doubt = first_doubt(connection)
    return second_look(doubt, rule, zone) if doubt else None
