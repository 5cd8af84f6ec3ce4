"""Checking links to other sites: where they stand, asking for them, what is known of them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newsroom.wiring.desk import usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from newsroom.jobs.links.ask_links import RoundOutcome
    from newsroom.jobs.links.gather import LinkPlace
    from newsroom.jobs.links.round import RoundScope
    from newsroom.model import Issue, Newsroom, Problem
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
        yield from _of_templates(desk.settings.root / _TEMPLATES, ours)

    return by_url(all_of_them())


def _of_templates(folder: Path, ours: frozenset[str]) -> Iterator[LinkPlace]:
    """The links that the templates of one folder have by themselves."""
    from newsroom.jobs.links.gather import of_template

    for file in sorted(folder.glob("*/*.html")):
        text = file.read_text(encoding="utf-8", errors="replace")
        yield from of_template(text, _TEMPLATES / PurePosixPath(file.relative_to(folder)), ours)


def _own_to_newsroom(desk: Desk) -> tuple[str, ...]:
    """The links of the templates that newsroom brings: nobody here can mend them."""
    packaged = desk.template_folders[-1]
    return tuple(dict.fromkeys(place.url for place in _of_templates(packaged, frozenset())))


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

    from newsroom.jobs.links.ask_links import ask_links
    from newsroom.jobs.links.round import LinkOffice
    from newsroom.outside.links.visitor import visitor
    from newsroom.workers.this_process import this_process

    office = LinkOffice(
        desk.database,
        desk.shared_clock,
        desk.site.timezone,
        desk.site.language,
        str(this_process()),
        partial(visitor, desk.site.url, net or _net(desk)),
        _own_to_newsroom(desk),
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
