"""What has had its time is erased each night, and nobody because a clock jumped."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.job_runs import JobRun, claim_slot
from newsroom.errors import NewsroomError, OutsideError, StateError
from newsroom.jobs.running.housekeeping import Housekeeping
from newsroom.jobs.running.rota import Held, Idle
from newsroom.model import Slot

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SLOT, DAY = Slot(NOW, "housekeeping"), timedelta(days=1)
CHANGED, REFUSED = StateError("the log was changed"), OutsideError("var: it is in use")


def _nobody(_now: datetime) -> int:
    return 0


def _fails(fault: NewsroomError) -> Callable[[datetime], int]:
    def fail(_now: datetime) -> int:
        raise fault

    return fail


def _at_night(database: Engine, erase: Callable[[datetime], int] = _nobody) -> Housekeeping:
    return Housekeeping(database, erase, _nobody, lambda: NOW)


def test_it_is_news_when_somebody_was_erased(database: Engine) -> None:
    """A night on which nobody was is worth no line in the log."""
    assert _at_night(database)(SLOT) == Idle("readers expired: 0")
    assert _at_night(database, lambda _now: 2)(SLOT) == "readers expired: 2"


@pytest.mark.parametrize(("days", "kind"), [(60, str), (61, Held)])
def test_after_an_implausible_silence_nobody_is_erased(
    database: Engine, days: int, kind: type
) -> None:
    """A machine was off for two months, or its clock is wrong: the next night will tell."""
    erased = list[datetime]()

    def erase(now: datetime) -> int:
        erased.append(now)
        return 1

    before = NOW - days * DAY
    with transaction(database) as connection:
        claim_slot(connection, JobRun("housekeeping", before, "done", before))

    told = _at_night(database, erase)(SLOT)

    assert isinstance(told, kind)
    assert erased == ([NOW] if kind is str else [])


@pytest.mark.parametrize(
    ("erase", "tidy", "told"),
    [
        (_fails(CHANGED), _nobody, CHANGED.sentence),
        (_nobody, _fails(REFUSED), REFUSED.sentence),
        (_fails(CHANGED), _fails(REFUSED), f"{CHANGED.sentence}\n{REFUSED.sentence}"),
    ],
)
def test_every_fault_of_a_night_is_told(
    database: Engine,
    erase: Callable[[datetime], int],
    tidy: Callable[[datetime], int],
    told: str,
) -> None:
    """People and folders keep one another from nothing."""
    with pytest.raises(NewsroomError) as caught:
        Housekeeping(database, erase, tidy, lambda: NOW)(SLOT)

    assert caught.value.sentence == told
