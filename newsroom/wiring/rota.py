"""What this newsroom does at which slots of its schedule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.wiring import backup_folders, issue_slots, link_slots, website
from newsroom.wiring.channels import require_channels
from newsroom.wiring.desk import content_error
from newsroom.wiring.restored import UnconfirmedError, once_confirmed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.jobs.running.rota import Idle, Rota, Verb
    from newsroom.model import Slot
    from newsroom.wiring.desk import Desk


def make_rota(desk: Desk, is_over: Callable[[], bool] = lambda: False) -> Rota:
    """The schedule, and a verb for each of its jobs that this version does.

    What takes long looks at `is_over` between its steps, and leaves the rest for the next time.
    Raises SettingsError when a channel lacks its secret.
    """
    from newsroom.jobs.running.hands import hands_in
    from newsroom.jobs.running.rota import Rota
    from newsroom.output.next_change import next_change

    require_channels(desk)
    schedule, _ = desk.schedule()
    outward: dict[str, Verb] = {job: verb(desk) for job, verb in _VERBS.items()}
    laid = backup_folders.backup_folder(desk)  # by the rules that hold, whatever is written later
    outward["backup"] = partial(_backup, desk, laid)
    outward["housekeeping"] = _housekeeping(desk, laid)
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
            **dict(issue_slots.late_drafts(desk, schedule)),
        },
        missed=dict(issue_slots.issues_missed(desk, schedule)),
    )


class _Publishing:
    """Publishes; it is news when readers find something else, or when more or less is to mend."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._to_mend = 0  # the last time

    def __call__(self, _slot: Slot) -> str | Idle:
        from newsroom.jobs.running.rota import Idle
        from newsroom.jobs.site.publish import publishing_note

        published = website.publish(self._desk)
        if published.to_mend and not published.built.pages:
            raise content_error(published.built.problems)
        note, is_news = publishing_note(published), published.to_mend != self._to_mend
        self._to_mend = published.to_mend
        return note if is_news or published.has_changed else Idle(note)


def _bounces(desk: Desk, _slot: Slot) -> str | Idle:
    from newsroom.jobs.running.rota import Idle
    from newsroom.wiring import post_in

    try:
        found = post_in.fetch(desk)
    except UnconfirmedError:
        raise
    except StateError as reason:  # no inbox is set: nothing that a person must hear of again
        return Idle(reason.sentence)
    return found.sentence if any(found.counts.values()) else Idle(found.sentence)


def _housekeeping(desk: Desk, laid: BackupFolder) -> Verb:
    from newsroom.jobs.readers.expire_readers import expire_readers
    from newsroom.jobs.running.housekeeping import Housekeeping

    return Housekeeping(
        desk.database,
        partial(expire_readers, desk.database, desk.keys, desk.settings.consents),
        partial(backup_folders.tidy, desk, laid),
        desk.clock,
    )


def _backup(desk: Desk, laid: BackupFolder, _slot: Slot) -> str:
    from newsroom.wiring import keeping

    return keeping.nightly(desk, laid).sentence


_VERBS: Mapping[str, Callable[[Desk], Verb]] = {
    "publish": _Publishing,
    "bounces": lambda desk: partial(_bounces, desk),
}
