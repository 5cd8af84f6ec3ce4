"""What asks for a person: at the desk, or where the machine is looked after.

Silence is never success, and a word too many is not heard: what the bot tries again by itself is
no care before it has gone on for too long.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.database.announcements import TROUBLED
from newsroom.database.channel_troubles import ChannelTrouble
from newsroom.database.doctor_runs import DoctorRun
from newsroom.database.outbox import MailBacklog
from newsroom.jobs.health.vitals import Marks, Vitals
from newsroom.model.delivery import Counts
from newsroom.model.issue_state import IssueState
from newsroom.model.matter import Matter

_NOBODY_LOOKS = timedelta(minutes=15)
_MAILS_WAIT = timedelta(hours=1)
_LEAST_FREE = 500 * 1024 * 1024  # bytes: a build, a backup and a day of mail have room in it
_BACKUP_LATE = timedelta(days=2)  # after the slot that should have made it


class Worry(StrEnum):
    """What is the matter. A word for programs: monitors know it by this."""

    JOB = "job"  # a job fails
    CLOCK = "clock"  # nobody does what is due
    BACKUP = "backup"  # one is long due
    DISK = "disk"  # little room is left
    MAILS = "mails"  # single mails wait for long
    MEMOS = "memos"  # the coordinator's address is refused, so nobody hears what goes wrong
    LEDGER = "ledger"  # an issue's numbers do not add up
    SETTINGS = "settings"  # the files cannot be used, and a running bot goes by older ones
    OUTGOING = "outgoing"  # there are readers, and mail is only written to a folder
    RESTORED = "restored"  # the database was brought back, and waits for a person's word
    PAUSED = "paused"  # an issue waits for a person's word
    SENDER = "sender"  # an issue is on its way, and nobody sends it
    UNKNOWN = "unknown"  # nobody knows whether copies arrived
    LANE = "lane"  # a group of hosts refuses us
    GO = "go"  # the first readers have an issue, and the rest waits for a go
    APPROVAL = "approval"  # an issue waits for a yes
    HELD = "held"  # an issue that has its yes did not leave at its time, and has no other
    LEFT_OUT = "left_out"  # files that the last backup could not take along
    UNDRAFTED = "undrafted"  # the day of an issue's draft went by
    CHANNEL = "channel"  # news was not announced, or nobody knows whether it was
    DOCTOR = "doctor"  # something that mail stands on is not as it should be
    CONTENT = "content"  # a file has a fault
    GONE = "gone"  # files of published pages are gone

    @property
    def is_of_the_machine(self) -> bool:
        """Whether a monitor should ring; else somebody at the desk has something to do."""
        return self in _OF_THE_MACHINE


_OF_THE_MACHINE = frozenset(
    {
        *(Worry.JOB, Worry.CLOCK, Worry.BACKUP, Worry.DISK),
        *(Worry.MAILS, Worry.MEMOS, Worry.LEDGER, Worry.SETTINGS),
    }
)


@dataclass(frozen=True, slots=True)
class Care:
    """One thing that asks for a person. Only the note may hold what somebody else has said."""

    worry: Worry
    about: str = ""  # the job, the issue or the channel, where there are several
    since: datetime | None = None
    number: int = 0  # how many, where that says something
    note: str | None = None  # why, for people; nothing that a monitor is told
    matter: Matter | None = None  # what that is about, where more hangs on it


def cares_of(vitals: Vitals) -> tuple[Care, ...]:
    """What asks for a person, as far as the vital signs tell; that of the machine first."""
    found = (
        *_of_jobs(vitals),
        *_of_marks(vitals.marks, vitals),
        *_of_mails(vitals.mails, vitals.at),
        *_of_way_out(vitals),
        *_of_restore(vitals.restored),
        *(care for tally in vitals.issues for care in _of_issue(tally)),
        *(Care(Worry.GO, name) for name in vitals.asking),
        *_of_channels(vitals.channels),
        *_of_doctor(vitals.doctor, vitals.marks.mail_setup),
    )
    return in_order(found)


def in_order(cares: Iterable[Care]) -> tuple[Care, ...]:
    """First what is the machine's; else as they came."""
    return tuple(sorted(cares, key=lambda care: not care.worry.is_of_the_machine))


def is_well(cares: Iterable[Care]) -> bool:
    """Whether the machine does what it should; the desk may have something to do all the same."""
    return not any(care.worry.is_of_the_machine for care in cares)


def _of_jobs(vitals: Vitals) -> Iterator[Care]:
    """Jobs that fail for so long that the coordinator was told, and slots that nobody begins."""
    for trouble in vitals.trouble:
        if trouble.lasts:
            yield Care(Worry.JOB, trouble.job, trouble.since, trouble.failures, trouble.note)
    looked = vitals.marks.looked
    if looked is not None and vitals.at - looked > _NOBODY_LOOKS:
        yield Care(Worry.CLOCK, since=looked)
    elif vitals.overdue:
        yield Care(Worry.CLOCK, since=min(slot.due for slot in vitals.overdue))


def _of_marks(marks: Marks, vitals: Vitals) -> Iterator[Care]:
    if marks.disk is not None and marks.disk.free < _LEAST_FREE:
        yield Care(Worry.DISK, number=marks.disk.free)
    if marks.unusable_since is not None:
        yield Care(Worry.SETTINGS, since=marks.unusable_since)
    if vitals.backup_due is not None and vitals.at - vitals.backup_due > _BACKUP_LATE:
        yield Care(Worry.BACKUP, since=marks.backed_up)
    if marks.left_out:
        first, number = marks.left_out[0], len(marks.left_out)
        yield Care(Worry.LEFT_OUT, since=marks.backed_up, number=number, note=first)


def _of_channels(channels: Sequence[ChannelTrouble]) -> Iterator[Care]:
    """What is not announced again by itself."""
    for one in channels:
        if one.state in TROUBLED:
            yield Care(Worry.CHANNEL, one.channel, one.since, one.count, one.reason)


def _of_doctor(found: DoctorRun | None, mail_setup: str | None) -> Iterator[Care]:
    """Faults of the set-up as it is; those of another one may have been mended with it."""
    if found is not None and found.is_of(mail_setup) and not found.is_good:
        note = found.failed[0] if found.failed else None
        yield Care(Worry.DOCTOR, since=found.at, number=len(found.failed), note=note)


def _of_mails(mails: Sequence[MailBacklog], now: datetime) -> Iterator[Care]:
    """Memos that are refused, and mails that wait too long: one care each, for all reasons."""
    refused = [one for one in mails if one.refused]
    old = [one for one in mails if not one.refused and now - one.since > _MAILS_WAIT]
    for worry, found in ((Worry.MEMOS, refused), (Worry.MAILS, old)):
        if found:
            first = min(found, key=lambda one: one.since)
            number = sum(one.number for one in found)
            yield Care(worry, since=first.since, number=number, note=first.reason or first.code)


def _of_way_out(vitals: Vitals) -> Iterator[Care]:
    """Mail that reaches nobody, once there is somebody to reach."""
    if vitals.marks.outgoing is not None and vitals.readers:
        yield Care(Worry.OUTGOING, number=vitals.readers, note=vitals.marks.outgoing)


def _of_restore(restored: datetime | None) -> Iterator[Care]:
    if restored is not None:
        yield Care(Worry.RESTORED, since=restored)


def _of_issue(tally: Counts) -> Iterator[Care]:
    if not tally.adds_up:
        yield Care(Worry.LEDGER, tally.issue)
    if tally.state == IssueState.PAUSED:
        yield Care(Worry.PAUSED, tally.issue, note=tally.note, matter=tally.matter)
    if tally.state == IssueState.DRAFTED:
        yield Care(Worry.APPROVAL, tally.issue, note=tally.note)
    if tally.state == IssueState.APPROVED and tally.held is not None:
        yield Care(Worry.HELD, tally.issue, tally.held.at, note=tally.held.reason)
    if tally.silent_since is not None:
        yield Care(Worry.SENDER, tally.issue, tally.silent_since)
    if tally.unknown:
        yield Care(Worry.UNKNOWN, tally.issue, number=tally.unknown)
    stopped = [lane for lane in tally.lanes if lane.state == "stopped"]
    if stopped:
        yield Care(Worry.LANE, tally.issue, number=len(stopped), note=stopped[0].reason)
