"""What asks for a person, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsroom.database.announcements import AnnouncementState
from newsroom.database.channel_troubles import ChannelTrouble
from newsroom.database.doctor_runs import DoctorRun
from newsroom.database.outbox import MailBacklog
from newsroom.jobs.health.cares import Worry, cares_of, is_well
from newsroom.jobs.health.vitals import Disk, Marks, Vitals
from newsroom.jobs.running.trouble import JobTrouble
from newsroom.model import Slot
from newsroom.model.checkup import CheckVerdict
from newsroom.model.delivery import LaneStatus
from newsroom.model.single_mail import Purpose
from tests.jobs.health.signs import NOW, ROOM, signs, tally

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WELL = signs().marks


def marks(**other: object) -> Marks:
    """Those of a newsroom that is well, but for these."""
    return replace(WELL, **other)  # type: ignore[arg-type]


def trouble(*, lasts: bool) -> JobTrouble:
    """A job that fails."""
    return JobTrouble("publish", NOW - HOUR, 3, "deploy: rsync ended with 23", lasts)


def backlog(age: timedelta) -> MailBacklog:
    """Mails that have waited for so long."""
    return MailBacklog(Purpose.CONFIRM, 2, NOW - age, NOW, "451 4.3.0", "try again later")


@pytest.mark.parametrize(
    "found",
    [
        signs(),
        signs(trouble=(trouble(lasts=False),)),
        signs(marks=Marks()),
        signs(marks=marks(looked=NOW - 10 * MINUTE)),
        signs(marks=marks(outgoing="var/outgoing"), readers=0),
        signs(readers=300),
        signs(marks=marks(backed_up=NOW - 8 * DAY), backup_due=NOW - DAY),
        signs(marks=marks(backed_up=NOW - 6 * DAY), backup_due=NOW + DAY),
        signs(marks=marks(backed_up=None)),
        signs(mails=(backlog(30 * MINUTE),)),
        signs(issues=(tally("sending", frozen=2, accepted=1, deferred=1),)),
        signs(issues=(tally("done", frozen=2, accepted=1, refused=1),)),
        signs(issues=(tally("approved"), tally("skipped"), tally("cancelled"))),
        signs(
            issues=(
                tally("sending", frozen=1, deferred=1, lanes=(LaneStatus("x", "paused", "421"),)),
            )
        ),
    ],
)
def test_what_passes_by_itself_asks_for_nobody(found: Vitals) -> None:
    """A failure that is being tried again, a host that rests, a machine that was just set up."""
    assert cares_of(found) == ()


@pytest.mark.parametrize(
    ("found", "worry", "about"),
    [
        (signs(trouble=(trouble(lasts=True),)), Worry.JOB, "publish"),
        (signs(marks=marks(looked=NOW - 16 * MINUTE)), Worry.CLOCK, ""),
        (signs(overdue=(Slot(NOW - HOUR, "publish"),)), Worry.CLOCK, ""),
        (signs(marks=marks(disk=replace(ROOM, free=100_000_000))), Worry.DISK, ""),
        (signs(backup_due=NOW - 3 * DAY), Worry.BACKUP, ""),
        (signs(marks=marks(backed_up=None), backup_due=NOW - 3 * DAY), Worry.BACKUP, ""),
        (signs(mails=(backlog(2 * HOUR),)), Worry.MAILS, ""),
        (signs(mails=(replace(backlog(MINUTE), refused=True),)), Worry.MEMOS, ""),
        (signs(marks=marks(unusable_since=NOW - MINUTE)), Worry.SETTINGS, ""),
        (signs(issues=(tally("done", frozen=2, accepted=1),)), Worry.LEDGER, "2026-var"),
    ],
)
def test_what_is_the_machines_makes_a_monitor_ring(found: Vitals, worry: Worry, about: str) -> None:
    """Each is told once, of what it is about."""
    (care,) = cares_of(found)

    assert (care.worry, care.about) == (worry, about)
    assert not is_well([care])


@pytest.mark.parametrize(
    ("found", "worry"),
    [
        (signs(issues=(tally("paused", note="the relay refuses the login"),)), Worry.PAUSED),
        (signs(issues=(tally("drafted"),)), Worry.APPROVAL),
        (signs(issues=(tally("sending", frozen=1, unknown=1),)), Worry.UNKNOWN),
        (signs(asking=("2026-var",)), Worry.GO),
        (signs(issues=(tally("sending", frozen=1, pending=1, silent_since=NOW),)), Worry.SENDER),
        (
            signs(
                issues=(
                    tally(
                        "sending", frozen=1, deferred=1, lanes=(LaneStatus("x", "stopped", "550"),)
                    ),
                )
            ),
            Worry.LANE,
        ),
    ],
)
def test_what_is_the_desks_rings_nowhere(found: Vitals, worry: Worry) -> None:
    """An issue waits for somebody's word: the machine does all that it should."""
    (care,) = cares_of(found)

    assert (care.worry, care.about) == (worry, "2026-var")
    assert is_well([care])


def test_mail_that_only_goes_to_a_folder_is_the_desks_as_soon_as_there_is_a_reader() -> None:
    """Whoever signs up gets no mail, and an issue would count as accepted: it is said, and how."""
    (care,) = cares_of(signs(marks=marks(outgoing="var/outgoing"), readers=17))

    assert (care.worry, care.number, care.note) == (Worry.OUTGOING, 17, "var/outgoing")
    assert is_well([care])


def test_a_restore_waits_for_a_word_of_the_desk() -> None:
    """Until somebody says that it is the database to go on with; a monitor has nothing to ring."""
    (care,) = cares_of(signs(restored=NOW - HOUR))

    assert (care.worry, care.since) == (Worry.RESTORED, NOW - HOUR)
    assert is_well([care])


@pytest.mark.parametrize(
    ("state", "asks"),
    [
        (AnnouncementState.WAITING, False),
        (AnnouncementState.FAILED, True),
        (AnnouncementState.UNKNOWN, True),
    ],
)
def test_news_that_was_not_announced(state: AnnouncementState, asks: bool) -> None:  # noqa: FBT001
    """What is tried again by itself asks for nobody; the rest does, by the channel's name."""
    found = signs(channels=(ChannelTrouble("slack", state, 2, NOW - HOUR, "403"),))

    cares = [(care.worry, care.about, care.number) for care in cares_of(found)]

    assert cares == ([(Worry.CHANNEL, "slack", 2)] if asks else [])


@pytest.mark.parametrize("verdict", CheckVerdict)
def test_only_a_failed_verdict_asks_for_somebody(verdict: CheckVerdict) -> None:
    """A warning is advice, and what nobody can know is nobody's fault."""
    failed = ("no SPF record", "no DMARC record") if verdict is CheckVerdict.FAIL else ()
    found = signs(doctor=DoctorRun(NOW, "x", verdict, failed))

    cares = [(care.worry, care.number, care.note) for care in cares_of(found)]

    assert cares == ([(Worry.DOCTOR, 2, "no SPF record")] if failed else [])


def test_faults_of_another_set_up_ask_for_nobody() -> None:
    """What the doctor found before mail was set up otherwise may have been mended with that."""
    run = DoctorRun(NOW, "as it was", CheckVerdict.FAIL, ("no SPF record",))

    assert not cares_of(signs(doctor=run, marks=marks(mail_setup="as it is")))


def test_what_is_the_machines_comes_first() -> None:
    """Whoever reads only the first line reads what cannot wait."""
    found = signs(
        issues=(tally("paused"),),
        mails=(backlog(2 * HOUR), backlog(3 * HOUR)),
        marks=marks(disk=Disk(1, 2)),
    )

    told = [(care.worry, care.number) for care in cares_of(found)]

    assert told == [(Worry.DISK, 1), (Worry.MAILS, 4), (Worry.PAUSED, 0)]
