"""The whole way in and out, on both databases, without the web."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.jobs.outbox.hand_over import hand_over_due
from newsroom.jobs.readers.confirm import Link, confirm, decline, look
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.leave import Holder, leave, undo
from newsroom.jobs.readers.send_link import send_link as ask_link
from newsroom.jobs.readers.sign_up import SignUp
from newsroom.jobs.readers.sign_up import sign_up as take_sign_up
from newsroom.model import Sender, Site, SubscriberState
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.readers import consent, subscribers
from newsroom.readers.consent import Act
from newsroom.readers.subscribers import NewSubscriber
from newsroom.render.templates import Templates, default_templates

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEYS = (b"secret",)
SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket Exempel", "nyhetsbrev@example.se"),
)
TEMPLATES = Templates([default_templates()])


@dataclass
class FakeMailer:
    """Keeps what it is given."""

    sent: list[tuple[str, str]] = field(default_factory=list)  # address, token

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Keep the token that the mail's link ends in."""
        body = message.get_body(("plain",))
        assert body is not None
        link = next(line for line in body.get_content().splitlines() if "https://" in line)
        self.sent.append((to, link.rpartition("/")[2]))
        return Outcome(DeliveryState.ACCEPTED, "250 2.0.0")


def desk_of(database: Engine) -> tuple[FrontDesk, FakeMailer]:
    """A front desk and the mailer behind it."""
    mailer = FakeMailer()
    return FrontDesk(SITE, database, KEYS, TEMPLATES, mailer), mailer


def sign_up(desk: FrontDesk, asked: SignUp, now: datetime) -> None:
    """Fill in the form, and have the mail handed over at once."""
    take_sign_up(desk, asked, now)
    hand_over_due(desk, lambda: now)


def send_link(desk: FrontDesk, email: str, now: datetime) -> None:
    """Ask for the link that leaves, and have it handed over at once."""
    ask_link(desk, email, "sv", now)
    hand_over_due(desk, lambda: now)


def asked(email: str = "anna@example.se", lang: str = "sv") -> SignUp:
    """A sign-up on the newsroom's own page."""
    return SignUp(
        email, lang, "Jag vill ha nyhetsbrevet", "https://nyheter.example.se/prenumerera/"
    )


def state_of(database: Engine) -> SubscriberState | None:
    """Where Anna stands."""
    with database.begin() as connection:
        person = subscribers.find(connection, "anna@example.se")
    return person.state if person else None


def test_in_and_out_and_back(either_database: Engine) -> None:
    """Ask, confirm, leave, undo, leave, ask again, confirm: each leaves its entry in the log."""
    desk, mailer = desk_of(either_database)

    sign_up(desk, asked(), NOW)
    ((_, token),) = mailer.sent
    assert look(either_database, token, NOW).link == Link.OPEN
    assert confirm(either_database, KEYS, token, "page", NOW).link == Link.OPEN
    assert confirm(either_database, KEYS, token, "page", NOW).link == Link.USED
    assert state_of(either_database) == SubscriberState.ACTIVE

    send_link(desk, "anna@example.se", NOW)
    leaving = mailer.sent[-1][1]
    assert leave(either_database, KEYS, leaving, "web", NOW).holder == Holder.LEFT
    assert undo(either_database, KEYS, leaving, NOW).holder == Holder.LISTED
    assert leave(either_database, KEYS, leaving, "mail", NOW).undo
    assert state_of(either_database) == SubscriberState.UNSUBSCRIBED

    later = NOW + timedelta(days=2)
    sign_up(desk, asked(), later)
    confirm(either_database, KEYS, mailer.sent[-1][1], "page", later)
    assert state_of(either_database) == SubscriberState.ACTIVE
    with either_database.begin() as connection:
        acts = [entry.consent.act for entry in consent.history(connection, 1)]
        assert consent.first_broken(connection) is None
    assert acts == [
        Act.REQUESTED,
        Act.CONFIRMED,
        Act.LEFT,
        Act.RETURNED,
        Act.LEFT,
        Act.REQUESTED,
        Act.CONFIRMED,
    ]


@pytest.mark.parametrize(
    "state",
    [SubscriberState.PENDING, SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED],
)
def test_the_newest_language_counts(database: Engine, state: SubscriberState) -> None:
    """Who waited, left or bounced and now signs up in English gets English once confirmed."""
    desk, mailer = desk_of(database)
    with database.begin() as connection:
        subscribers.add(connection, [NewSubscriber("anna@example.se", state, "sv")], NOW)

    sign_up(desk, asked(lang="en"), NOW)
    confirm(database, KEYS, mailer.sent[0][1], "page", NOW)

    with database.begin() as connection:
        person = subscribers.find(connection, "anna@example.se")
    assert person is not None
    assert (person.state, person.lang) == (SubscriberState.ACTIVE, "en")


def test_who_is_on_the_list_keeps_the_language(database: Engine) -> None:
    """A stranger cannot change what an active subscriber reads by filling in the form."""
    desk, _ = desk_of(database)
    with database.begin() as connection:
        person = NewSubscriber("anna@example.se", SubscriberState.ACTIVE, "sv")
        subscribers.add(connection, [person], NOW)

    sign_up(desk, asked(lang="en"), NOW)

    with database.begin() as connection:
        found = subscribers.find(connection, "anna@example.se")
    assert found is not None
    assert found.lang == "sv"


def test_declining_leaves_nothing(either_database: Engine) -> None:
    """Who never asked is erased at once."""
    desk, mailer = desk_of(either_database)
    sign_up(desk, asked(), NOW)

    decline(either_database, mailer.sent[0][1], "page", NOW)

    assert state_of(either_database) is None


def test_a_flood_is_stopped_and_called_out(
    either_database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Sixty mails in an hour are the most; the rest is not kept, and the coordinator hears of it.

    Once: those who go on pressing cause no second alarm that day.
    """
    desk, mailer = desk_of(either_database)

    with caplog.at_level(logging.WARNING):
        for number in range(65):
            sign_up(desk, asked(f"{number}@example.se"), NOW)

    assert [to for to, _ in mailer.sent[60:]] == [SITE.mailbox]
    assert "too many mails in one hour" in caplog.text
    with either_database.begin() as connection:
        assert subscribers.counts(connection)[SubscriberState.PENDING] == 60


def test_only_subscribers_are_sent_their_link(database: Engine) -> None:
    """A stranger, and somebody who has not confirmed, get nothing."""
    desk, mailer = desk_of(database)
    sign_up(desk, asked("waiting@example.se"), NOW)

    send_link(desk, "waiting@example.se", NOW)
    send_link(desk, "stranger@example.se", NOW)

    assert [to for to, _ in mailer.sent] == ["waiting@example.se"]


def test_many_at_once_are_one_sign_up(either_database: Engine) -> None:
    """Eight processes that take the same form at the same moment send one mail, keep one chain."""
    desk, mailer = desk_of(either_database)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: sign_up(desk, asked(), NOW), range(24)))

    assert len(mailer.sent) == 1
    with either_database.begin() as connection:
        assert subscribers.counts(connection)[SubscriberState.PENDING] == 1
        assert consent.first_broken(connection) is None
