"""Runs the doctor: all checks or some groups, its verdict on record, a received message judged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.wiring.mail_setup import configuration, setup_of
from newsroom.wiring.newsletter import proof

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from newsroom.database.doctor_runs import DoctorRun
    from newsroom.jobs.doctor.received_links import LetterContent
    from newsroom.model.checkup import Check
    from newsroom.wiring.desk import Desk

GROUPS = ("dns", "relay", "site", "machine", "receivers")


def examine(
    desk: Desk, only: Collection[str] = (), selectors: Sequence[str] = ()
) -> tuple[Check, ...]:
    """Look at everything, or at some of the groups; `selectors` are keys that a relay signs with.

    Raises ContentError for a site.yaml with faults.
    """
    from newsroom.jobs.doctor.unknowable import unknowable_checks
    from newsroom.outside.name_servers.resolver import Dns
    from newsroom.wiring import doctor_checks

    setup, dns = setup_of(desk, selectors), Dns(desk.settings.dns)
    groups: dict[str, Callable[[], Iterator[Check]]] = {
        "dns": lambda: doctor_checks.look_at_dns(dns, setup),
        "relay": lambda: doctor_checks.look_at_the_way_out(desk, setup),
        "site": lambda: doctor_checks.look_at_the_site(desk),
        "machine": lambda: doctor_checks.look_at_the_machine(desk, setup),
        "receivers": lambda: iter(unknowable_checks()),
    }
    return tuple(check for name in GROUPS if not only or name in only for check in groups[name]())


def examine_and_keep(desk: Desk) -> tuple[tuple[Check, ...], DoctorRun]:
    """Look at everything, and write down the verdict."""
    from newsroom.jobs.doctor.verdicts import keep_verdict

    checks = examine(desk)
    return checks, keep_verdict(desk.database, checks, configuration(desk), desk.clock())


def judge_message(
    desk: Desk, raw: bytes, named: str, selectors: Sequence[str] = ()
) -> tuple[Check, ...]:
    """Judge a message that was received. Raises StateError for a file that holds none."""
    from newsroom.jobs.doctor.received import received_checks
    from newsroom.jobs.doctor.received_message import read_message
    from newsroom.outside.name_servers.resolver import Dns

    received, setup = read_message(raw, named), setup_of(desk, selectors)
    ask = Dns(desk.settings.dns).ask
    return tuple(received_checks(received, desk.site, ask, setup.keys, partial(_sent, desk)))


def _sent(desk: Desk, name: str) -> LetterContent | None:
    """What an issue's letters lead to and show; None of one that cannot be made up."""
    from newsroom.jobs.doctor.received_links import letter_content

    try:
        made = proof(desk, name)
    except NewsroomError:
        return None
    return letter_content(tuple(letter.html for letter in made.letters.values()))
