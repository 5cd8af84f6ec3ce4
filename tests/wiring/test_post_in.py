"""The inbox of a newsroom, from a mail server to the list of readers."""

from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.errors import StateError
from newsroom.jobs.running.rota import Idle
from newsroom.model import Slot
from newsroom.settings import Settings
from newsroom.wiring import Desk, post_in
from newsroom.wiring.rota import make_rota
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import came_back, freeze_issues, message_id, state_of
from tests.newsrooms import FILES, put
from tests.outside.mail.imap_server import imap_server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The desk of a small newsroom, without an inbox."""
    for name, text in {**FILES, "schedule.yaml": "bounces: {every: 15 minutes}\n"}.items():
        put(tmp_path, name, text)
    return Desk(Settings.from_env(tmp_path, {}), lambda: NOW)


def test_a_bounce_on_a_server_ends_a_subscription(desk: Desk) -> None:
    """A mail that came back is fetched, acted upon and put away."""
    freeze_issues(desk.database, "2026-var")
    with imap_server() as server:
        server.deliver(
            came_back(message_id=message_id(desk.database)), b"Subject: Hej\r\n\r\nHej\r\n"
        )
        desk.settings = replace(desk.settings, inbox=server.url)

        found = post_in.fetch(desk, server.tls)

        left, handled = server.mails(), server.mails("newsroom")
    assert found.sentence == "1 came back, 0 complained, 0 left by mail, 0 to look at, 1 of others"
    assert (len(left), len(handled)) == (1, 1)
    assert state_of(desk.database) == "suppressed"
    desk.close()


def test_without_an_inbox(desk: Desk) -> None:
    """Where no inbox is set the command says so, and the bot's job does no more than that."""
    with pytest.raises(StateError):
        post_in.fetch(desk)

    note = make_rota(desk).verbs["bounces"](Slot(NOW, "bounces"))

    assert isinstance(note, Idle)
    assert "NEWSROOM_INBOX" in note.note
    desk.close()
