"""The texts that approvers were shown or said yes to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import monotonic, sleep

from sqlalchemy import Engine, text

from newsroom.database import reading, transaction
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.delivery.approval.reviewed import Reviewed, keep_text, text_before
from tests.delivery.sample_ledger import NOW
from tests.processes import PATIENCE

DAY = timedelta(days=1)


def test_the_last_approved_text_goes_before_the_last_mailed(either_database: Engine) -> None:
    """Where nobody has approved any, the last that was mailed is compared with."""
    with transaction(either_database) as connection:
        keep_text(connection, "2026-var", "h1", {"sv": "Ett"}, NOW)
        keep_text(connection, "2026-var", "h2", {"sv": "Två"}, NOW + DAY)
        assert text_before(connection, "2026-var", "h3") == Reviewed({"sv": "Två"}, NOW + DAY, None)

        keep_approval(connection, Approval("2026-var", "h1", "anna-ek", NOW + 2 * DAY))

    with reading(either_database) as connection:
        before = text_before(connection, "2026-var", "h3")
        of_another = text_before(connection, "2026-host", "h3")
    assert before == Reviewed({"sv": "Ett"}, NOW + 2 * DAY, "anna-ek")
    assert of_another is None


def test_a_text_is_not_compared_with_itself(database: Engine) -> None:
    """Shown again, it is the latest that was mailed, and no difference to itself."""
    with transaction(database) as connection:
        keep_text(connection, "2026-var", "h1", {"sv": "Ett"}, NOW)
        keep_text(connection, "2026-var", "h2", {"sv": "Två"}, NOW + DAY)
        keep_text(connection, "2026-var", "h1", {"sv": "Ett"}, NOW + 2 * DAY)

        before, other = (text_before(connection, "2026-var", each) for each in ("h1", "h2"))

    assert before is not None
    assert other is not None
    assert (before.texts["sv"], other.texts["sv"], other.at) == ("Två", "Ett", NOW + 2 * DAY)


def test_two_who_remember_a_text_at_once(postgres_database: Engine) -> None:
    """Two processes that mail the same text both get on with it, and it is kept once."""
    begun = Event()

    def second() -> None:
        with transaction(postgres_database) as connection:
            begun.set()
            keep_text(connection, "2026-var", "h1", {"sv": "Ett"}, NOW + DAY)

    with ThreadPoolExecutor() as pool:
        with transaction(postgres_database) as connection:
            keep_text(connection, "2026-var", "h1", {"sv": "Ett"}, NOW)
            other = pool.submit(second)
            assert begun.wait(PATIENCE)
            _until_somebody_waits(postgres_database)
        other.result(PATIENCE)

    with reading(postgres_database) as connection:
        assert text_before(connection, "2026-var", "h2") == Reviewed({"sv": "Ett"}, NOW + DAY, None)


def _until_somebody_waits(database: Engine) -> None:
    """Until one transaction is held up by another's row."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    end = monotonic() + PATIENCE
    while True:
        with database.begin() as connection:
            if connection.scalar(waits):
                return
        assert monotonic() < end, "nobody waits for the row"
        sleep(0.02)
