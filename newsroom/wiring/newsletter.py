"""The newsletter's parts, joined: an issue made up, frozen, and put on the web."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.wiring import website
from newsroom.wiring.issue_plan import leaves_at, meant, of_its_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newsroom.content.folder import Reading
    from newsroom.delivery.ledger.freeze import Edition
    from newsroom.jobs.issue.edition import Proof
    from newsroom.jobs.issue.rehearse import Keep, Rehearsed
    from newsroom.model import Problem
    from newsroom.wiring.desk import Desk

_HERE = {"localhost", "127.0.0.1", "::1"}
_MAIL_PORTS = {None, 25, 465, 587}  # where a relay of one's own listens


def proof(desk: Desk, name: str, at: datetime | None = None) -> Proof:
    """An issue made up as readers get it at `at`; without a time, when it is to leave."""
    return _made_up(desk, name, at)[1]


def looked_over(
    desk: Desk, name: str, at: datetime | None = None
) -> tuple[Proof, tuple[Problem, ...]]:
    """The same with all that speaks against sending it, errors first."""
    from newsroom.content.folder.names import on_disk
    from newsroom.database import reading
    from newsroom.delivery.ledger.mentions import told_before
    from newsroom.jobs.issue.preflight import preflight
    from newsroom.wiring.desk import usable
    from newsroom.wiring.links import dead_in_issue

    found, made = _made_up(desk, name, at)
    text = on_disk(desk.settings.root, made.issue.source).read_bytes().decode()
    with reading(desk.database) as connection:
        told = told_before(connection, name)
    problems = preflight(found, made, text, desk.templates, told)
    dead = dead_in_issue(desk, usable(found), made.issue)
    return made, (*problems, *dead, *of_its_day(desk, made.issue))


def _made_up(desk: Desk, name: str, at: datetime | None) -> tuple[Reading, Proof]:
    from newsroom.jobs.issue.edition import make_proof
    from newsroom.wiring.desk import usable

    found, at = desk.read(), at or leaves_at(desk, name)
    return found, make_proof(
        usable(found), name, at, desk.templates, found.problems, meant=meant(desk, name)
    )


def freeze_issue(desk: Desk, name: str, reason: str | None = None) -> bool:
    """Fix an approved issue's text and recipients on a person's word; false when that was done.

    `reason` says why no good verdict of the doctor is needed.
    """
    from newsroom.database import reading
    from newsroom.delivery.approval.thaw import chosen_day

    with reading(desk.database) as connection:
        day = chosen_day(connection, name)
    return _freeze(desk, name, day, reason)


def freeze_by_itself(desk: Desk, name: str, day: datetime | None) -> bool:
    """Fix an approved issue whose time has come: at its slot, or on the `day` that was set for it.

    A new verdict of the doctor is made where the last is no good. False when it was frozen before.
    """
    return _freeze(desk, name, day, by_itself=True)


def _freeze(
    desk: Desk,
    name: str,
    day: datetime | None,
    reason: str | None = None,
    *,
    by_itself: bool = False,
) -> bool:
    from newsroom.jobs.issue.freezing import freeze_issue as freeze
    from newsroom.jobs.issue.rehearse import nowhere, require_sound
    from newsroom.wiring.before_sending import made_for_now
    from newsroom.wiring.fit_to_send import require_doctor

    def compose() -> Edition:
        made = made_for_now(desk, name)
        edition = made.edition(desk.clock(), reason)
        require_sound(gone_through(desk, edition, made.at, nowhere))
        return edition

    clock = desk.shared_clock
    fit = partial(require_doctor, desk, name, reason, by_itself=by_itself)
    lanes = partial(_lanes, desk, clock())
    return freeze(
        desk.database, name, compose, desk.site.sending, clock, day=day, fit=fit, lanes=lanes
    )


def _lanes(desk: Desk, now: datetime) -> Callable[[str], str]:
    """Who takes whose mail; the DNS is asked only where mail leaves this machine."""
    from newsroom.jobs.issue.find_lanes import find_lanes
    from newsroom.outside.name_servers.mail_exchangers import first_exchangers
    from newsroom.outside.name_servers.resolver import resolver_for

    resolver = partial(resolver_for, desk.settings.dns)
    ask = partial(first_exchangers, resolver=resolver)
    is_asked = goes_further(desk.settings.mail)
    return find_lanes(desk.database, desk.site.sending, ask if is_asked else None, now)


def gone_through(desk: Desk, edition: Edition, at: datetime, keep: Keep) -> Rehearsed:
    """Every message of an issue that leaves at `at`, made and given to `keep`."""
    from newsroom.database import reading
    from newsroom.delivery.pace.lane_groups import lane_finder
    from newsroom.jobs.issue.rehearse import Rehearsal

    with reading(desk.database) as connection:
        lane = lane_finder(connection, desk.site.sending.lanes)
        return Rehearsal(edition, desk.site, desk.keys, lane, at).run(connection, keep)


def put_on_the_web(desk: Desk, name: str) -> None:
    """Mark an issue's file as sent and publish it: before its first mail leaves."""
    from newsroom.jobs.issue.issue_page import publish_issue

    made, frozen = _as_frozen(desk, name)
    publish_issue(desk.settings.root, made, frozen, partial(website.publish, desk), desk.clock())


def require_frozen_text(desk: Desk, name: str) -> None:
    """Pass when an issue says what was frozen. Raises what putting it on the web would."""
    from newsroom.jobs.issue.issue_page import require_frozen_text as require

    require(*_as_frozen(desk, name))


def _as_frozen(desk: Desk, name: str) -> tuple[Proof, str | None]:
    """An issue made up as it was when it was frozen, and the hash of what was.

    Days may have passed since, and change nothing.
    """
    from newsroom.database import reading
    from newsroom.delivery.ledger.freeze import frozen_at
    from newsroom.delivery.sending.course import frozen_hash

    with reading(desk.database) as connection:
        frozen, at = frozen_hash(connection, name), frozen_at(connection, name)
    return proof(desk, name, at), frozen


def goes_further(mail: str) -> bool:
    """Whether mail goes further than this machine: a catcher listens on a port of its own."""
    where = urlsplit(mail)
    if where.scheme == "folder":
        return False
    return where.hostname not in _HERE or where.port in _MAIL_PORTS
