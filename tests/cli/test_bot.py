"""`run`: the bot as a process of its own, asked over HTTP and stopped by a signal."""

import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from newsroom.cli.bot import Bot
from newsroom.delivery.catcher import MailCatcher
from newsroom.errors import OutsideError
from newsroom.model import Schedule
from newsroom.model.saying import say
from newsroom.settings import Settings
from newsroom.whole_file import write
from newsroom.wiring import Desk
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.ports import free_port
from tests.processes import PATIENCE, House
from tests.web.house import fields_of

pytestmark = pytest.mark.slow
SOON = "publish: {every: 1 minute}\nhousekeeping: {at: '03:30'}\n"


def wait_for(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Return when it has become true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def heard(bot: subprocess.Popen[str], *words: str) -> str:
    """What it logs, until it says all these words in one line."""
    assert bot.stderr is not None
    log = line = bot.stderr.readline()
    while not all(word in line for word in words):
        assert line, f"it ended and never said {words!r}: {log}"
        log += (line := bot.stderr.readline())
    return log


def answers(client: httpx.Client, path: str, words: str = "") -> bool:
    """Whether the site has the page, with these words on it."""
    try:
        answer = client.get(path)
    except httpx.TransportError:
        return False
    return answer.status_code == httpx.codes.OK and words in answer.text


@contextmanager
def running(house: House, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """The bot, and a client for its site; it is killed if the test has not stopped it."""
    port = free_port()
    process = house.start("run", "--port", str(port), *arguments)
    with process, visitor(port) as client:
        try:
            yield process, client
        finally:
            process.kill()


def visitor(port: int) -> httpx.Client:
    """A browser at a site on this machine, which waits as long as it takes."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False)


def stop(process: subprocess.Popen[str]) -> str:
    """Ask a bot to stop; what it has logged since it was heard, after it has ended well."""
    process.send_signal(signal.SIGTERM)
    assert process.stderr is not None
    log = process.stderr.read()
    assert process.wait(PATIENCE) == 0, log
    return log


def test_a_new_newsroom_has_a_site_at_once(tmp_path: Path) -> None:
    """The first start builds the site and shows it; SIGTERM ends everything with exit 0."""
    house = House(write_newsroom(tmp_path / "house"))

    with running(house) as (bot, client):
        wait_for(lambda: answers(client, "/"))
        front = client.get("/").text
        missing = client.get("/nosuch/")
        log = stop(bot)

    assert "Höst" in front
    assert missing.status_code == httpx.codes.NOT_FOUND
    assert "Webbplatsen finns på http://127.0.0.1:" in log
    assert "publicera det som är dags: klart: " in log
    assert "  avslutar\n" in log
    assert "Fel:" not in log
    assert "Traceback" not in log


def test_a_post_appears_when_its_time_comes(tmp_path: Path) -> None:
    """A post with a time a little ahead is not there, and then it is, with nobody's help."""
    house = House(write_newsroom(tmp_path / "house"))
    put(house.root, "schedule.yaml", SOON)
    at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    if at - datetime.now(UTC) < timedelta(seconds=15):  # time to start in
        at += timedelta(minutes=1)
    path = f"/nyheter/{at.astimezone(ZoneInfo('Europe/Stockholm')).year}/snart/"
    text = f"---\nid: urn:x:snart\ntitle: Snart\ndate: {at:%Y-%m-%dT%H:%M}+00:00\n---\n\nNu!\n"
    put(house.root, "posts/news/snart.md", text)

    with running(house) as (bot, client):
        wait_for(lambda: answers(client, "/"))
        there_is_a_site = datetime.now(UTC)
        wait_for(lambda: answers(client, path))
        seen = datetime.now(UTC)
        log = stop(bot)

    assert log.count("publicera det som är dags") <= len(["the start", "the post"])
    assert at <= seen < max(at, there_is_a_site) + timedelta(seconds=60)


def test_signing_up_and_leaving(tmp_path: Path) -> None:
    """The form sends one mail; its link changes nothing until the button is pressed.

    The same holds for leaving, but that a mail program's one-click post leaves at once.
    """
    with MailCatcher(tmp_path / "mail") as catcher:
        house = House(write_newsroom(tmp_path / "house"), catcher.address)
        with running(house) as (bot, client):
            wait_for(lambda: answers(client, "/prenumerera/"))
            sign_up(client, "asa@example.se")
            wait_for(lambda: catcher.recipients == ("asa@example.se",))
            assert state_of(house) == "pending"
            link = link_in(tmp_path / "mail/0001.eml", "bekrafta")
            assert client.get(link).status_code == httpx.codes.OK
            assert state_of(house) == "pending"

            form = {**fields_of(client.get(link).text), "choice": "confirm"}
            time.sleep(3)  # a press that is quicker is a program's
            assert client.post(link, data=form).status_code == httpx.codes.OK
            assert state_of(house) == "active"

            send_issue(house)
            wait_for(lambda: catcher.recipients.count("asa@example.se") == 2)
            last = len(catcher.recipients) - catcher.recipients[::-1].index("asa@example.se")
            leave = one_click_in(tmp_path / f"mail/{last:04}.eml")
            client.get(leave)
            assert state_of(house) == "active"
            client.post(leave, data={"List-Unsubscribe": "One-Click"})
            assert state_of(house) == "unsubscribed"
            stop(bot)


def sign_up(client: httpx.Client, address: str) -> None:
    """Fill the form in as a person would, who takes a few seconds for it."""
    form = fields_of(client.get("/prenumerera/").text)
    time.sleep(4)
    answer = client.post("/prenumerera/", data={**form, "email": address})
    assert answer.status_code == httpx.codes.OK, answer.text


def send_issue(house: House) -> None:
    """Approve and freeze the issue; the bot that is running may be who sends it."""
    put(house.root, "posts/newsletters/2026-host.md", ISSUE)
    house.do("issue", "approve", "2026-host", "--by", "anna-ek")
    house.do("issue", "send", "2026-host", "--yes")


def state_of(house: House) -> str:
    """Where the one subscriber stands."""
    (person,) = house.do("subscribers", "list", "--json").json()
    return str(person["state"])


def message(path: Path) -> EmailMessage:
    """A mail that was caught."""
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def link_in(path: Path, word: str) -> str:
    """The link in a mail's text whose address has the word in it, as a path of the site."""
    body = message(path).get_body(("plain",))
    assert body is not None
    found = re.search(rf"https://nyheter\.natverket\.test(/{word}/\S+)", body.get_content())
    assert found is not None
    return found[1].rstrip(".>)")


def one_click_in(path: Path) -> str:
    """The address a mail program posts to, as a path of the site (RFC 8058)."""
    header = str(message(path)["List-Unsubscribe"])
    found = re.search(r"<https://nyheter\.natverket\.test(/[^>]+)>", header)
    assert found is not None
    return found[1]


def test_a_taken_port(tmp_path: Path) -> None:
    """A port that somebody else has is told, with exit 3, and nothing stays behind."""
    house = House(write_newsroom(tmp_path / "house"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = house.run("run", "--port", str(port))

    assert said.status == 3
    wanted = f"kan inte lyssna på 127.0.0.1:{port}: ett annat program lyssnar redan där; välj en"
    assert f"newsroom: {wanted}" in said.err
    assert "välj en annan med --port" in said.err


def test_a_database_that_is_away_is_told_before_the_site(tmp_path: Path) -> None:
    """Nobody is sent to a site that is gone in the same moment."""
    house = House(write_newsroom(tmp_path / "house"))
    put(house.root, ".env", "NEWSROOM_DATABASE=postgresql://127.0.0.1:9/x\n")

    said = house.run("run", "--port", "0")

    assert said.status == 3
    assert "http://" not in said.err


def test_web_alone_builds_nothing(tmp_path: Path) -> None:
    """With --only web the site is shown as it is; building is the clock's."""
    house = House(write_newsroom(tmp_path / "house"))
    put(house.root, "public/index.html", "<p>old</p>")

    with running(house, "--only", "web") as (bot, client):
        wait_for(lambda: answers(client, "/"))
        assert client.get("/").text == "<p>old</p>"
        stop(bot)


@pytest.mark.parametrize("part", ["clock", "worker"])
def test_a_part_alone(tmp_path: Path, part: str) -> None:
    """The clock or the sender alone listens nowhere, says who it is, and stops when asked."""
    house = House(write_newsroom(tmp_path / "house"))

    with running(house, "--only", part) as (bot, client):
        log = heard(bot, "igång som ")  # all that there is has been started
        ready = house.root / ("public/index.html" if part == "clock" else "var/seats")
        wait_for(ready.exists)
        assert not answers(client, "/")
        stop(bot)

    assert (house.root / "public").exists() == (part == "clock")
    assert log.endswith(f"igång som {socket.gethostname()}:{bot.pid}: {part}\n")


def test_the_sender_sends_what_another_process_froze(tmp_path: Path) -> None:
    """An issue that was frozen, and whose sender is gone, goes out with the bot."""
    with MailCatcher(tmp_path / "mail") as catcher:
        house = House(write_newsroom(tmp_path / "house"), catcher.address)
        site = house.root / "posts/site.yaml"
        site.write_text(site.read_text().replace("undo: 0 minutes", "undo: 1 hour"))
        put(house.root, "posts/newsletters/2026-host.md", ISSUE)
        house.do("subscribers", "add", "asa@example.se", "--consent", "mötet")
        house.do("issue", "approve", "2026-host", "--by", "anna-ek")
        behind = datetime.now(UTC) - timedelta(minutes=61)  # for this one there is an hour to go
        sender = house.start("issue", "send", "2026-host", "--yes", "--now", f"{behind:%FT%TZ}")
        wait_for(lambda: '"frozen": 1' in house.run("issue", "status", "2026-host", "--json").out)
        sender.kill()
        sender.communicate()
        with running(house) as (bot, client):
            wait_for(lambda: answers(client, "/"))
            wait_for(lambda: "asa@example.se" in catcher.recipients)
            wait_for(lambda: "klart" in house.do("issue", "status", "2026-host").out)
            assert answers(client, "/nyhetsbrev/2026-host/")
            assert catcher.recipients.count("asa@example.se") == 1
            stop(bot)


def test_the_site_stays_while_a_job_ends_for_new_settings(tmp_path: Path) -> None:
    """New settings wait for the job in hand; the web answers all that time, and right after it."""
    house = House(write_newsroom(tmp_path / "house"))
    rules, goes_on = house.root / "posts/site.yaml", tmp_path / "goes-on"
    until = f"sh -c 'until test -e {goes_on}; do sleep 0.1; done'"
    with rules.open("a", encoding="utf-8") as site:
        site.write(f'deploy: {{command: "{until}"}}\n')
    old = rules.read_text(encoding="utf-8")
    with running(house) as (bot, client):
        wait_for(lambda: answers(client, "/"))
        write(rules, re.sub("(?m)^name: .*$", "name: Ett nytt namn", old).encode())
        heard(bot, "nya inställningar")
        there = []
        for _ in range(10):
            time.sleep(0.2)
            there.append(answers(client, "/livez"))
        goes_on.touch()
        refused = 0
        while not answers(client, "/", "Ett nytt namn"):
            refused += is_turned_away(client)
            assert bot.poll() is None
        stop(bot)

    assert there == [True] * 10
    assert refused == 0, "nobody is turned away at the door"


def is_turned_away(client: httpx.Client) -> bool:
    """Whether nobody opens. A line that was open may end with the old web: browsers ask again."""
    try:
        client.get("/livez")
    except httpx.ConnectError:
        return True
    except httpx.TransportError:
        return False
    return False


def test_new_settings_hold_without_a_restart(tmp_path: Path) -> None:
    """A new name in site.yaml is on the site within seconds; a fault in it changes nothing.

    Nor does a schedule in an old encoding, or a template that cannot be read. Monitors hear of it.
    """
    house = House(write_newsroom(tmp_path / "house"))
    rules = house.root / "posts" / "site.yaml"
    plan, template = house.root / "schedule.yaml", house.root / "templates" / "base.html"
    good = rules.read_text(encoding="utf-8")
    renamed = re.sub("^name: .*$", "name: Ett nytt namn", good, flags=re.MULTILINE)
    with running(house) as (process, client):
        wait_for(lambda: answers(client, "/"))

        write(rules, b"name: [")
        said = heard(process, "så de gamla gäller")
        write(rules, good.encode())
        write(plan, SOON.encode() + "# varje m\u00e5ndag\n".encode("cp1252"))
        said += heard(
            process, "så de gamla gäller", "schedule.yaml:3: filen är sparad som Windows-1252"
        )
        plan.unlink()  # as some editors do while they save
        said += heard(
            process, "så de gamla gäller", "schedule.yaml: filen saknas; hämta tillbaka den"
        )
        template.parent.mkdir()
        template.symlink_to(template.name)
        said += heard(process, "så de gamla gäller", "base.html: ")
        kept = client.get("/").status_code
        alive, health = client.get("/livez").text, client.get("/healthz").text
        write(plan, SOON.encode())
        write(rules, renamed.encode())
        template.unlink()  # what has been told of is the last to be in order again
        wait_for(lambda: answers(client, "/", "Ett nytt namn"))
        well = client.get("/healthz").text
        said += stop(process)

    assert kept == httpx.codes.OK
    assert alive == "ok\n"
    assert re.fullmatch(r"settings since \S+Z\n", health), "and no job is missed meanwhile"
    faults = ("site.yaml", "schedule.yaml", "no file", "base.html")
    assert said.count("så de gamla gäller") == len(faults)
    assert well == "ok\n"
    assert (said.count("avslutar"), said.count("har nya inställningar")) == (1, 1)


class Fickle(Desk):
    """A desk whose disk does not answer the first time; it tells what is done with it."""

    def __init__(self, settings: Settings, told: list[str], looked: threading.Event) -> None:
        super().__init__(settings, lambda: datetime.now(UTC))
        self._told = told
        self._looked = looked

    def anew(self) -> "Fickle":
        """Another such desk."""
        return Fickle(self.settings, self._told, self._looked)

    def rules_digest(self) -> str:
        """The digest, and a sign that it was asked for."""
        digest = super().rules_digest()
        self._looked.set()
        return digest

    def schedule_if_any(self) -> Schedule | None:
        """The schedule, at the second time of asking."""
        self._told.append("asked")
        if len(self._told) == 1:
            raise OutsideError(say("the disk does not answer"))
        return super().schedule_if_any()

    def close(self) -> None:
        """Give everything back."""
        self._told.append("closed")
        super().close()


def test_new_settings_that_could_not_be_read_are_looked_at_again(tmp_path: Path) -> None:
    """What keeps them from being used may pass, though no file changes; nothing is left open."""
    settings = Settings.from_env(write_newsroom(tmp_path), {"NEWSROOM_SECRET": "s" * 32})
    told, looked, over = list[str](), threading.Event(), threading.Event()
    desk = Fickle(settings, told, looked)
    bot = threading.Thread(target=Bot(desk, "", 0, over).run, args=[set()])
    bot.start()
    assert looked.wait(PATIENCE)
    put(tmp_path, "schedule.yaml", SOON)
    try:
        wait_for(lambda: len(told) == len(["asked", "closed", "asked", "closed"]))
    finally:
        over.set()
        bot.join()

    assert told == ["asked", "closed", "asked", "closed"]  # at last the desk before the change
