"""No issue leaves without a good verdict of today on the set-up as it is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.database.doctor_runs import DoctorRun, last_doctor_run, runs_since
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.doctor.house_call import AHEAD, Leaving, house_call, leaving_next, memo_of
from newsroom.jobs.doctor.verdicts import (
    Demand,
    keep_verdict,
    look_again,
    require_good_verdict,
)
from newsroom.model.checkup import Check, check_of, fault, fine, warning
from newsroom.model.saying import lines, say
from tests.jobs.doctor.zones import SITE

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
GOOD = (check_of("dns-spf", [fine(say("{domain}: in order", domain="example.se"))]),)
WARNED = (check_of("dns-dmarc", [warning(say("p=none"), say("write p=reject"))]),)
BAD = (
    *GOOD,
    check_of("dns-dmarc", [fault(say("no DMARC record"), say("publish one"))]),
    check_of("relay-login", [fault(say("the login is refused"))]),
)


def demand(now: datetime = NOW, configuration: str = "as it is") -> Demand:
    """What an issue needs at a time."""
    return Demand("2026-host", configuration, DAY, now, SITE.timezone)


@pytest.mark.parametrize("checks", [GOOD, WARNED])
def test_a_good_verdict_lets_it_leave(either_database: Engine, checks: tuple[Check, ...]) -> None:
    """With a verdict of today that found nothing worse than a warning an issue may leave."""
    keep_verdict(either_database, checks, "as it is", NOW - DAY)

    require_good_verdict(either_database, demand())


@pytest.mark.parametrize(
    ("checks", "at", "configuration", "told"),
    [
        (None, NOW, "as it is", "nobody has looked"),
        (BAD, NOW - HOUR, "as it is", "no DMARC record; publish one; the login is refused"),
        (GOOD, NOW - DAY - timedelta(seconds=1), "as it is", "too old"),
        (GOOD, NOW - HOUR, "as it was", "was changed after it was looked at on 2026-12-01 08:00"),
    ],
)
def test_any_other_does_not(
    either_database: Engine,
    checks: tuple[Check, ...] | None,
    at: datetime,
    configuration: str,
    told: str,
) -> None:
    """Without a verdict, with a failed or an old one, or one on another set-up, nothing leaves."""
    if checks is not None:
        keep_verdict(either_database, checks, configuration, at)

    with pytest.raises(StateError, match=told) as caught:
        require_good_verdict(either_database, demand())

    assert "newsroom doctor" in caught.value.sentence


def test_the_newest_verdict_counts(database: Engine) -> None:
    """A good look after a bad one lets an issue leave, and a bad one after a good one does not."""
    keep_verdict(database, BAD, "as it is", NOW - 2 * HOUR)
    keep_verdict(database, GOOD, "as it is", NOW - HOUR)
    require_good_verdict(database, demand())

    keep_verdict(database, BAD, "as it is", NOW)

    with pytest.raises(StateError):
        require_good_verdict(database, demand())


def test_a_verdict_of_a_time_to_come_says_nothing(either_database: Engine) -> None:
    """A clock that was a year ahead for a while hides no fault that was found since."""
    keep_verdict(either_database, GOOD, "as it is", NOW + 365 * DAY)
    with pytest.raises(StateError, match="nobody has looked"):
        require_good_verdict(either_database, demand())
    keep_verdict(either_database, BAD, "as it is", NOW - HOUR)

    with pytest.raises(StateError, match="no DMARC record"):
        require_good_verdict(either_database, demand())
    with pytest.raises(StateError, match="no DMARC record"):
        look_again(either_database, demand(), Doctor(either_database, BAD))


def test_what_was_found_is_kept(either_database: Engine) -> None:
    """When it was, for which set-up, and a sentence for each fault that can be said in Swedish."""
    kept = keep_verdict(either_database, BAD, "as it is", NOW)

    with reading(either_database) as connection:
        found = last_doctor_run(connection, NOW)
    assert found == kept
    assert found is not None
    assert found.failed == ("no DMARC record; publish one", "the login is refused")


class Doctor:
    """Looks, and remembers how often."""

    def __init__(self, database: Engine, *found: tuple[Check, ...]) -> None:
        self.database = database
        self.found = list(found)
        self.now = NOW
        self.looks = 0

    def __call__(self) -> DoctorRun:
        """The next verdict."""
        self.looks += 1
        checks = self.found.pop(0) if len(self.found) > 1 else self.found[0]
        return keep_verdict(self.database, checks, "as it is", self.now)


def test_at_its_slot_a_verdict_is_made_where_there_is_none(database: Engine) -> None:
    """An issue that leaves by itself asks nobody for what a machine can do."""
    doctor = Doctor(database, GOOD)

    look_again(database, demand(), doctor)
    look_again(database, demand(), doctor)

    assert doctor.looks == 1


def test_at_its_slot_what_was_mended_counts(database: Engine) -> None:
    """A bad verdict is not believed at the slot: it is looked at again."""
    keep_verdict(database, BAD, "as it is", NOW - HOUR)

    look_again(database, demand(), Doctor(database, GOOD))


def test_at_its_slot_a_bad_verdict_holds_it(database: Engine) -> None:
    """What is still wrong at the slot holds the issue, with a line for each fault."""
    with pytest.raises(StateError) as caught:
        look_again(database, demand(), Doctor(database, BAD))

    assert lines(caught.value.sentence) == ("no DMARC record; publish one", "the login is refused")


AWAY = (*GOOD, check_of("relay-connection", [fault(say("nobody answers"), outside=True)]))


def test_at_its_slot_what_is_away_is_tried_again(either_database: Engine) -> None:
    """A relay that is away at the slot holds no issue: it is tried again, and not every minute."""
    doctor = Doctor(either_database, AWAY, GOOD)

    for minutes in (0, 1, 9):
        with pytest.raises(OutsideError, match="nobody answers"):
            look_again(either_database, demand(NOW + minutes * timedelta(minutes=1)), doctor)
    assert doctor.looks == 1
    doctor.now = NOW + timedelta(minutes=11)
    look_again(either_database, demand(doctor.now), doctor)

    assert doctor.looks == 2


def test_at_its_slot_a_fault_of_ours_is_one_although_others_are_away(database: Engine) -> None:
    """With something to mend here the issue is held, whatever is away besides."""
    with pytest.raises(StateError):
        look_again(database, demand(), Doctor(database, (*AWAY, *BAD)))


LEAVING = Leaving("2026-host", NOW + AHEAD)


def call(database: Engine, doctor: Doctor, now: datetime) -> DoctorRun | None:
    """A house call at a time."""
    doctor.now = now
    return house_call(database, LEAVING, "as it is", doctor, now)


def test_of_several_the_first_to_leave_is_looked_after() -> None:
    """What should have left is not waited for, and what leaves in two days not yet."""
    past, soon = Leaving("2026-var", NOW - HOUR), Leaving("2026-sommar", NOW + HOUR)

    assert leaving_next([LEAVING, past, soon], NOW) == soon
    assert leaving_next([past, LEAVING], NOW) == LEAVING
    assert leaving_next([LEAVING], NOW - HOUR) is None


def test_on_the_day_before_it_is_looked_at_once(database: Engine) -> None:
    """While all is well one look in the day before an issue is enough."""
    doctor = Doctor(database, GOOD)

    told = [call(database, doctor, NOW + n * HOUR) for n in range(1, 20)]

    assert doctor.looks == 1
    assert not any(told)


def test_a_look_of_a_time_to_come_is_none(database: Engine) -> None:
    """Who looked while the clock was ahead has not looked on the day before."""
    keep_verdict(database, GOOD, "as it is", LEAVING.at + HOUR)
    doctor = Doctor(database, GOOD)

    call(database, doctor, NOW + HOUR)

    assert doctor.looks == 1


def test_a_passing_trouble_is_not_told(database: Engine) -> None:
    """What an hour later is well again is nobody's business."""
    doctor = Doctor(database, BAD, GOOD)

    told = [call(database, doctor, NOW + n * timedelta(minutes=1)) for n in range(1, 200)]

    assert doctor.looks == 2
    assert not any(told)


def test_what_lasts_is_told(database: Engine) -> None:
    """When two looks an hour apart find faults, the coordinator hears of them."""
    doctor = Doctor(database, BAD)

    told = [call(database, doctor, NOW + n * timedelta(minutes=1)) for n in range(1, 70)]

    (found,) = filter(None, told)
    memo = memo_of(found, LEAVING, "Nyhetsbrev hösten 2026", SITE, NOW)
    assert memo.points == ("no DMARC record; publish one", "the login is refused")
    assert "Nyhetsbrev hösten 2026" in memo.subject
    assert memo.command == "newsroom doctor"
    assert len(memo.kind) <= 16
    assert len(memo.occasion) <= 64


def test_looks_at_another_set_up_do_not_count(database: Engine) -> None:
    """A look at how mail was set up before says nothing of how it is now."""
    keep_verdict(database, GOOD, "as it was", NOW + HOUR)

    with reading(database) as connection:
        assert runs_since(connection, "as it is", NOW, NOW + HOUR) == ()
