"""Mails to readers that wait, with the program as a process of its own that is killed over them."""

import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.database import open_database, outbox, transaction
from newsroom.database.outbox import MailOrder
from newsroom.model import SubscriberState
from newsroom.model.single_mail import Purpose
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.tokens import new_seed
from tests.cli.test_bot import answers, running, sign_up, stop, wait_for
from tests.faults.moody_server import Mood, MoodyHandler, moody_server
from tests.newsrooms import NO_NEWSLETTER, put, write_newsroom
from tests.processes import House

pytestmark = pytest.mark.slow

MOODS = {
    "grey.example": Mood(rcpt="451 4.7.1 greylisted, come back later", times=1),
    "slow.example": Mood(data="hang", times=1),
}


@pytest.fixture
def server() -> Iterator[tuple[MoodyHandler, str]]:
    """A mail server, and its address as NEWSROOM_MAIL wants it."""
    with moody_server(MOODS) as (handler, port):
        yield handler, f"smtp://127.0.0.1:{port}"


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut does."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def in_a_while(minutes: float) -> str:
    """A time for --now."""
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%FT%TZ}"


def test_a_greylisted_mail_outlives_the_process(
    tmp_path: Path, server: tuple[MoodyHandler, str]
) -> None:
    """Put off, then killed: the next look hands it over, and the status says meanwhile why."""
    handler, mail = server
    house = House(write_newsroom(tmp_path / "house"), mail)
    put(house.root, "schedule.yaml", NO_NEWSLETTER)
    with running(house) as (bot, client):
        wait_for(lambda: answers(client, "/prenumerera/"))
        sign_up(client, "asa@grey.example")
        wait_for(lambda: house.run("status", "--json").json()["mails"][0]["code"] == "451 4.7.1")
        kill(bot)

    status = " ".join(house.run("status").out.split())
    assert "1 × länken som bekräftar: 451 4.7.1 greylisted, come back later; nästa" in status
    assert "asa@" not in status
    assert handler.taken == []
    house.do("tick", "--now", in_a_while(2))
    assert handler.taken == ["asa@grey.example"]
    house.do("tick", "--now", in_a_while(200))
    assert handler.taken == ["asa@grey.example"]
    assert "Mejl" not in house.run("status").out


def test_a_process_killed_while_it_hands_over_leaves_a_doubt(
    tmp_path: Path, server: tuple[MoodyHandler, str]
) -> None:
    """Nobody knows whether the server took it: it is sent once more, not before it may be."""
    handler, mail = server
    house = House(write_newsroom(tmp_path / "house"), mail)
    put(house.root, "schedule.yaml", NO_NEWSLETTER)
    with running(house) as (bot, client):
        wait_for(lambda: answers(client, "/prenumerera/"))
        sign_up(client, "asa@slow.example")
        wait_for(lambda: handler.taken == ["asa@slow.example"])
        kill(bot)

    house.do("tick", "--now", in_a_while(10))
    assert len(handler.taken) == 1
    house.do("tick", "--now", in_a_while(16))
    house.do("tick", "--now", in_a_while(60))
    assert handler.taken == ["asa@slow.example"] * 2


@pytest.mark.parametrize("part", ["clock", "web"])
def test_what_waits_is_handed_over_at_the_start(
    tmp_path: Path, server: tuple[MoodyHandler, str], part: str
) -> None:
    """What a web process wrote down before it died leaves with the next `run`, within moments.

    The web alone sees to it too: on its machine there may be no clock.
    """
    handler, mail = server
    house = House(write_newsroom(tmp_path / "house"), mail)
    put(house.root, "schedule.yaml", NO_NEWSLETTER)
    house.run("status")
    database = open_database(f"sqlite:///{house.root}/var/newsroom.db")
    asked = datetime.now(UTC) - timedelta(minutes=1)
    with transaction(database) as connection:
        person = NewSubscriber("asa@example.se", SubscriberState.PENDING, "sv")
        (number,) = subscribers.add(connection, [person], asked)
        subscribers.open_confirmation(connection, number, "d" * 64, asked + timedelta(days=7))
        outbox.put(connection, MailOrder(number, Purpose.CONFIRM, "sv", new_seed()), asked)
    database.dispose()

    with running(house, "--only", part) as (bot, _):
        wait_for(lambda: handler.taken == ["asa@example.se"])
        stop(bot)
