"""The doctor asked by the bot itself: on the day before an issue leaves, and at its hour."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsroom.database import reading, transaction
from newsroom.delivery.approval.thaw import postpone
from newsroom.delivery.sending.course import state_of
from newsroom.model.issue_state import IssueState
from newsroom.wiring.doctor import examine
from newsroom.wiring.fit_to_send import make_house_call
from newsroom.wiring.mail_setup import setup_of
from newsroom.wiring.rounds import Rounds
from tests.cli.issue.letters import add
from tests.newsrooms import ISSUE, put
from tests.surgery import Surgery, surgery

NAME = "2026-host"
NOW, HOUR = timedelta(0), timedelta(hours=1)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Surgery]:
    """A newsroom with an approved issue and a reader, everything around it in order."""
    with surgery(tmp_path / "house") as room:
        put(room.root, f"posts/newsletters/{NAME}.md", ISSUE)
        add(room.terminal, "anna@kommun.example")
        room.terminal.do("issue", "approve", NAME, "--by", "anna-ek")
        yield room


def leaves_in(room: Surgery, span: timedelta) -> None:
    """Set the moment at which the issue leaves."""
    with closing(room.desk()) as desk, transaction(desk.database) as connection:
        postpone(connection, NAME, desk.clock() + span, desk.clock())


def look(room: Surgery, ahead: timedelta = NOW) -> IssueState | None:
    """One round of the bot on a clock that is ahead; how the issue stands after it."""
    with closing(room.desk(ahead)) as desk:
        Rounds(desk).look()
        with reading(desk.database) as connection:
            return state_of(connection, NAME)


def test_an_issue_that_leaves_by_itself_asks_nobody(room: Surgery) -> None:
    """When its time comes newsroom looks by itself, and the issue is frozen."""
    leaves_in(room, -timedelta(minutes=1))

    assert look(room) is IssueState.FROZEN
    assert room.verdicts() == 1


def test_what_would_not_arrive_is_held(room: Surgery) -> None:
    """With a fault the issue is held, and its approver is told the fault and what to do."""
    leaves_in(room, -timedelta(minutes=1))
    with room.without("_dmarc.example.se", "TXT"):
        state = look(room)

    (mail,) = room.relay.messages
    words = " ".join(mail.split())
    assert state is IssueState.APPROVED
    assert "har ingen DMARC-post" in words
    assert "v=DMARC1; p=none" in words


def test_what_lasts_is_told_on_the_day_before(room: Surgery) -> None:
    """The coordinator gets one mail when two looks an hour apart find the same fault."""
    leaves_in(room, timedelta(hours=23))
    with room.without("_dmarc.example.se", "TXT"):
        look(room)
        first = list(room.relay.messages)
        for hours in (1.1, 2.2, 3.3):
            look(room, hours * HOUR)

    assert first == []
    (mail,) = room.relay.messages
    assert mail.startswith("Rätta innan Nyhetsbrev hösten 2026 skickas")
    assert "newsroom doctor" in mail


def test_a_look_that_fails_leaves_no_sign_of_life(room: Surgery) -> None:
    """Silence is never success: whoever watches over the bot hears that nobody can look."""
    leaves_in(room, timedelta(hours=23))
    site = (room.root / "posts/site.yaml").read_text()
    put(room.root, "posts/site.yaml", site.replace("sender: {", 'sender: {selectors: ["@"], '))

    with closing(room.desk()) as desk:
        rounds = Rounds(desk)
        rounds.look()

    assert rounds.has_failed
    assert not (room.root / "var/heartbeat.json").exists()


def test_nobody_looks_without_an_issue_that_leaves(room: Surgery) -> None:
    """While no issue leaves within the day nothing outside is asked."""
    leaves_in(room, timedelta(hours=30))

    with closing(room.desk()) as desk:
        make_house_call(desk)

    assert room.names.asked == []
    assert room.verdicts() == 0


def test_the_keys_of_site_yaml(room: Surgery) -> None:
    """Keys that a relay signs with are looked for where site.yaml and the command name them."""
    site = (room.root / "posts/site.yaml").read_text()
    sender = "sender: {selectors: [selector1, two@post.example.se], "
    put(room.root, "posts/site.yaml", site.replace("sender: {", sender))

    with closing(room.desk()) as desk:
        found = [each.record_name for each in setup_of(desk, ("three",)).selectors]
        checks = examine(desk, ("dns",))

    assert found == [
        "selector1._domainkey.example.se",
        "two._domainkey.post.example.se",
        "three._domainkey.example.se",
    ]
    missing = [c.about for c in checks if c.name == "dns-dkim" and c.verdict.value == "fail"]
    assert missing == found[:2]
