from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from newsroom.database import transaction
from newsroom.database.tables import notice
from newsroom.model.single_mail import Purpose
from newsroom.readers.mail_caps import Answer, forget_old, may_mail

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_one_confirmation_a_day_and_three_a_month(either_database: Engine) -> None:
    """The address gets a mail today, again tomorrow and the day after, then none for a month."""
    answers = []
    for day in range(32):
        with either_database.begin() as connection:
            now = NOW + timedelta(days=day)
            answers += [may_mail(connection, KEYS, "a@example.se", Purpose.CONFIRM, now)]
            assert may_mail(connection, KEYS, "a@example.se", Purpose.CONFIRM, now) == Answer.ENOUGH

    sent = [day for day, answer in enumerate(answers) if answer == Answer.YES]
    assert sent == [0, 1, 2, 30, 31]


def test_kinds_and_addresses_are_counted_apart(database: Engine) -> None:
    """A confirmation to one does not stop a link to the same, nor a confirmation to another."""
    with database.begin() as connection:
        may_mail(connection, KEYS, "a@example.se", Purpose.CONFIRM, NOW)

        assert may_mail(connection, KEYS, "a@example.se", Purpose.LINK, NOW) == Answer.YES
        assert may_mail(connection, KEYS, "b@example.se", Purpose.CONFIRM, NOW) == Answer.YES


def test_a_new_secret_does_not_empty_the_count(database: Engine) -> None:
    """What was sent under the old secret still counts."""
    with database.begin() as connection:
        may_mail(connection, [b"old"], "a@example.se", Purpose.CONFIRM, NOW)

        answer = may_mail(connection, [b"new", b"old"], "a@example.se", Purpose.CONFIRM, NOW)

    assert answer == Answer.ENOUGH


def test_a_flood_is_stopped_for_everybody(database: Engine) -> None:
    """After sixty mails in an hour none goes to anybody for an hour; the first no is an alarm."""
    with database.begin() as connection:
        answers = [
            may_mail(connection, KEYS, f"{number}@example.se", Purpose.CONFIRM, NOW)
            for number in range(70)
        ]
        later = NOW + timedelta(hours=1)
        after = may_mail(connection, KEYS, "later@example.se", Purpose.CONFIRM, later)

    assert answers.count(Answer.YES) == 60
    assert answers[60:] == [Answer.ALARM] + [Answer.FLOOD] * 9
    assert after == Answer.YES


def test_a_flood_that_goes_on_is_one_alarm_a_day(either_database: Engine) -> None:
    """Whoever presses without end wakes the coordinator once, and has sixty mails in two hours."""
    with transaction(either_database) as connection:
        answers = [
            may_mail(
                connection,
                KEYS,
                f"{number}@example.se",
                Purpose.CONFIRM,
                NOW + number * timedelta(seconds=40),
            )
            for number in range(2000)
        ]
        tomorrow = NOW + timedelta(days=2)
        for number in range(60):
            may_mail(connection, KEYS, f"{number}@example.net", Purpose.CONFIRM, tomorrow)
        last = may_mail(connection, KEYS, "last@example.net", Purpose.CONFIRM, tomorrow)

    assert answers.count(Answer.ALARM) == 1
    assert answers.count(Answer.YES) <= 60 * 14
    assert last == Answer.ALARM


def test_old_notices_are_forgotten(database: Engine) -> None:
    """What no cap looks at is not kept."""
    with database.begin() as connection:
        may_mail(connection, KEYS, "a@example.se", Purpose.CONFIRM, NOW - timedelta(days=30))
        may_mail(connection, KEYS, "b@example.se", Purpose.CONFIRM, NOW - timedelta(days=29))

        forget_old(connection, NOW)

        assert connection.scalar(select(func.count()).select_from(notice)) == 1
