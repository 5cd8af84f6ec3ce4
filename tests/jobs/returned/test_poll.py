"""Reading the inbox: each mail once, ours put away after they were recorded, others left."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine

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
    breaks: int = 0  # so many times a mail cannot be put away

    def numbers_after(self, uid: int) -> tuple[int, ...]:
        return tuple(sorted(number for number in self.mails if number > uid))

    def read(self, uid: int) -> bytes | None:
        self.seen.append(uid)
        return self.mails[uid]

    def put_away(self, uid: int) -> None:
        if self.breaks:
            self.breaks -= 1
            raise ConnectionResetError("the line was cut")
        self.put[uid] = self.mails.pop(uid)


def test_ours_are_put_away_and_others_left(database: Engine) -> None:
    """What was dealt with moves; what is a person's to read stays where it is."""
    freeze_issues(database, "2026-var")
    mailbox = FakeMailbox({1: LETTER, 2: came_back(to=verp(database)), 3: came_back()})

    found = poll(mailbox, database, KEYS, NOW)

    assert set(mailbox.mails) == {1, 3}
    assert set(mailbox.put) == {2}
    assert {what: number for what, number in found.counts.items() if number} == {
        Handling.BOUNCED: 1,
        Handling.NAMED: 1,
        Handling.NOT_OURS: 1,
    }


def test_the_next_look_begins_where_the_last_ended(database: Engine) -> None:
    """What was read is not read again."""
    mailbox = FakeMailbox({1: LETTER, 2: LETTER})
    poll(mailbox, database, KEYS, NOW)
    mailbox.mails[3] = LETTER

    poll(mailbox, database, KEYS, NOW)

    assert mailbox.seen == [1, 2, 3]


def test_a_line_that_breaks_loses_nothing(database: Engine) -> None:
    """A mail that was recorded and not put away is found by the next look, and counted once."""
    freeze_issues(database, "2026-var")
    mailbox = FakeMailbox({1: came_back(to=verp(database))}, breaks=1)
    with pytest.raises(ConnectionResetError):
        poll(mailbox, database, KEYS, NOW)

    again = poll(mailbox, database, KEYS, NOW)

    assert set(mailbox.put) == {1}
    assert len(on_record(database)) == 1
    assert again.counts[Handling.BOUNCED] == 0


def test_a_server_that_numbers_anew_changes_nothing(database: Engine) -> None:
    """After a change of UIDVALIDITY everything is read again, and nothing counts twice."""
    freeze_issues(database, "2026-var")
    mailbox = FakeMailbox({7: came_back()})
    poll(mailbox, database, KEYS, NOW)
    mailbox.validity, mailbox.mails = 2, {1: mailbox.mails[7], 2: LETTER}

    again = poll(mailbox, database, KEYS, NOW)

    assert mailbox.seen == [7, 1, 2]
    assert again.counts[Handling.NAMED] == 0
