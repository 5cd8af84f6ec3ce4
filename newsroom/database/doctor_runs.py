"""The verdicts of the doctor on record: the newest says whether an issue may leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from newsroom.database.tables import doctor_run
from newsroom.model.verdict import Verdict

_KEPT = timedelta(days=400)  # as long as somebody may ask how last year's issue was looked at


@dataclass(frozen=True, slots=True)
class DoctorRun:
    """One look at the whole set-up."""

    at: datetime  # aware, UTC
    configuration: str  # a keyed digest of what it was made for
    verdict: Verdict
    failed: tuple[str, ...] = ()  # a sentence for each failed check

    @property
    def is_good(self) -> bool:
        """Whether nothing was found that keeps mail from arriving."""
        return self.verdict is not Verdict.FAIL


def keep_run(connection: Connection, run: DoctorRun) -> None:
    """Write a verdict down, and let go of those that nobody asks for any more."""
    connection.execute(
        insert(doctor_run).values(
            at=run.at,
            configuration=run.configuration,
            verdict=run.verdict.value,
            told={"failed": run.failed},
        )
    )
    connection.execute(delete(doctor_run).where(doctor_run.c.at < run.at - _KEPT))


def last_run(connection: Connection, configuration: str | None = None) -> DoctorRun | None:
    """The newest verdict, or the newest for one configuration."""
    newest = select(doctor_run).order_by(doctor_run.c.at.desc(), doctor_run.c.id.desc()).limit(1)
    if configuration is not None:
        newest = newest.where(doctor_run.c.configuration == configuration)
    row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    failed = row.told.get("failed", ())
    return DoctorRun(row.at, row.configuration, Verdict(row.verdict), tuple(failed))
