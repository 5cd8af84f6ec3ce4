"""`status`."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from newsroom.cli.screen import columns
from newsroom.database import open_database, outbox, transaction
from newsroom.database.job_runs import JobRun, claim_slot, finish_slot
from newsroom.database.outbox import PutOff
from newsroom.delivery.pace.lanes import pause_row
from newsroom.model.memo import Memo
from newsroom.model.saying import say
from newsroom.settings import Settings
from newsroom.wiring import Desk, newsletter
from newsroom.wiring.memos import leave_memo
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put
from tests.processes import Said
from tests.render.pieces import at

SLOT_KEYS = {"job", "due", "local"}
STATUS_KEYS = {"next", "waiting", "jobs", "issues", "mails", "last_build", "last_backup"}
LATER = "2026-11-22T09:02"  # the clock of a command goes on from --now
DRAFTED = "newsletter: {}\npublish: {every: 5 minutes}\n"  # and no issue is late


def status(terminal: Terminal, *options: str, now: str = NOW) -> Said:
    """What `status` says."""
    return terminal("status", "--now", now, *options)


def test_one_screen(terminal: Terminal) -> None:
    """What asks for somebody, what is next, what waits, drafts, issues, what the bot did."""
    said = status(terminal)

    *lines, disk = said.out.splitlines()
    assert lines == [
        "Att göra    2026-host: utkastdagen var 2026-11-10 och ingen har fått frågan;",
        "              nästa steg: newsroom issue draft 2026-host",
        "Härnäst     sön 2026-11-22 09:05  publicera det som är dags",
        "            mån 2026-11-23 03:30  radera det om läsare som inte behöver sparas",
        "            mån 2026-11-23 06:00  pröva länkar till andra webbplatser",
        "            tis 2026-12-01 09:00  nyhetsbrev hösten: skickas (2026-host)",
        "            tis 2027-11-16 09:00  nyhetsbrev hösten: utkastet skrivs (2027-host)",
        "Väntar      tor 2026-12-24 12:00  Jul (posts/news/2026-12-24-jul.md)",
        "Utkast      Utkast (posts/news/2026-11-12-utkast.md)",
        "Nyhetsbrev  inget är godkänt än",
        "Har körts   inget än; newsroom run gör det som står härnäst, i rätt tid",
        "Datorn      byggd   aldrig på den här datorn",
    ]
    assert disk.startswith("            disken  ")
    assert disk.endswith((" GB ledigt", " MB ledigt"))


def test_it_ends_with_1_when_somebody_is_asked(terminal: Terminal) -> None:
    """And with 0 when all is well, so that a script knows without reading."""
    asked = status(terminal).status, status(terminal, "--short").status
    put(terminal.root, "schedule.yaml", DRAFTED)
    well = status(terminal)

    assert asked == (1, 1)
    assert well.status == 0
    assert well.out.startswith("Att göra    inget, allt är väl\n")


def test_in_one_line(terminal: Terminal) -> None:
    """Whether somebody is asked, the issue that is on its way with its numbers, what is next."""
    put(terminal.root, "schedule.yaml", DRAFTED)
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    terminal.mail = "smtp://127.0.0.1:1025"
    calm = status(terminal, "--short").out
    for name in ("asa", "bo"):
        terminal.do("subscribers", "add", f"{name}@example.se", "--consent", "mötet")
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    (line,) = status(terminal, "--short", now=LATER).out.splitlines()

    assert calm == "allt är väl; härnäst: sön 2026-11-22 09:05  publicera det som är dags\n"
    assert line.startswith("allt är väl; 2026-host: godkänt")
    assert line.endswith("; härnäst: sön 2026-11-22 09:05  publicera det som är dags")


def test_in_english(terminal: Terminal) -> None:
    """The same in the other language of the desk."""
    site = terminal.root / "posts/site.yaml"
    site.write_text(site.read_text().replace("language: sv", "language: en"))

    lines = status(terminal).out.splitlines()

    assert lines[0].startswith("To do       2026-host: its draft day was 2026-11-10, and nobody")
    assert "Next        Sun 2026-11-22 09:05  publish what has come" in lines


def ran(root: Path, *runs: JobRun) -> None:
    """Have jobs run."""
    engine = open_database(f"sqlite:///{root}/var/newsroom.db")
    with transaction(engine) as connection:
        for run in runs:
            claim_slot(connection, run)
    engine.dispose()


def test_a_job_that_failed_says_when_it_is_tried_again(terminal: Terminal) -> None:
    """Not at its next slot, which may be a week away."""
    status(terminal)
    due, again = at("2026-11-22T06:00"), at("2026-11-22T11:00")
    run = JobRun("links", due, "running", due, claimed_by="one")
    ran(terminal.root, run)
    failed = replace(run, state="failed", note="ingen svarar", failures=1, next_at=again)
    engine = open_database(f"sqlite:///{terminal.root}/var/newsroom.db")
    with transaction(engine) as connection:
        finish_slot(connection, failed, due)
    engine.dispose()

    words = " ".join(status(terminal).out.split())

    assert "misslyckat: ingen svarar; nytt försök från sön 2026-11-22 11:00" in words


def test_a_long_reason_breaks_nothing(terminal: Terminal) -> None:
    """Whatever a server said, each line fits and the columns stay; nothing reaches the terminal."""
    status(terminal)
    due = at("2026-11-22T08:55")
    reason = 'deploy: "rsync -a public/ www:" ended with 23:\nrsync: \x1b[31mconnection\x1b[0m ' * 4
    ran(terminal.root, JobRun("publish", due, "failed", due, reason, failures=3, failing_since=due))

    said = status(terminal).out

    lines = said.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Har körts"))
    told = [line for line in lines[first:] if not line.startswith("Datorn")]
    assert len(told) > 3
    assert max(columns(line) for line in lines) <= 80
    assert all(line.startswith(" " * 34) for line in told[1:4])
    assert "\x1b" not in said


def test_a_job_that_fails_for_long(terminal: Terminal) -> None:
    """It is the first thing to do, in words and since when, and its reason is told once."""
    status(terminal)
    now = datetime.fromisoformat(f"{NOW}+01:00")
    since, due = now - timedelta(days=2), now - timedelta(minutes=5)
    run = JobRun("publish", due, "failed", due, "nekas", failures=9, failing_since=since)
    ran(terminal.root, run)

    said = status(terminal).out

    assert said.splitlines()[0] == (
        "Att göra    publicera det som är dags: misslyckas sedan fre 2026-11-20 09:00:"
    )
    assert said.count("nekas") == 1
    assert "publicera det som är dags: misslyckat\n" in said


def test_a_host_that_rests(terminal: Terminal) -> None:
    """Below its issue stands until when, and what the host said."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    terminal.do("subscribers", "add", "asa@example.se", "--consent", "mötet")
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)
    now = at(NOW)
    desk = Desk(Settings.from_env(terminal.root, {}), lambda: now)
    newsletter.freeze_issue(desk, "2026-host")
    with transaction(desk.database) as connection:
        pause_row(connection, "lane:example.se", now + timedelta(hours=1), "421 not now", now)
    desk.close()

    lines = status(terminal).out.splitlines()

    first = next(number for number, line in enumerate(lines) if line.startswith("Nyhetsbrev"))
    told = [line.strip() for line in lines[first:]]
    assert "example.se vilar till sön 2026-11-22 10:00: 421 not now" in told


def test_a_coordinator_who_cannot_be_told(terminal: Terminal) -> None:
    """A memo that is refused asks for the machine's keeper, who mends the address."""
    desk = Desk(Settings.from_env(terminal.root, {}), lambda: at(NOW))
    leave_memo(desk, Memo(kind="job", occasion="x", subject=say("stopped"), sentences=()))
    with transaction(desk.database) as connection:
        held = outbox.claim(connection, at(NOW))
        assert held is not None
        refused = PutOff("550 5.1.1", "no such user", timedelta(hours=6), refused=True)
        outbox.put_off(connection, held, refused, at(NOW))
    desk.close()

    told = status(terminal, "--json")

    assert told.status == 1
    assert told.json()["cares"][0]["worry"] == "memos"
    assert "besked till samordnaren som inte tas emot" in status(terminal).out


def test_nobody_looks_at_the_clock(terminal: Terminal) -> None:
    """A bot that has been off for an hour is missed, and what to look at is said."""
    terminal.do("tick", "--now", NOW)

    lines = status(terminal, now="2026-11-22T10:05").out.splitlines()

    assert lines[0].startswith("Att göra    inget har gjorts i tid sedan sön 2026-11-22 09:0")
    assert "newsroom run" in " ".join(lines[:2])


def test_ten_of_each_are_listed(terminal: Terminal) -> None:
    """The others are counted, so that it stays one screen."""
    for number in range(12):
        for name, rest in (("d", "date: 2026-11-01\ndraft: true"), ("w", "date: 2027-01-01")):
            text = f"---\nid: urn:{name}:{number}\ntitle: D{number}\n{rest}\n---\n"
            put(terminal.root, f"posts/news/{name}{number:02}.md", text)

    lines = status(terminal).out.splitlines()

    for heading in ("Väntar", "Utkast"):
        first = next(number for number, line in enumerate(lines) if line.startswith(heading))
        assert lines[first + 10].strip() == "och 3 till"


def test_as_json(terminal: Terminal) -> None:
    """With the keys that others rely on, after some work."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)
    terminal.do("build")
    terminal.do("tick", "--now", NOW)

    told = status(terminal, "--json", now=LATER).json()

    assert told.keys() >= STATUS_KEYS
    assert all(slot.keys() >= SLOT_KEYS for slot in told["next"])
    assert [slot["job"] for slot in told["next"]] == [
        "publish",
        "housekeeping",
        "links",
        "newsletter.host.send",
        "newsletter.host.draft",
    ]
    assert told["waiting"] == [
        {
            "path": "posts/news/2026-12-24-jul.md",
            "at": "2026-12-24T11:00:00Z",
            "title": "Jul",
            "reason": "dess dag har inte kommit",
        }
    ]
    assert told["drafts"] == [
        {"path": "posts/news/2026-11-12-utkast.md", "title": "Utkast"},
        {"path": "posts/newsletters/2026-host.md", "title": "Nyhetsbrev hösten 2026"},
    ]
    assert {job["job"]: job["state"] for job in told["jobs"]}["publish"] == "first"
    assert [(issue["issue"], issue["state"]) for issue in told["issues"]] == [
        ("2026-host", "approved")
    ]
    assert told["last_build"].endswith("Z")
    assert told["last_look"].endswith("Z")
    assert told["last_backup"] is None
    assert told["disk"]["free"] <= told["disk"]["size"]


def test_as_json_it_says_what_asks_for_somebody(terminal: Terminal) -> None:
    """Each with a word for programs and a sentence for people."""
    put(terminal.root, "posts/news/2026-11-20-trasig.md", "---\ntitle: [\n---\n")
    put(terminal.root, "schedule.yaml", DRAFTED)

    said = status(terminal, "--json")

    assert said.status == 1
    (care,) = json.loads(said.out)["cares"]
    assert (care["worry"], care["number"]) == ("content", 1)
    assert care["sentence"] == "fel i posts: 1; se newsroom check"
