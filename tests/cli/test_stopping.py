"""Being asked to stop: what is in hand is finished, nothing else is begun, and there is a limit."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.delivery.listener import Listener
from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter
from tests.cli.terminal import Terminal
from tests.cli.test_bot import heard, running, wait_for
from tests.newsrooms import ISSUE, NO_NEWSLETTER, put, write_newsroom
from tests.processes import PATIENCE, House, environment

pytestmark = pytest.mark.slow

READERS = ("asa", "bo", "cilla")


@dataclass(slots=True)
class SlowHandler:
    """Takes every message, after having thought about it until it is told to go on."""

    goes_on: Event = field(default_factory=Event)
    begun: Event = field(default_factory=Event)
    taken: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Think, and take it."""
        self.begun.set()
        await asyncio.to_thread(self.goes_on.wait)
        self.taken.extend(envelope.rcpt_tos)
        return "250 2.0.0 taken"


@contextmanager
def slow_relay() -> Iterator[tuple[SlowHandler, str]]:
    """A relay on loopback, and its address as NEWSROOM_MAIL wants it."""
    handler = SlowHandler()
    listener = Listener(handler)
    listener.start()
    try:
        yield handler, listener.address
    finally:
        handler.goes_on.set()
        listener.stop()


def frozen(root: Path, mail: str) -> House:
    """A newsroom with an issue that is about to leave for three readers."""
    write_newsroom(root)
    put(root, "posts/newsletters/2026-host.md", ISSUE)
    terminal = Terminal(root, mail)
    for name in READERS:
        terminal.do("subscribers", "add", f"{name}@example.se", "--consent", "mötet")
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek")
    desk = Desk(Settings.from_env(root, {"NEWSROOM_MAIL": mail}), lambda: datetime.now(UTC))
    newsletter.freeze_issue(desk, "2026-host")
    desk.close()
    return House(root, mail)


def figures(house: House) -> dict[str, int]:
    """The ledger of the issue."""
    told = Terminal(house.root, house.mail).do("issue", "status", "2026-host", "--json").json()
    return {state: told[state] for state in ("accepted", "unknown", "claimed", "pending")}


def test_the_message_in_hand_is_finished_and_no_other_begun(tmp_path: Path) -> None:
    """SIGTERM while the relay thinks over a copy: that one is accepted, the others wait."""
    with slow_relay() as (relay, mail):
        house = frozen(tmp_path / "house", mail)
        with running(house) as (bot, _):
            assert relay.begun.wait(PATIENCE)
            bot.send_signal(signal.SIGTERM)
            heard(bot, "  avslutar\n")
            relay.goes_on.set()
            assert bot.wait(PATIENCE) == 0

    assert len(relay.taken) == 1
    assert figures(house) == {"accepted": 1, "unknown": 0, "claimed": 0, "pending": 2}


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Nobody is waited for; the copy in hand is unknown to whoever comes next."""
    with slow_relay() as (relay, mail):
        house = frozen(tmp_path / "house", mail)
        with running(house, "--only", "worker") as (bot, _):
            assert relay.begun.wait(PATIENCE)
            bot.send_signal(signal.SIGTERM)
            heard(bot, "  avslutar\n")
            still_there = bot.poll() is None
            bot.send_signal(signal.SIGTERM)
            heard(bot, "ombett att sluta en gång till")
            status = bot.wait(PATIENCE)

        assert still_there
        assert status == 128 + signal.SIGTERM
        assert figures(house)["claimed"] == 1
        with running(house, "--only", "worker") as (again, _):
            wait_for(lambda: figures(house)["unknown"] == 1)
            again.kill()


def test_a_limit_ends_what_does_not_end(tmp_path: Path) -> None:
    """After it the process ends with 3, whatever its threads are waiting for."""
    code = (
        "import threading, time\n"
        "from newsroom.cli.stopping import Farewell\n"
        "farewell = Farewell(0.5)\n"
        "farewell.heed_signals()\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "print('ready', flush=True)\n"
        "farewell.asked.wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment({"LANG": "sv_SE.UTF-8"}),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)

    assert process.returncode == 3
    assert "0 seconds" in told


@dataclass(frozen=True, slots=True)
class SlowDeploy:
    """A program that brings the site somewhere, once it is told to go on; the files say it all."""

    begun: Path
    goes_on: Path
    done: Path


def slow_deploy(root: Path) -> SlowDeploy:
    """Have the site brought somewhere by such a program."""
    deploy = SlowDeploy(root / "begun", root / "goes-on", root / "done")
    script = root / "deploy.sh"
    script.write_text(
        f"touch {deploy.begun}\n"
        f"until test -e {deploy.goes_on}; do sleep 0.05; done\n"
        f"touch {deploy.done}\n"
    )
    with (root / "posts/site.yaml").open("a") as site:
        site.write(f'deploy: {{command: "sh {script}"}}\n')
    return deploy


def test_a_site_that_is_being_brought_arrives(tmp_path: Path) -> None:
    """SIGTERM while the site is published: that is finished, and no slot is begun after it."""
    house = House(write_newsroom(tmp_path / "house"))
    deploy = slow_deploy(house.root)

    with running(house, "--only", "clock") as (bot, _):
        wait_for(deploy.begun.exists)
        bot.send_signal(signal.SIGTERM)
        heard(bot, "  avslutar\n")
        deploy.goes_on.touch()
        log = heard(bot, "publicera det som är dags")
        assert bot.wait(PATIENCE) == 0

    assert deploy.done.exists()
    assert ": klart: 32 sidor; skrivna: 32" in log
    assert not (house.root / "var/heartbeat.json").exists(), "a round was begun after the signal"


def test_a_tick_finishes_the_job_in_hand(tmp_path: Path) -> None:
    """The same for what cron started: it ends well, after the job that it was at."""
    house = House(write_newsroom(tmp_path / "house"))
    put(house.root, "schedule.yaml", NO_NEWSLETTER)
    deploy = slow_deploy(house.root)
    Terminal(house.root).do("tick", "--now", "2026-11-22T09:01")

    with house.start("tick", "--now", "2026-11-22T09:06") as process:
        wait_for(deploy.begun.exists)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)  # should it end at once, it would be gone now
        deploy.goes_on.touch()
        out, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert deploy.done.exists()
    assert out.startswith("publicera det som är dags: klart")


LOST = """
import os, signal, sys
from newsroom.cli.stopping import end_on_signals

class Finalized:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)  # its exception is dropped here
        for _ in range(1000): pass

end_if_asked = end_on_signals()
end_if_asked()
Finalized()
print("lost", flush=True)
end_if_asked()
print("never")
"""


def test_an_end_that_was_asked_for_in_a_finalizer_is_not_lost() -> None:
    """Python drops an exception that a finalizer raises; the wish to end is heard all the same."""
    ended = subprocess.run(
        [sys.executable, "-c", LOST],
        env=environment({}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (0, "lost\n")
