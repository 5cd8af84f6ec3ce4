"""Mails to readers on their way to a real server that has its moods, on both databases."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select

from newsroom.database import reading, transaction
from newsroom.database.outbox import KEPT, LEASE
from newsroom.database.restorations import (
    Restoration,
    confirm_restorations,
    note_restoration,
)
from newsroom.database.tables import metadata, notice, outbox
from newsroom.delivery.mailer import Mailer, transport_from
from newsroom.jobs.outbox.hand_over import hand_over_due
from newsroom.jobs.readers.confirm import Link, confirm, look
from newsroom.jobs.readers.forget import forget
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.jobs.readers.my_data import send_copy
from newsroom.jobs.readers.send_link import send_data_link, send_link
from newsroom.jobs.readers.sign_up import SignUp, sign_up
from newsroom.model import Sender, Site, SubscriberState
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.tokens import data_token, leave_token
from newsroom.render.templates import Templates, default_templates
from tests.faults.moody_server import Mood, MoodyHandler, moody_server
from tests.ports import free_port

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
ANNA = "anna@example.se"
MINUTE = timedelta(minutes=1)
MOODS = {
    "grey.example": Mood(rcpt="451 4.7.1 greylisted, come back later", times=2),
    "gone.example": Mood(rcpt="550 5.1.1 no such user here"),
    "vague.example": Mood(data="keep"),
}
TAKEN = Outcome(DeliveryState.ACCEPTED, "250 2.0.0")
DOWN = Outcome(DeliveryState.DEFERRED, reason="the relay is down", whole_relay=True)


@dataclass
class Relay:
    """Keeps what it is given, and says of each mail what the test wants said."""

    says: Outcome = TAKEN
    links: list[str] = field(default_factory=list)  # the last part of each mail's link
    mails: list[EmailMessage] = field(default_factory=list)

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Keep the mail, whatever becomes of it."""
        assert str(message["To"]) == to
        body = message.get_body(("plain",))
        assert body is not None
        lines = body.get_content().splitlines()
        self.links.append(next(line for line in lines if "https://" in line).rpartition("/")[2])
        self.mails.append(message)
        return self.says


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[MoodyHandler, int]]:
    """A mail server whose temper depends on the domain."""
    with moody_server(MOODS) as found:
        yield found


@pytest.fixture
def smtp(either_database: Engine, server: tuple[MoodyHandler, int]) -> FrontDesk:
    """A front desk whose mail goes to the moody server, which has forgotten what was before."""
    handler, port = server
    handler.taken.clear()
    handler.tries.clear()
    return at_port(either_database, port)


def at_port(database: Engine, port: int) -> FrontDesk:
    """A front desk that sends over SMTP to a port of this machine."""
    mailer = Mailer(lambda: transport_from(f"smtp://127.0.0.1:{port}"), "studs@example.se")
    return FrontDesk(SITE, database, KEYS, TEMPLATES, mailer)


def desk_of(database: Engine) -> tuple[FrontDesk, Relay]:
    """A front desk and the relay behind it."""
    relay = Relay()
    return FrontDesk(SITE, database, KEYS, TEMPLATES, relay), relay


def ask(desk: FrontDesk, email: str = ANNA, now: datetime = NOW) -> None:
    """Sign up on the newsroom's own page."""
    sign_up(desk, SignUp(email, "sv", "Jag vill ha nyhetsbrevet", f"{SITE.url}/prenumerera/"), now)


def hand_over(desk: FrontDesk, now: datetime = NOW) -> int:
    """Hand over what is due at a moment."""
    return hand_over_due(desk, lambda: now)


def waiting(desk: FrontDesk) -> int:
    """How many mails wait."""
    with reading(desk.engine) as connection:
        return connection.scalar(select(func.count()).select_from(outbox)) or 0


def counted(desk: FrontDesk) -> int:
    """How many mails the forms have caused, as their caps see it."""
    with reading(desk.engine) as connection:
        return connection.scalar(select(func.count()).select_from(notice)) or 0


def add(desk: FrontDesk, state: SubscriberState = SubscriberState.ACTIVE) -> int:
    """Put Anna on the list."""
    with transaction(desk.engine) as connection:
        (number,) = subscribers.add(connection, [NewSubscriber(ANNA, state, "sv")], NOW)
    return number


def test_a_greylisted_confirmation_arrives_once(
    smtp: FrontDesk, server: tuple[MoodyHandler, int]
) -> None:
    """A server that says "later" is asked again after a minute, and five minutes after that.

    It is one mail, counted as one, and nothing of it stays behind.
    """
    ask(smtp, "anna@grey.example")
    for minutes in (0, 0.9, 1, 5.9, 6, 7, 60, 300):
        hand_over(smtp, NOW + minutes * MINUTE)

    assert server[0].tries["anna@grey.example"] == 3
    assert server[0].taken == ["anna@grey.example"]
    assert waiting(smtp) == 0
    assert counted(smtp) == 1


def test_a_reader_unknown_ends_it_quietly(
    smtp: FrontDesk, server: tuple[MoodyHandler, int], caplog: pytest.LogCaptureFixture
) -> None:
    """After a hard refusal nothing is tried again, nobody is told, and no log has the address."""
    with caplog.at_level(logging.INFO):
        ask(smtp, "anna@gone.example")
        for minutes in (0, 20, 600):
            assert hand_over(smtp, NOW + minutes * MINUTE) == 0

    assert server[0].tries["anna@gone.example"] == 1
    assert waiting(smtp) == 0
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("newsroom")]
    assert [said for said in ours if "550 5.1.1" in said]
    assert not [said for said in ours if "anna" in said]


def test_a_server_that_never_says_whether_it_took_it_gets_three(
    smtp: FrontDesk, server: tuple[MoodyHandler, int]
) -> None:
    """The mail may have arrived or not. A few are better than none, and no mailbox is filled."""
    ask(smtp, "anna@vague.example")
    for hours in range(30):
        hand_over(smtp, NOW + timedelta(hours=hours))

    assert server[0].taken == ["anna@vague.example"] * 3
    assert waiting(smtp) == 0
    assert counted(smtp) == 1  # they may have come, so they are somebody's share


def test_a_relay_that_is_down_keeps_nobody_waiting_for_ever(either_database: Engine) -> None:
    """Nobody listens, then somebody does: all the mails that waited are taken, each once."""
    port = free_port()
    desk = at_port(either_database, port)
    for name in ("a", "b", "c"):
        ask(desk, f"{name}@example.se")
    assert hand_over(desk) == 0
    assert waiting(desk) == 3

    with moody_server({}) as (handler, up):
        assert hand_over(at_port(either_database, up), NOW + MINUTE) == 3

    assert sorted(handler.taken) == ["a@example.se", "b@example.se", "c@example.se"]
    assert waiting(desk) == 0


def test_a_relay_that_is_down_is_asked_once_in_a_look(database: Engine) -> None:
    """What nobody's mail gets through is not tried with everybody's."""
    desk, relay = desk_of(database)
    relay.says = DOWN
    for name in ("a", "b", "c"):
        ask(desk, f"{name}@example.se")

    hand_over(desk)

    assert len(relay.mails) == 1
    assert waiting(desk) == 3


def test_processes_that_look_at_once_send_each_mail_once(either_database: Engine) -> None:
    """Eight looks at twenty mails: each is handed over by one of them."""
    desk, relay = desk_of(either_database)
    for number in range(20):
        ask(desk, f"{number}@example.se")

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(lambda _: hand_over(desk), range(8)))

    assert taken == len(relay.mails) == 20
    assert len({str(mail["To"]) for mail in relay.mails}) == 20


def test_each_try_brings_the_same_link_and_no_table_has_it(either_database: Engine) -> None:
    """A mail that arrived twice works twice; a copy of the database opens nothing meanwhile."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    ask(desk)
    hand_over(desk)
    with reading(either_database) as connection:
        rows = [repr(connection.execute(select(one)).all()) for one in metadata.sorted_tables]
    relay.says = TAKEN
    hand_over(desk, NOW + MINUTE)

    first, second = relay.links
    assert first == second
    assert first not in "".join(rows)
    assert confirm(either_database, KEYS, first, "page", NOW + MINUTE).link == Link.OPEN


def test_a_link_works_for_seven_days_from_the_mail_that_brought_it(database: Engine) -> None:
    """What the mail says holds, though the mail came hours after the form."""
    desk, relay = desk_of(database)
    relay.says = DOWN
    ask(desk)
    hand_over(desk)
    relay.says = TAKEN
    sent = NOW + timedelta(hours=20)
    hand_over(desk, sent)

    just_before = sent + timedelta(days=7) - MINUTE
    assert look(database, relay.links[-1], just_before).link == Link.OPEN
    assert look(database, relay.links[-1], just_before + MINUTE).link == Link.EXPIRED


def test_a_new_secret_meanwhile_is_no_harm(database: Engine) -> None:
    """The link of the mail that arrives is the one that works."""
    desk, relay = desk_of(database)
    relay.says = DOWN
    ask(desk)
    hand_over(desk)
    relay.says = TAKEN
    hand_over(replace(desk, keys=(b"another", *KEYS)), NOW + MINUTE)

    assert look(database, relay.links[-1], NOW + MINUTE).link == Link.OPEN


def test_a_crash_while_handing_over_is_made_good(either_database: Engine) -> None:
    """A process that died after it claimed a mail leaves a doubt; another sends it again later."""
    desk, relay = desk_of(either_database)

    class Dies:
        """A process that does not come back."""

        def hand_over(self, message: EmailMessage, to: str) -> Outcome:
            """Die over it."""
            raise SystemExit(message["To"], to)

    ask(desk)
    with pytest.raises(SystemExit):
        hand_over(replace(desk, mailer=Dies()))

    assert hand_over(desk, NOW + LEASE.length - MINUTE) == 0
    assert hand_over(desk, NOW + LEASE.length) == 1
    assert len(relay.mails) == 1
    assert waiting(desk) == 0


def test_a_process_that_slept_too_long_sends_nothing(either_database: Engine) -> None:
    """Suspended after its claim until another process has sent the mail, it lets go of it."""
    desk, relay = desk_of(either_database)
    ask(desk)
    asleep = iter([NOW])

    def wakes_late() -> datetime:
        """The time as a process sees it that is suspended once it has claimed a mail."""
        if (now := next(asleep, None)) is not None:
            return now
        hand_over(desk, NOW + LEASE.length)
        return NOW + LEASE.length

    assert hand_over_due(desk, wakes_late) == 0
    assert len(relay.mails) == 1
    assert waiting(desk) == 0


def test_after_a_day_it_is_given_up_and_does_not_count(either_database: Engine) -> None:
    """Whoever asks again then is mailed: what never left is none of their share."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    ask(desk)
    now = NOW
    while waiting(desk):
        hand_over(desk, now)
        now += timedelta(minutes=30)

    assert now - NOW < KEPT + timedelta(hours=1)
    assert counted(desk) == 0
    relay.says = TAKEN
    ask(desk, now=now)
    assert hand_over(desk, now) == 1


def test_asking_again_while_it_waits_sends_one(either_database: Engine) -> None:
    """However often somebody presses, one mail comes when the relay is back."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    for _ in range(5):
        ask(desk)
        hand_over(desk)
    relay.says = TAKEN

    assert hand_over(desk, NOW + timedelta(hours=2)) == 1
    assert waiting(desk) == 0


def test_who_was_forgotten_meanwhile_gets_nothing(either_database: Engine) -> None:
    """An erasure takes the mail with it."""
    desk, relay = desk_of(either_database)
    ask(desk)

    forget(either_database, KEYS, ANNA, NOW)

    assert waiting(desk) == 0
    assert hand_over(desk, NOW + MINUTE) == 0
    assert relay.mails == []


def test_what_nobody_needs_any_more_is_not_sent(either_database: Engine) -> None:
    """Who has confirmed gets no second confirmation; who has left no link that leaves."""
    desk, relay = desk_of(either_database)
    relay.says = Outcome(DeliveryState.UNKNOWN, reason="cut off")
    ask(desk)
    hand_over(desk)
    confirm(either_database, KEYS, relay.links[0], "page", NOW)
    hand_over(desk, NOW + LEASE.length)
    assert (len(relay.mails), waiting(desk)) == (1, 0)

    send_link(desk, ANNA, "sv", NOW)
    with transaction(either_database) as connection:
        person = subscribers.find(connection, ANNA)
        assert person is not None
        subscribers.set_state(connection, person.id, SubscriberState.UNSUBSCRIBED, NOW)
    hand_over(desk, NOW + LEASE.length)
    assert (len(relay.mails), waiting(desk)) == (1, 0)


def test_the_other_mails_wait_as_well(either_database: Engine) -> None:
    """That one is on the list, the two links and the copy: each is taken when the relay is back."""
    desk, relay = desk_of(either_database)
    number = add(desk)
    relay.says = DOWN
    ask(desk)
    send_link(desk, ANNA, "sv", NOW)
    send_data_link(desk, ANNA, "sv", NOW)
    send_copy(desk, data_token(KEYS[0], number, NOW), NOW)
    hand_over(desk)
    relay.says, relay.links[:] = TAKEN, []
    later = NOW + timedelta(hours=1)

    assert hand_over(desk, later) == 4
    leaving, seeing = leave_token(KEYS[0], number), data_token(KEYS[0], number, later)
    assert sorted(relay.links) == sorted([leaving, leaving, seeing, seeing])
    copies = [part for mail in relay.mails for part in mail.iter_attachments()]
    assert [part.get_content_type() for part in copies] == [
        "text/plain",
        "application/json",
    ]
    assert counted(desk) == 4


def test_the_alarm_waits_too(either_database: Engine) -> None:
    """The coordinator hears of a flood though the relay was down when it began."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    for number in range(61):
        ask(desk, f"{number}@example.se")
    hand_over(desk)
    relay.says = TAKEN

    assert hand_over(desk, NOW + MINUTE) == 61
    assert [str(mail["To"]) for mail in relay.mails].count(SITE.mailbox) == 1


def test_a_broken_template_costs_nobody_the_mail(database: Engine, tmp_path: Path) -> None:
    """The mail waits until somebody has mended it."""
    desk, relay = desk_of(database)
    (tmp_path / "templates" / "mail").mkdir(parents=True)
    (tmp_path / "templates" / "mail" / "note.html").write_text("{% if %}")
    own = Templates([tmp_path / "templates", default_templates()])
    ask(desk)

    assert hand_over(replace(desk, templates=own)) == 0
    assert relay.mails == []
    assert hand_over(desk, NOW + MINUTE) == 1


def test_what_waited_in_a_backup_waits_for_a_persons_word(either_database: Engine) -> None:
    """It may have left before the restore. What was asked for since goes out at once."""
    desk, relay = desk_of(either_database)
    ask(desk)
    with transaction(desk.engine) as connection:
        note_restoration(connection, Restoration("t", NOW + MINUTE, NOW + 5 * MINUTE, alone=True))
    ask(desk, "bo@example.se", NOW + 10 * MINUTE)

    before = hand_over(desk, NOW + 10 * MINUTE)
    told = [str(mail["To"]) for mail in relay.mails]
    with transaction(desk.engine) as connection:
        confirm_restorations(connection, NOW + 20 * MINUTE)
    after = hand_over(desk, NOW + 20 * MINUTE)

    assert (before, told) == (1, ["bo@example.se"])
    assert (after, waiting(desk)) == (1, 0)
