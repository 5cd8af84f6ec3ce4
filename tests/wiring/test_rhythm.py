"""The half-yearly rhythm as its mails tell it: at most one mail a step, whoever looks how often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from newsroom.database import transaction
from newsroom.database.tables import bounce, delivery
from newsroom.delivery.ledger.freeze import Edition
from newsroom.delivery.sending.course import finish, pause, release, resume
from newsroom.jobs.issue.freezing import freeze_issue
from newsroom.jobs.issue.steer import resolve_issue
from newsroom.jobs.running.tick import tick
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.readers import subscribers
from newsroom.readers.standing import leave
from newsroom.wiring import Desk, newsletter
from newsroom.wiring.review import Attendant
from newsroom.wiring.rota import make_rota
from tests.jobs.keep.house import empty_postgres
from tests.newsrooms import ISSUE
from tests.review_room import NAME, SLOT, ReviewRoom, body, make_room

pytestmark = pytest.mark.slow

DRAFT_DAY, REMIND_DAY = SLOT - timedelta(days=21), SLOT - timedelta(days=5)
ANNA, BO = "anna@example.se", "bo@example.se"
TITLE = "Nyhetsbrev hösten 2026"
TWO_PROCESSES = 2


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReviewRoom]:
    """A newsroom the day before its draft day, on each database."""
    database = None
    if request.param == "postgresql":
        database = empty_postgres(request.getfixturevalue("postgres_url"))
    room = make_room(tmp_path, database=database)
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    yield room
    room.close()


def words_of(mail: EmailMessage) -> str:
    """What a mail says before the letter that it may show, on one line, with plain spaces."""
    own = body(mail).partition("Förhandsvisning:")[0]
    return " ".join(own.replace("\N{NO-BREAK SPACE}", " ").split())


def look(room: ReviewRoom, **span: float) -> list[EmailMessage]:
    """Let time pass, and two processes look at the same moment; the mails of that."""
    before = len(room.mails())
    room.clock.time += timedelta(**span)
    desks = [room.another_desk() for _ in range(TWO_PROCESSES)]

    def go(desk: Desk) -> None:
        tick(make_rota(desk), room.clock())
        Attendant(desk).look()

    with ThreadPoolExecutor(TWO_PROCESSES) as threads:
        list(threads.map(go, desks))
    for desk in desks:
        desk.close()
    return room.mails()[before:]


def settle(room: ReviewRoom, state: DeliveryState, **only: str) -> None:
    """Say of all copies, or of one reader's, what became of them."""
    change = update(delivery).values(state=state, token=None)
    if only:
        change = change.where(delivery.c.email == only["email"])
    with transaction(room.desk.database) as connection:
        connection.execute(change)


def approve(room: ReviewRoom) -> None:
    """Anna says yes on her page."""
    assert room.press("approve").status_code == 303


def freeze(room: ReviewRoom) -> None:
    """Fix the issue by the clock of the room: PostgreSQL has one of its own."""

    def compose() -> Edition:
        return newsletter.proof(room.desk, NAME, room.clock()).edition(room.clock())

    assert freeze_issue(room.desk.database, NAME, compose, room.desk.site.sending, room.clock)


def ends(room: ReviewRoom) -> None:
    """The last copy is settled."""
    with transaction(room.desk.database) as connection:
        assert finish(connection, NAME, room.clock())


def test_a_half_year_with_everything_in_it(room: ReviewRoom) -> None:
    """Each step is one mail to each whom it concerns, on both databases, with two processes."""

    def told(**span: float) -> list[tuple[str, str]]:
        mails = look(room, **span)
        return sorted((str(mail["To"]), str(mail["Subject"])) for mail in mails)

    def both(subject: str) -> list[tuple[str, str]]:
        return [(ANNA, subject), (BO, subject)]

    asked = f"Granska: {TITLE}, senast 27 november"
    assert told(days=1) == [(ANNA, asked)]
    room.write()
    assert told(days=3) == [(BO, asked)]
    room.clock.time = REMIND_DAY
    assert told() == both(f"Påminnelse: {TITLE} väntar på godkännande, senast 27 november")
    approve(room)
    assert told(minutes=1) == [(BO, f"Godkänt: {TITLE} går 1 december")]
    room.write(ISSUE.replace("Hej!", "Hej igen!"))
    assert told(minutes=1) == both(f"Godkänn igen: {TITLE} har ändrats")
    approve(room)
    assert told(minutes=1) == [(BO, f"Godkänt: {TITLE} går 1 december")]
    room.clock.time = SLOT
    freeze(room)
    assert told() == both(f"{TITLE} går 09.15")

    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
        pause(connection, NAME, "reläet svarar inte", room.clock())
    assert told(minutes=1) == both(f"Pausat: {TITLE}, 0 av 3")
    with transaction(room.desk.database) as connection:
        resume(connection, NAME, room.clock())
    settle(room, DeliveryState.ACCEPTED)
    settle(room, DeliveryState.UNKNOWN, email="cia@region.example")
    assert told(minutes=1) == both(f"1 att avgöra: {TITLE}")
    resolve_issue(room.desk.database, NAME, (), arrived=True, now=room.clock())
    settle(room, DeliveryState.REFUSED, email="cia@region.example")
    ends(room)
    assert told(minutes=1) == both("Skickat: 2 av 3; 1 att titta på")
    assert told(days=6, hours=23) == []
    assert told(hours=1) == both(f"Så gick det: {TITLE}, 2 av 3")
    assert told(days=14) == []
    assert room.state() is IssueState.DONE


def test_a_half_year_without_trouble_is_four_mails_to_the_coordinator(tmp_path: Path) -> None:
    """Look, it leaves, it was sent, how it went: more than that nobody who says yes is mailed."""
    room = make_room(tmp_path)
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    room.clock.time = DRAFT_DAY
    room.tick()
    room.write()
    approve(room)
    for moment in (REMIND_DAY, SLOT):
        room.clock.time = moment
        room.tick()
    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
    settle(room, DeliveryState.ACCEPTED)
    ends(room)
    for _ in range(12):
        room.clock.time += timedelta(days=2)
        room.tick()

    hers = [str(mail["Subject"]) for mail in room.mails() if mail["To"] == ANNA]
    assert hers == [
        f"Granska: {TITLE}, senast 27 november",
        f"{TITLE} går 09.15",
        "Skickat: 3 av 3",
        f"Så gick det: {TITLE}, 3 av 3",
    ]
    room.close()


def test_the_report_tells_what_came_back_and_who_left(tmp_path: Path) -> None:
    """A week later: bounces with their causes, and readers of this issue who have left since."""
    room = make_room(tmp_path)
    room.add_readers("dan@region.example")
    room.write()
    approve(room)
    room.clock.time = SLOT
    freeze(room)
    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
    settle(room, DeliveryState.ACCEPTED)
    ends(room)
    room.clock.time += timedelta(days=1)
    with transaction(room.desk.database) as connection:
        connection.execute(
            insert(bounce).values(
                digest="d",
                issue=NAME,
                email="cia@region.example",
                severity="hard",
                cause="gone",
                suppressed=True,
                at=room.clock(),
            )
        )
        person = subscribers.find(connection, "asa@kommun.example")
        assert person is not None
        leave(connection, person, "one-click", "link", room.clock())
    before = len(room.mails())

    room.clock.time += timedelta(days=6)
    room.tick()

    report = next(mail for mail in room.mails()[before:] if "Så gick det" in str(mail["Subject"]))
    assert str(report["Subject"]) == f"Så gick det: {TITLE}, 4 av 4; 1 kom tillbaka"
    assert "1 har kommit tillbaka sedan dess (adressen finns inte: 1)." in words_of(report)
    assert "har 1 lämnat listan" in words_of(report)
    room.close()
