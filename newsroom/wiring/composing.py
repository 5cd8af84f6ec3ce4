"""Composing an issue: drafting, checking, rehearsing it, and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.wiring.issue_plan import leaves_at, meant
from newsroom.wiring.newsletter import gone_through, looked_over

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

    from newsroom.jobs.issue.draft_contents import Material
    from newsroom.jobs.issue.rehearse import Rehearsed
    from newsroom.model import Problem
    from newsroom.output.drawer import Drawer
    from newsroom.wiring.desk import Desk


def draft_issue(desk: Desk, name: str) -> PurePosixPath:
    """Write the draft of an issue, and give its path. Raises StateError when it may not be."""
    from newsroom.content.folder.save import create
    from newsroom.jobs.issue.draft import draft_issue as text_of_draft

    path, text = text_of_draft(_material(desk, name), name)
    create(desk.settings.root / path, text)
    return path


def has_news(desk: Desk, name: str) -> bool:
    """Whether an issue that nobody has written would have anything to tell."""
    from newsroom.jobs.issue.draft_contents import choose_contents

    return not choose_contents(_material(desk, name), name).is_empty


def new_since_draft(desk: Desk, name: str) -> tuple[str, ...]:
    """The lines that a draft of today would have beside those in the issue's file."""
    from newsroom.jobs.issue.draft import new_lines
    from newsroom.jobs.issue.edition import find_issue

    material = _material(desk, name)
    return new_lines(
        material, find_issue(material.newsroom, name, material.problems, meant(desk, name))
    )


def findings(desk: Desk, name: str, *, links: bool) -> tuple[Problem, ...]:
    """All that speaks against sending an issue; with `links`, other sites are asked as well."""
    made, problems = looked_over(desk, name)
    if not links:
        return problems
    from newsroom.jobs.issue.letter_links import dead_outside, outside_links
    from newsroom.wiring.links import answers_of

    answers = answers_of(desk, outside_links(made))
    dead = {url: answer.why for url, answer in answers.items() if answer.is_doubtful}
    return (*problems, *dead_outside(made, dead))


def rehearse(
    desk: Desk, name: str, folder: Path, label: str
) -> tuple[Rehearsed, tuple[Problem, ...], Drawer]:
    """Make every reader's message into a folder, and look the issue over; nothing is sent."""
    from newsroom.output.drawer import Drawer

    made, problems = looked_over(desk, name)
    drawer = Drawer(folder, label)
    return gone_through(desk, made.edition(made.at), made.at, drawer.put), problems, drawer


def evidence(desk: Desk, name: str, lang: str) -> dict[str, bytes]:
    """The evidence of a frozen issue as files by their names. Raises StateError for another."""
    from newsroom.database import reading
    from newsroom.delivery.ledger.evidence import gather
    from newsroom.jobs.issue.evidence import evidence_files

    zone = desk.site.timezone
    with reading(desk.database) as connection:
        found = gather(connection, name, zone)
    return evidence_files(found, zone, lang, desk.templates)


def _material(desk: Desk, name: str) -> Material:
    from newsroom.database import reading
    from newsroom.delivery.ledger.mentions import told_before
    from newsroom.jobs.issue.draft_contents import Material
    from newsroom.wiring.desk import usable

    with reading(desk.database) as connection:
        told = told_before(connection, name)
    found = desk.read()
    return Material(usable(found), desk.clock(), leaves_at(desk, name), told, found.problems)
