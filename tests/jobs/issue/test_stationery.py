"""Frozen letters, filled in for one reader."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import Message

import pytest
from sqlalchemy import Engine, delete, insert, update

from newsroom.database.tables import letter
from newsroom.errors import StateError
from newsroom.jobs.issue.edition import make_proof
from newsroom.jobs.issue.stationery import Stationery
from newsroom.model.delivery import Recipient
from newsroom.readers.return_address import is_return_token, token_of
from newsroom.readers.tokens import read_leave_token
from tests.delivery.sample_ledger import approve_row
from tests.render.pieces import at, make_issue, make_newsroom, make_post, make_site
from tests.render.printed import packaged

NOW = at("2026-06-02T09:00")
KEYS = (b"a secret of this summer", b"the one before")
SITE = make_site()


@dataclass(slots=True)
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def reader(number: int, lang: str = "sv", name: str | None = None) -> Recipient:
    """A reader's copy."""
    email, message_id = f"reader{number}@example.se", f"<m{number}@example.se>"
    return Recipient("2026-var", number, email, name, lang, "example.se", message_id, 1)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at the slot."""
    return Clock()


@pytest.fixture
def stationery(database: Engine, clock: Clock) -> Stationery:
    """The letters of the spring issue, frozen."""
    newsroom = make_newsroom(posts=(make_post(),), issues=(make_issue(stories=("ett",)),))
    edition = make_proof(newsroom, "2026-var", NOW, packaged()).edition(NOW)
    with database.begin() as connection:
        approve_row(connection)
        for lang, content in edition.letters.items():
            connection.execute(insert(letter).values(issue="2026-var", lang=lang, content=content))
    return Stationery(SITE, database, KEYS, clock)


def filled(stationery: Stationery, recipient: Recipient) -> Message:
    """A reader's message."""
    return message_from_bytes(stationery.letters("2026-var")(recipient), policy=policy.default)


def test_each_reader_has_their_own(stationery: Stationery) -> None:
    """Address, name, Message-ID and the way out are the reader's; the newest secret signs."""
    message = filled(stationery, reader(7, name="Åsa Öberg"))

    found = re.search(r"/u/([^>]+)>", str(message["List-Unsubscribe"]))
    assert found is not None
    assert str(message["To"]) == "Åsa Öberg <reader7@example.se>"
    assert message["Message-ID"] == "<m7@example.se>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read_leave_token(KEYS[:1], found[1]) == 7


def test_the_same_attempt_twice_is_the_same_message(stationery: Stationery) -> None:
    """A copy that is sent again has its Message-ID, so that it can be recognised."""
    fill = stationery.letters("2026-var")

    assert fill(reader(7)) == fill(reader(7))


def test_it_is_dated_when_it_leaves(stationery: Stationery, clock: Clock) -> None:
    """A message that leaves the day after says so."""
    clock.now = NOW + timedelta(days=1)

    assert filled(stationery, reader(7))["Date"] == "Wed, 03 Jun 2026 09:00:00 +0200"


def test_each_in_their_language(stationery: Stationery) -> None:
    """Our own words are in the reader's language."""
    swedish, english = (filled(stationery, reader(7, lang)) for lang in ("sv", "en"))

    assert (swedish["Content-Language"], english["Content-Language"]) != (None, None)
    assert swedish.as_bytes() != english.as_bytes()


def test_the_ledger_is_asked_once(stationery: Stationery, database: Engine) -> None:
    """The letters are read before the first reader's, and kept for the others."""
    fill = stationery.letters("2026-var")
    with database.begin() as connection:
        connection.execute(delete(letter))

    assert message_from_bytes(fill(reader(8)))["Message-ID"] == "<m8@example.se>"


@pytest.mark.parametrize("content", [{}, {"pieces": ["å"], "holes": [], "date": ""}, []])
def test_letter_that_cannot_be_read(
    stationery: Stationery, database: Engine, content: object
) -> None:
    """A ledger whose letter is damaged says so, and so does one without."""
    with database.begin() as connection:
        connection.execute(update(letter).values(content=content))
    with pytest.raises(StateError, match=r"2026-var: its letter in \w+ cannot be read"):
        stationery.letters("2026-var")

    with database.begin() as connection:
        connection.execute(delete(letter))
    with pytest.raises(StateError, match="2026-var: the ledger has no letter of it"):
        stationery.letters("2026-var")


@pytest.mark.parametrize("verp", [False, True])
def test_what_comes_back_names_the_copy(stationery: Stationery, verp: bool) -> None:  # noqa: FBT001
    """A copy's envelope id is a token of its own, and with VERP so is the address it bounces to."""
    sender = replace(SITE.sender, bounces="studs@example.se", verp=verp)
    office = replace(stationery, site=make_site(sender=sender))

    seven, eight = (office.envelope(reader(number)) for number in (7, 8))

    assert seven.recipient == "reader7@example.se"
    assert is_return_token(KEYS, seven.envelope_id or "", "2026-var", 7)
    assert not is_return_token(KEYS, eight.envelope_id or "", "2026-var", 7)
    tokens = (seven.envelope_id, eight.envelope_id) if verp else ("", "")
    assert (token_of(seven.sender), token_of(eight.sender)) == tokens
    assert seven.sender.startswith("studs")


def test_same_attempt_twice_has_the_same_envelope(stationery: Stationery) -> None:
    """A copy that is sent again has its envelope id, so a bounce of either is a bounce of it."""
    assert stationery.envelope(reader(7)) == stationery.envelope(reader(7))


def test_without_a_mailbox_for_bounces_they_come_to_the_sender(stationery: Stationery) -> None:
    """Where none is named, what cannot be delivered comes back to the address of the sender."""
    assert stationery.envelope(reader(7)).sender == SITE.sender.email
