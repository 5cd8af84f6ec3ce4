"""What this newsroom does at which slots of its schedule."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from newsroom.errors import ContentError, NewsroomError, OutsideError, StateError
from newsroom.model.saying import joined, say
from newsroom.wiring import backup_folders, issue_slots, link_slots, website
from newsroom.wiring.channels import require_channels
from newsroom.wiring.restored import UnconfirmedError, once_confirmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from newsroom.jobs.running.tick import Held, Idle, Rota, Verb
    from newsroom.model import Problem, Slot
    from newsroom.wiring.desk import Desk

_IMPLAUSIBLE = timedelta(days=60)  # between two nights of a machine whose clock is right


def make_rota(desk: Desk, is_over: Callable[[], bool] = lambda: False) -> Rota:
    """The schedule, and a verb for each of its jobs that this version does.

    What takes long looks at `is_over` between its steps, and leaves the rest for the next time.
    Raises SettingsError when a channel lacks its secret.
    """
    from newsroom.jobs.running.hands import hands_in
    from newsroom.jobs.running.tick import Rota
    from newsroom.output.next_change import next_change

    require_channels(desk)
    schedule, _ = desk.schedule()
    outward: dict[str, Verb] = {job: verb(desk) for job, verb in _VERBS.items()}
    outward["links"] = partial(link_slots.slot_of_links, desk, schedule, is_over)
    verbs: dict[str, Verb] = {job: partial(once_confirmed, verb) for job, verb in outward.items()}
    verbs.update(issue_slots.issue_verbs(desk, schedule))
    hands = hands_in(desk.settings.var / "locks")
    return Rota(
        schedule,
        verbs,
        desk.database,
        hands.who,
        desk.clock,
        desk.site.language,
        hands,
        desk.shared_clock,
        moments={
            "publish": partial(next_change, desk.settings.var / "builds"),
            "links": partial(link_slots.next_look, desk, schedule),
        },
        missed=dict(issue_slots.issues_missed(desk, schedule)),
    )


class _Publishing:
    """Publishes; it is news when readers find something else, or when more or less is to mend."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._to_mend = 0  # the last time

    def __call__(self, _slot: Slot) -> str | Idle:
        from newsroom.jobs.running.tick import Idle
        from newsroom.jobs.site.publish import publishing_note

        published = website.publish(self._desk)
        if published.to_mend and not published.built.pages:
            raise _faults(published.built.problems)
        note, is_news = publishing_note(published), published.to_mend != self._to_mend
        self._to_mend = published.to_mend
        return note if is_news or published.has_changed else Idle(note)


def _faults(problems: Iterable[Problem]) -> ContentError:
    """What keeps every page from being made."""
    from newsroom.model import Severity

    faults = (problem.sentence for problem in problems if problem.severity is Severity.ERROR)
    return ContentError(joined("\n", faults))


def _bounces(desk: Desk, _slot: Slot) -> str | Idle:
    from newsroom.jobs.running.tick import Idle
    from newsroom.wiring import post_in

    try:
        found = post_in.fetch(desk)
    except UnconfirmedError:
        raise
    except StateError as reason:  # no inbox is set: nothing that a person must hear of again
        return Idle(reason.sentence)
    return found.sentence if any(found.counts.values()) else Idle(found.sentence)


def _housekeeping(desk: Desk, slot: Slot) -> str | Idle | Held:
    """Erase what has had its time: people first, whatever is the matter with the folders.

    A clock that is years ahead for a while erases nobody: two slots, one after another, must agree
    about what time it is.
    """
    from newsroom.jobs.readers.expire_readers import expire_readers
    from newsroom.jobs.running.tick import Held, Idle

    now = desk.clock()
    if days := _days_unwatched(desk, slot, now):
        return Held(
            say(
                "the last time was {days} days ago, unless the clock is wrong; so nothing is "
                "erased before the next time",
                days=days,
            )
        )
    erase = partial(expire_readers, desk.database, desk.keys, desk.settings.consents, now)
    number, _ = _all_of(erase, partial(backup_folders.tidy, desk, now))
    note = say("readers expired: {number}", number=number)
    return note if number else Idle(note)


def _all_of(*steps: Callable[[], Any]) -> list[Any]:
    """What each step gives; one that fails keeps none waiting, and is raised at the end."""
    found, faults = list[Any](), list[NewsroomError]()
    for step in steps:
        try:
            found.append(step())
        except NewsroomError as fault:
            faults.append(fault)
    if len(faults) > 1:
        raise OutsideError(joined("\n", (fault.sentence for fault in faults)))
    if faults:
        raise faults[0]
    return found


def _days_unwatched(desk: Desk, slot: Slot, now: datetime) -> int:
    """How many days ago the slot before this one was, when that is implausibly long; else 0."""
    from newsroom.database import reading
    from newsroom.database.job_runs import last_run

    with reading(desk.database) as connection:
        before = last_run(connection, slot.job, slot.due - timedelta(seconds=1))
    gap = now - before.due if before else timedelta(0)
    return gap.days if gap > _IMPLAUSIBLE else 0


def _backup(desk: Desk, _slot: Slot) -> str:
    from newsroom.wiring import keeping

    return keeping.nightly(desk).sentence


_VERBS: Mapping[str, Callable[[Desk], Verb]] = {
    "publish": _Publishing,
    "bounces": lambda desk: partial(_bounces, desk),
    "housekeeping": lambda desk: partial(_housekeeping, desk),
    "backup": lambda desk: partial(_backup, desk),
}
