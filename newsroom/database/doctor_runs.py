"""The verdicts of the doctor on record: the newest says whether an issue may leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select

from newsroom.database.past import has_been
from newsroom.database.tables import doctor_run
from newsroom.model.checkup import CheckVerdict

_KEPT = timedelta(days=400)  # as long as somebody may ask how last year's issue was looked at


@dataclass(frozen=True, slots=True)
class DoctorRun:
    """One look at the whole set-up."""

    at: datetime  # aware, UTC
    configuration: str  # a keyed digest of what it was made for
    verdict: CheckVerdict
    failed: tuple[str, ...] = ()  # a sentence for each failed check
    may_pass: bool = False  # all that failed is outside, and may be well in a while by itself

    def is_of(self, configuration: str | None) -> bool:
        """Whether it is a verdict on mail as it is set up now; yes where nobody can tell that."""
        return configuration is None or self.configuration == configuration

    @property
    def is_good(self) -> bool:
        """Whether nothing was found that keeps mail from arriving."""
        return self.verdict is not CheckVerdict.FAIL


def keep_run(connection: Connection, run: DoctorRun) -> None:
    """Write a verdict down, and let go of those that nobody asks for any more."""
    connection.execute(
        insert(doctor_run).values(
            at=run.at,
            configuration=run.configuration,
            verdict=run.verdict.value,
            told={"failed": run.failed, "outside": run.failed if run.may_pass else ()},
        )
    )
    connection.execute(delete(doctor_run).where(doctor_run.c.at < run.at - _KEPT))


def last_doctor_run(connection: Connection, now: datetime) -> DoctorRun | None:
    """The newest verdict, as far as `now`."""
    row = connection.execute(_up_to(now).limit(1)).one_or_none()
    return None if row is None else _run(row)


def runs_since(
    connection: Connection, configuration: str, since: datetime, now: datetime
) -> tuple[DoctorRun, ...]:
    """The verdicts on one set-up that were made after a time, as far as `now`, the newest first."""
    of_it = doctor_run.c.configuration == configuration
    rows = connection.execute(_up_to(now).where(of_it, doctor_run.c.at > since))
    return tuple(map(_run, rows))


def _up_to(now: datetime) -> Select[Any]:
    """The verdicts that are there at a time, the newest first."""
    there = select(doctor_run).where(has_been(doctor_run.c.at, now))
    return there.order_by(doctor_run.c.at.desc(), doctor_run.c.id.desc())


def _run(row: Row[Any]) -> DoctorRun:
    failed, outside = tuple(row.told.get("failed", ())), row.told.get("outside", ())
    return DoctorRun(row.at, row.configuration, CheckVerdict(row.verdict), failed, bool(outside))
