"""Reading the inbox: each mail once, ours put away after they were recorded, others left."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from newsroom.errors import OutsideError
from newsroom.jobs.returned.bounce import Handling
from newsroom.jobs.returned.poll import poll
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import KEYS, came_back, freeze_issues, on_record, verp

LETTER = b"From: asa@kommun.example\nSubject: Hej\n\nTack!\n"


@dataclass(slots=True)
class FakeMailbox:
    """A mailbox in memory that can lose its line."""

    mails: dict[int, bytes]
    validity: int = 1
    name: str = "imaps://studs@mail.example/INBOX"
    put: dict[int, bytes] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    breaks: int = 0  # so many times the line is cut while a mail is moved
    refuses: bool = False  # nothing may be moved
    moves: int = 0  # that were asked for

    def numbers_after(self, uid: int) -> tuple[int, ...]:
        return tuple(sorted(number for number in self.mails if number > uid))

    def read(self, uid: int) -> bytes | None:
        self.seen.append(uid)
        return self.mails[uid]

    def put_away(self, uid: int) -> None:
        self.moves += 1
        if self.refuses:
            raise OutsideError("the server will not")
        if self.breaks:
            self.breaks -= 1
            raise ConnectionResetError("the line was cut")
        self.put[uid] = self.mails.pop(uid)


def test_ours_are_put_away_and_others_left(either_database: Engine) -> None:
    """What was dealt with moves; what is a person's to read stays where it is."""
    freeze_issues(either_database, "2026-var")
    mailbox = FakeMailbox({1: LETTER, 2: came_back(to=verp(either_database)), 3: came_back()})

    found = poll(mailbox, either_database, KEYS, NOW)

    assert set(mailbox.mails) == {1, 3}
    assert set(mailbox.put) == {2}
    assert {what: number for what, number in found.counts.items() if number} == {
        Handling.BOUNCED: 1,
        Handling.NAMED: 1,
        Handling.NOT_OURS: 1,
    }


def test_the_next_look_begins_where_the_last_ended(either_database: Engine) -> None:
    """What was read is not read again."""
    mailbox = FakeMailbox({1: LETTER, 2: LETTER})
    poll(mailbox, either_database, KEYS, NOW)
    mailbox.mails[3] = LETTER

    poll(mailbox, either_database, KEYS, NOW)

    assert mailbox.seen == [1, 2, 3]


def test_a_line_that_breaks_loses_nothing(either_database: Engine) -> None:
    """A mail that was recorded and not put away counts once, and the next look reads the rest."""
    freeze_issues(either_database, "2026-var")
    mailbox = FakeMailbox({1: came_back(to=verp(either_database)), 2: LETTER}, breaks=1)
    with pytest.raises(ConnectionResetError):
        poll(mailbox, either_database, KEYS, NOW)

    again = poll(mailbox, either_database, KEYS, NOW)

    assert mailbox.seen == [1, 2]
    assert len(on_record(either_database)) == 1
    assert again.counts[Handling.NOT_OURS] == 1


def test_a_server_that_moves_nothing_stops_nothing(
    database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Where mails may not be moved all of them are read, each once, and that is told in one line.

    Nobody asks it for each of five hundred mails.
    """
    freeze_issues(database, "2025-host", "2026-var")
    mails = {1: came_back(to=verp(database, "2025-host")), 2: came_back(to=verp(database))}
    mailbox = FakeMailbox({**mails, 3: LETTER}, refuses=True)

    poll(mailbox, database, KEYS, NOW)
    poll(mailbox, database, KEYS, NOW)

    assert (mailbox.seen, set(mailbox.mails), mailbox.moves) == ([1, 2, 3], {1, 2, 3}, 1)
    assert len(on_record(database)) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "what was dealt with stays in the inbox: the server will not"
    ]


def test_no_mail_stops_the_inbox(either_database: Engine) -> None:
    """A made-up token and an address without an end are read like any others, and passed."""
    freeze_issues(either_database, "2026-var")
    endless = f"{'a' * 60}@{'.'.join(['b' * 60] * 6)}.example"
    mails = (
        came_back(to=f"studs+{'7' * 32}@example.se"),
        came_back(named=endless),
        came_back(to=verp(either_database)),
    )
    mailbox = FakeMailbox(dict(enumerate(mails, 1)))

    found = poll(mailbox, either_database, KEYS, NOW)

    assert (found.counts[Handling.NAMED], found.counts[Handling.BOUNCED]) == (2, 1)
    assert set(mailbox.mails) == {1, 2}


def test_what_cannot_be_put_on_record_is_for_a_person(
    postgres_database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """A mail that the database takes in no form is left to look at; of its words none is logged."""
    freeze_issues(postgres_database, "2026-var")
    with postgres_database.begin() as connection:
        connection.execute(text("ALTER TABLE incoming ALTER COLUMN email TYPE varchar(30)"))
    long = f"{'a' * 40}@kommun.example"
    mailbox = FakeMailbox({1: came_back(named=long), 2: came_back(to=verp(postgres_database))})

    found = poll(mailbox, postgres_database, KEYS, NOW)

    assert (found.counts[Handling.NAMED], found.counts[Handling.BOUNCED]) == (1, 1)
    assert mailbox.seen == [1, 2]
    assert "DataError" in caplog.text
    assert long not in caplog.text


def test_mails_wait_for_a_database_that_is_away(either_database: Engine) -> None:
    """What cannot be put on record now is read by the next look; no mail is to blame for it."""
    freeze_issues(either_database, "2026-var")
    mailbox = FakeMailbox({1: came_back(to=verp(either_database))})
    with either_database.begin() as connection:
        connection.execute(text("ALTER TABLE incoming RENAME TO away"))
    with pytest.raises((OperationalError, ProgrammingError)):
        poll(mailbox, either_database, KEYS, NOW)
    with either_database.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO incoming"))

    assert poll(mailbox, either_database, KEYS, NOW).counts[Handling.BOUNCED] == 1


def test_a_server_that_numbers_anew_changes_nothing(either_database: Engine) -> None:
    """After a change of UIDVALIDITY everything is read again, and nothing counts twice."""
    freeze_issues(either_database, "2026-var")
    mailbox = FakeMailbox({7: came_back()})
    poll(mailbox, either_database, KEYS, NOW)
    mailbox.validity, mailbox.mails = 2, {1: mailbox.mails[7], 2: LETTER}

    again = poll(mailbox, either_database, KEYS, NOW)

    assert mailbox.seen == [7, 1, 2]
    assert again.counts[Handling.NAMED] == 0
