"""Which mails the approvers were sent, each once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.desk_mails import (
    LEASE,
    DeskMail,
    News,
    claim_mail,
    first_told,
    is_untold,
    note_taken,
    release_mail,
    who_were_told,
)
from tests.delivery.sample_ledger import NOW

MAIL = DeskMail("2026-var", News.HELD, "2026-06-02", "anna-ek")


def claimed(database: Engine, mail: DeskMail = MAIL, after: timedelta = timedelta(0)) -> bool:
    """Whether it is ours to send, so long after now."""
    with transaction(database) as connection:
        return claim_mail(connection, mail, NOW + after)


def test_of_many_processes_one_sends_it(either_database: Engine) -> None:
    """However many ask at the same moment, one is told yes."""
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: claimed(either_database), range(24)))

    assert sum(answers) == 1


def test_another_occasion_is_another_mail(database: Engine) -> None:
    """The same news of another slot, to another person or of another issue is told, too."""
    others = (
        replace(MAIL, occasion="2026-12-01"),
        replace(MAIL, contact="bo-berg"),
        replace(MAIL, issue="2026-host"),
        replace(MAIL, news=News.PAUSED),
    )

    assert [claimed(database, mail) for mail in (MAIL, *others, MAIL, *others)] == (
        [True] * 5 + [False] * 5
    )


def test_what_was_not_taken_may_be_sent_again(database: Engine) -> None:
    """A mail that the relay refused is anybody's to send."""
    claimed(database)
    with transaction(database) as connection:
        release_mail(connection, MAIL)

    assert claimed(database)


def test_what_nobody_reports_on_is_sent_again(either_database: Engine) -> None:
    """Who died over a mail leaves it to the next, a quarter of an hour later; three times at most.

    Only then is nobody waiting for it any more.
    """
    again = [claimed(either_database, after=n * LEASE.length / 3) for n in range(12)]

    assert [n for n, is_ours in enumerate(again) if is_ours] == [0, 3, 6]
    with reading(either_database) as connection:
        assert who_were_told(connection, MAIL.issue, MAIL.news, MAIL.occasion) == {"anna-ek"}


def test_what_was_taken_is_not_sent_again(either_database: Engine) -> None:
    """A mail that the relay has is told, whoever asks and whenever."""
    claimed(either_database)
    with reading(either_database) as connection:
        before = who_were_told(connection, MAIL.issue, MAIL.news, MAIL.occasion)
        untold = is_untold(connection, MAIL.issue)
    with transaction(either_database) as connection:
        note_taken(connection, MAIL)

    assert not claimed(either_database, after=10 * LEASE.length)
    with reading(either_database) as connection:
        assert who_were_told(connection, MAIL.issue, MAIL.news, MAIL.occasion) == {"anna-ek"}
        assert not is_untold(connection, MAIL.issue)
    assert (before, untold) == (frozenset(), True)


def test_when_somebody_was_first_told(database: Engine) -> None:
    """The deputy's patience counts from the first mail about it."""
    with transaction(database) as connection:
        assert first_told(connection, "2026-var", News.HELD) is None
        claim_mail(connection, MAIL, NOW)
        claim_mail(connection, replace(MAIL, contact="bo-berg"), NOW + timedelta(days=1))

    with reading(database) as connection:
        assert first_told(connection, "2026-var", News.HELD) == NOW
