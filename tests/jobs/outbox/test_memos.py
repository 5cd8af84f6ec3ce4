"""What the coordinator is told: once, though the relay is down, and no more than is news."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.outbox import KEPT_MEMO, LEASE, backlog
from newsroom.jobs.outbox.hand_over import hand_over_due
from newsroom.jobs.outbox.memos import leave_all_clear, leave_memo
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.model import Sender, Site
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.model.memo import Memo
from newsroom.model.saying import say
from newsroom.render.templates import Templates, default_templates
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring import memos as at_the_desk
from newsroom.wiring.postman import hand_over_waiting
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket Exempel", "nyhetsbrev@example.se"),
)
TAKEN = Outcome(DeliveryState.ACCEPTED, "250 2.0.0")
DOWN = Outcome(DeliveryState.DEFERRED, reason="the relay is down", whole_relay=True)
LOST = Outcome(DeliveryState.UNKNOWN, reason="the connection broke")
TROUBLE = Memo(
    kind="job",
    occasion="2026-11-22 backup",
    subject=say("The sign-up form rests for an hour"),
    sentences=(say("Does it go on for days? Ask whoever runs the server to look at its log."),),
    heading=say("This must be mended first:"),
    points=(say("stopped"), "posts/news/a.md"),
    command="newsroom status",
    button=say("The form"),
    url="https://nyheter.example.se/prenumerera/",
)
OVER = replace(TROUBLE, occasion="over", subject=say("stopped"))


@dataclass
class Relay:
    """Keeps what it takes, and says of each mail what the test wants said."""

    says: Outcome = TAKEN
    mails: list[EmailMessage] = field(default_factory=list)
    tries: int = 0

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Count the try, and keep a mail that may have come."""
        assert str(message["To"]) == to
        self.tries += 1
        if self.says is not DOWN:
            self.mails.append(message)
        return self.says


def desk_of(
    database: Engine, coordinator: Callable[[], str | None] = lambda: "anna@example.se"
) -> tuple[FrontDesk, Relay]:
    """A front desk whose coordinator is Anna, and the relay behind it."""
    relay = Relay()
    templates = Templates([default_templates()])
    return FrontDesk(SITE, database, (b"secret",), templates, relay, coordinator=coordinator), relay


def leave(database: Engine, memo: Memo = TROUBLE) -> bool:
    """Have the coordinator told."""
    with transaction(database) as connection:
        return leave_memo(connection, memo, "sv", NOW)


def clear(database: Engine) -> bool:
    """Have the coordinator told that it is over."""
    with transaction(database) as connection:
        return leave_all_clear(connection, OVER, TROUBLE.occasion, "sv", NOW + HOUR)


def hand_over(desk: FrontDesk, after: timedelta = MINUTE) -> int:
    """Hand over what is due so long after now."""
    return hand_over_due(desk, lambda: NOW + after)


def test_a_trouble_is_told_once(either_database: Engine) -> None:
    """However often and from however many machines it is told, one mail comes of it."""
    desk, relay = desk_of(either_database)

    with ThreadPoolExecutor(4) as pool:
        left = list(pool.map(lambda _: leave(either_database), range(8)))
    hand_over(desk)
    hand_over(desk, HOUR)

    assert sorted(left) == [False] * 7 + [True]
    assert [str(mail["To"]) for mail in relay.mails] == ["anna@example.se"]
    assert leave(either_database, replace(TROUBLE, occasion="another"))


def test_it_is_said_in_the_language_of_the_desk(database: Engine) -> None:
    """Sentences, points, the command to write and the link, in Swedish for a Swedish desk."""
    desk, relay = desk_of(database)
    leave(database)

    hand_over(desk)

    mail = relay.mails[0]
    part = mail.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert mail["Subject"] == "Anmälningsformuläret vilar en timme"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "sv"
    assert "Fortsätter det i flera dagar?" in text
    assert "- är stoppad\n- posts/news/a.md" in text
    assert "Kör på datorn med newsroom: newsroom status" in text
    assert "Formuläret:\nhttps://nyheter.example.se/prenumerera/" in text


def test_it_waits_while_the_relay_is_down(either_database: Engine) -> None:
    """Three days without a relay cost nobody the news; it is tried again each hour."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    leave(either_database)
    for hours in range(72):
        hand_over(desk, hours * HOUR)
    relay.says = TAKEN

    assert hand_over(desk, 73 * HOUR) == 1
    assert hand_over(desk, 74 * HOUR) == 0
    assert len(relay.mails) == 1
    assert 60 < relay.tries <= 73


def test_a_lost_answer_is_tried_again_with_the_same_message(either_database: Engine) -> None:
    """Nobody knows whether it came, so it is sent again: as the same mail, three times at most."""
    desk, relay = desk_of(either_database)
    relay.says = LOST
    leave(either_database)
    for hours in range(48):
        hand_over(desk, hours * HOUR)

    assert len(relay.mails) == 3
    assert len({str(mail["Message-ID"]) for mail in relay.mails}) == 1


def test_who_dies_over_it_leaves_it_to_the_next(either_database: Engine) -> None:
    """A memo in the hands of a process that died is another's when its time there is over."""
    desk, relay = desk_of(either_database)
    leave(either_database)

    def die(_message: EmailMessage, _to: str) -> Outcome:
        raise KeyboardInterrupt

    dying = replace(desk, mailer=Dying(die))
    with pytest.raises(KeyboardInterrupt):
        hand_over(dying)

    assert hand_over(desk, 2 * MINUTE) == 0
    assert hand_over(desk, LEASE.length + 2 * MINUTE) == 1
    assert len(relay.mails) == 1


@dataclass
class Dying:
    """Hands over with a function."""

    hand_over: Callable[[EmailMessage, str], Outcome]


def test_it_is_given_up_after_two_weeks(either_database: Engine) -> None:
    """Then it is no news any more, and nothing of it stays."""
    desk, relay = desk_of(either_database)
    relay.says = DOWN
    leave(either_database)
    hand_over(desk)
    relay.says = TAKEN

    assert hand_over(desk, KEPT_MEMO) == 0
    assert relay.mails == []


def test_the_end_is_told_to_who_heard_of_the_trouble(either_database: Engine) -> None:
    """When it was told that something failed, it is told once that it works again."""
    desk, relay = desk_of(either_database)
    leave(either_database)
    hand_over(desk)

    assert [clear(either_database), clear(either_database)] == [True, False]
    hand_over(desk, 2 * HOUR)

    assert [str(mail["Subject"]) for mail in relay.mails] == [
        "Anmälningsformuläret vilar en timme",
        "är stoppad",
    ]


def test_nobody_hears_of_the_end_of_what_they_never_heard_of(either_database: Engine) -> None:
    """A trouble that was over before its mail could leave is no news: neither mail is sent."""
    desk, relay = desk_of(either_database)
    assert not clear(either_database)

    relay.says = DOWN
    leave(either_database)
    hand_over(desk)
    relay.says = TAKEN

    assert not clear(either_database)
    assert hand_over(desk, 3 * HOUR) == 0
    assert relay.mails == []
    assert leave(either_database)  # the next time it is news


def test_what_may_have_left_is_followed_by_its_end(either_database: Engine) -> None:
    """A memo whose answer was lost may have been read, so its end is told."""
    desk, relay = desk_of(either_database)
    relay.says = LOST
    leave(either_database)
    hand_over(desk)

    assert clear(either_database)


def test_a_memo_that_is_refused_waits_for_a_better_address(either_database: Engine) -> None:
    """A typo in the coordinator's address loses no alarm: it is told as refused, and kept."""
    desk, relay = desk_of(either_database)
    relay.says = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user")
    leave(either_database)
    hand_over(desk)
    hand_over(desk, HOUR)
    with reading(either_database) as connection:
        told = backlog(connection)
    first, relay.says = relay.tries, TAKEN

    assert first == 1  # a wrong address is not asked again and again
    assert [(one.number, one.code, one.refused) for one in told] == [(1, "550 5.1.1", True)]
    assert hand_over(desk, 7 * HOUR) == 1
    with reading(either_database) as connection:
        assert backlog(connection) == ()


def test_without_a_contact_it_goes_to_the_mailbox_of_the_site(database: Engine) -> None:
    """Bad news finds somebody: where no contact can be reached, whoever reads the answers."""
    desk, relay = desk_of(database, lambda: None)
    leave(database)

    hand_over(desk)

    assert [str(mail["To"]) for mail in relay.mails] == ["nyhetsbrev@example.se"]


def test_at_the_desk(tmp_path: Path) -> None:
    """The first approver with an address gets it; with a folder of no use, the site's mailbox."""
    write_newsroom(tmp_path)
    desk = Desk(Settings.from_env(tmp_path, {}), lambda: NOW)
    assert at_the_desk.leave_memo(desk, TROUBLE)
    hand_over_waiting(desk)

    put(tmp_path, "posts/site.yaml", "name: [\n")
    assert at_the_desk.leave_all_clear(desk, OVER, TROUBLE.occasion)
    hand_over_waiting(desk)
    desk.close()

    mails = sorted((tmp_path / "var/outgoing").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    to = [line for mail in mails for line in mail.read_text().splitlines() if line[:3] == "To:"]
    assert to == ["To: anna@example.se", "To: brev@example.se"]
