"""`tick`."""

import asyncio
import threading
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from newsroom.database import open_database, transaction
from newsroom.delivery.catcher import MailCatcher
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NO_NEWSLETTER, put, write_newsroom
from tests.processes import PATIENCE, House

SLOT_KEYS = {"job", "due", "local"}


def tick(terminal: Terminal, now: str) -> dict[str, str]:
    """What became of each job that was due."""
    done = terminal("tick", "--now", now, "--json").json()
    return {one["job"]: one["state"] for one in done}


def test_tick_publishes_what_is_due_and_once(terminal: Terminal) -> None:
    """A post is on the site from the first slot after its time; a second tick does nothing."""
    jul = terminal.root / "public/nyheter/2026/jul/index.html"
    tick(terminal, "2026-12-24T11:50")
    before = tick(terminal, "2026-12-24T11:57"), jul.exists()

    after = tick(terminal, "2026-12-24T12:01"), jul.exists()
    again = tick(terminal, "2026-12-24T12:02"), jul.exists()

    assert before == ({"publish": "done"}, False)
    assert after == ({"publish": "done"}, True)
    assert again == ({}, True)


def test_tick_says_what_it_did(terminal: Terminal) -> None:
    """A line for each job that ran; nothing at all when nothing was due."""
    put(terminal.root, "schedule.yaml", NO_NEWSLETTER)
    first = terminal.do("tick", "--now", "2026-11-22T09:01")
    second = terminal.do("tick", "--now", "2026-11-22T09:06")

    assert (first.out, first.err) == ("", "")
    assert second.out.startswith("publicera det som är dags: klart: ")
    assert second.out.endswith(" borttagna: 0\n")


def test_tick_as_json(terminal: Terminal) -> None:
    """As JSON, each slot with what became of it."""
    put(terminal.root, "schedule.yaml", NO_NEWSLETTER)
    terminal.do("tick", "--now", "2026-11-22T09:01")

    (one,) = terminal.do("tick", "--now", "2026-11-22T09:06", "--json").json()

    assert one.keys() >= SLOT_KEYS | {"state", "note"}
    assert (one["job"], one["due"]) == ("publish", "2026-11-22T08:05:00Z")
    assert one["local"] == "Sun 2026-11-22 09:05"


def test_tick_drafts_on_the_draft_day(terminal: Terminal) -> None:
    """At the draft slot the issue's file is written; a second tick leaves it alone."""
    tick(terminal, "2026-11-10T08:59")

    done = tick(terminal, "2026-11-10T09:01")
    path = terminal.root / "posts/newsletters/2026-host.md"
    written = path.read_text()
    again = tick(terminal, "2026-11-10T09:02")

    assert done["newsletter.host.draft"] == "done"
    assert "  - sommar" in written
    assert again == {}
    assert path.read_text() == written


@pytest.mark.parametrize(
    ("approved", "state", "letters", "told"),
    [
        (False, "held", 0, "Väntar: Nyhetsbrev hösten 2026 har inte skickats"),
        (True, "done", 2, "Skickat: 2 av 2"),
    ],
)
def test_tick_sends_at_the_slot_what_is_approved(
    terminal: Terminal,
    approved: bool,  # noqa: FBT001
    state: str,
    letters: int,
    told: str,
) -> None:
    """At its slot an approved issue goes out; one that nobody approved is held and told of."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    for name in ("asa", "bo"):
        terminal.do("subscribers", "add", f"{name}@example.se", "--consent", "mötet")
    tick(terminal, "2026-12-01T08:59")
    if approved:
        terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", "2026-11-30")

    done = tick(terminal, "2026-12-01T09:01")
    again = tick(terminal, "2026-12-01T09:02")

    assert done["newsletter.host.send"] == state
    assert again == {}
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (terminal.root / "var/outgoing").glob("*.eml")
    ]
    assert len([mail for mail in mails if mail["List-Unsubscribe"]]) == letters
    assert told in [mail["Subject"] for mail in mails]


def test_tick_too_late_for_the_newsletter(terminal: Terminal) -> None:
    """A newsletter's slot that was missed by half a day is told and not run."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    tick(terminal, "2026-12-01T08:59")

    done = terminal.do("tick", "--now", "2026-12-01T21:00").out

    assert "nyhetsbrev hösten: skickas: för sent: 12 tim försenat, så det kördes inte" in done


def test_tick_with_a_deploy_that_fails(terminal: Terminal) -> None:
    """A job that fails is told, and the command exits with 3."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write('deploy: {command: "false"}\n')
    put(terminal.root, "schedule.yaml", NO_NEWSLETTER)
    terminal.do("tick", "--now", "2026-11-22T09:01")

    said = terminal("tick", "--now", "2026-11-22T09:06")

    assert said.status == 3
    assert said.out.startswith('publicera det som är dags: misslyckat: deploy: "false" slutade')


def test_tick_with_a_round_that_fails_in_part(terminal: Terminal) -> None:
    """What is none of the slots is told by the exit status too: cron hears of it."""
    terminal.do("tick", "--now", "2026-11-22T09:01")
    engine = open_database(f"sqlite:///{terminal.root / 'var/newsroom.db'}")
    with transaction(engine) as connection:
        connection.execute(text("DROP TABLE deadline"))
    engine.dispose()

    said = terminal("tick", "--now", "2026-11-22T09:06")

    assert said.status == 3
    assert "publicera det som är dags: klart" in said.out


class SlowRelay(MailCatcher):
    """Lets the reader's copy wait until it is told to take it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.goes_on = threading.Event()

    async def handle_DATA(  # noqa: N802 (the name aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a message, but not yet if it is the reader's."""
        if "asa@example.se" in envelope.rcpt_tos:
            await asyncio.to_thread(self.goes_on.wait, PATIENCE)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.slow
def test_tick_looks_at_the_clock_while_it_sends(tmp_path: Path) -> None:
    """An issue may take hours: what else falls due is done meanwhile, as a timer starts no second.

    The sign of it is the heartbeat, which a round leaves at its end: there is one after the round
    that froze the issue, though no copy of it has been taken yet.
    """
    with SlowRelay(tmp_path / "mail") as relay:
        house = House(write_newsroom(tmp_path / "house"), relay.address)
        put(house.root, "posts/newsletters/2026-host.md", ISSUE)
        house.do("subscribers", "add", "asa@example.se", "--consent", "mötet")
        house.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", "2026-11-30")
        house.do("tick", "--now", "2026-12-01T08:59")
        sender = house.start("tick", "--now", "2026-12-01T09:01")
        with sender:
            try:
                wait_for_beats(house.root / "var/heartbeat.json", 3)
                sent = relay.recipients
                relay.goes_on.set()
                told = sender.communicate(timeout=PATIENCE)
            finally:
                sender.kill()

    assert "asa@example.se" not in sent
    assert relay.recipients.count("asa@example.se") == 1
    assert sender.returncode == 0, told


def wait_for_beats(heartbeat: Path, number: int) -> None:
    """Return when so many have been seen, the one that was there included."""
    seen, end = set[int](), time.monotonic() + PATIENCE
    while len(seen) < number:
        seen.add(heartbeat.stat().st_mtime_ns)
        assert time.monotonic() < end, f"{len(seen)} heartbeats, and no more"
        time.sleep(0.01)
