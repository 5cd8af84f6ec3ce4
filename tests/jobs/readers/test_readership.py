from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, text

from newsroom.database import transaction
from newsroom.database.tables import issue
from newsroom.jobs.readers.import_subscribers import ListFile, import_subscribers
from newsroom.jobs.readers.readership import readership
from newsroom.model import SubscriberState
from newsroom.model.readership import Month
from newsroom.readers import erasure, standing, subscribers
from newsroom.readers.suppression import Reason

KEYS = (b"secret",)
ZONE = ZoneInfo("Europe/Stockholm")
MARCH = datetime(2026, 3, 10, 9, tzinfo=UTC)
MAY = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # in Stockholm it is June


def take_in(database: Engine, *names: str) -> None:
    """People who come on the list in March."""
    content = "\n".join(("email", *(f"{name}@example.se" for name in names))).encode()
    import_subscribers(database, KEYS, ListFile("l.csv", content, "Ja", "sv"), MARCH)


def test_months_are_counted_by_the_log(either_database: Engine) -> None:
    """Who came, who went and how many were left, each month of the site's zone, quiet ones too."""
    take_in(either_database, *"abcdef")
    with transaction(either_database) as connection:
        people = {one.email[0]: one for one in subscribers.everyone(connection)}
        standing.leave(connection, people["a"], "web", "page", MAY)
        standing.keep_out(connection, KEYS, "b@example.se", Reason.BOUNCED, MAY)
        standing.keep_out(connection, KEYS, "c@example.se", Reason.BOUNCED, MAY)
        standing.let_in_again(connection, KEYS, "c@example.se", MAY + timedelta(days=40))
        erasure.erase(connection, KEYS, "d@example.se", MAY)

    found = readership(either_database, ZONE, MAY + timedelta(days=40))

    assert found.months == (
        Month(date(2026, 3, 1), joined=6, left=0, kept_out=0, active=6),
        Month(date(2026, 4, 1), joined=0, left=0, kept_out=0, active=6),
        Month(date(2026, 5, 1), joined=0, left=0, kept_out=0, active=6),
        Month(date(2026, 6, 1), joined=0, left=2, kept_out=2, active=2),
        Month(date(2026, 7, 1), joined=1, left=0, kept_out=0, active=3),
    )
    assert found.months[-1].active == found.states[SubscriberState.ACTIVE] == 3
    assert found.languages == {"sv": 3}


def test_a_bounce_of_somebody_who_had_left_changes_nothing(database: Engine) -> None:
    """They were not counted before, and are not when the bounce is taken back."""
    take_in(database, "a", "b")
    with transaction(database) as connection:
        person = subscribers.find(connection, "a@example.se")
        assert person is not None
        standing.leave(connection, person, "web", "page", MARCH)
        standing.keep_out(connection, KEYS, "a@example.se", Reason.BOUNCED, MARCH)
        standing.let_in_again(connection, KEYS, "a@example.se", MARCH)

    found = readership(database, ZONE, MARCH)

    assert [(m.joined, m.left, m.kept_out, m.active) for m in found.months] == [(2, 1, 0, 1)]
    assert found.states[SubscriberState.ACTIVE] == 1


def test_who_leaves_after_a_bounce_does_not_come_back_with_it(database: Engine) -> None:
    """The figures agree with the list: taken back is the bounce, not the leaving."""
    take_in(database, "a", "b")
    with transaction(database) as connection:
        standing.keep_out(connection, KEYS, "a@example.se", Reason.BOUNCED, MARCH)
        person = subscribers.find(connection, "a@example.se")
        assert person is not None
        standing.leave(connection, person, "web", "page", MARCH)
        standing.let_in_again(connection, KEYS, "a@example.se", MARCH)

    found = readership(database, ZONE, MARCH)

    assert [(m.joined, m.left, m.kept_out, m.active) for m in found.months] == [(2, 0, 1, 1)]
    assert found.states[SubscriberState.ACTIVE] == 1


def test_an_empty_newsroom_has_no_months(database: Engine) -> None:
    """Nobody, nothing sent, and a whole log of nothing."""
    found = readership(database, ZONE, MARCH)

    assert (found.months, found.issues, found.entries, found.broken) == ((), (), 0, None)


def test_issues_stand_in_the_order_of_their_sending(database: Engine) -> None:
    """An issue that was never frozen is no issue yet."""
    with transaction(database) as connection:
        for name, frozen in (("2026-host", MAY), ("2026-var", MARCH), ("2027-var", None)):
            row = {"name": name, "state": "done", "frozen_at": frozen, "recipients": 0}
            connection.execute(insert(issue).values(**row, updated=MAY))

    found = readership(database, ZONE, MAY)

    assert [one.issue for one in found.issues] == ["2026-var", "2026-host"]


def test_a_broken_log_is_told_of(database: Engine) -> None:
    """The figures come from it, so whoever reads them hears that it was changed."""
    take_in(database, "a", "b")
    with transaction(database) as connection:
        connection.execute(text("UPDATE consent_event SET method = 'paper' WHERE id = 2"))

    assert readership(database, ZONE, MARCH).broken == 2
