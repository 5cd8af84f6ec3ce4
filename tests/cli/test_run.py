"""`tick`, `schedule` and `status`."""

from email import message_from_bytes, policy

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put

SLOT_KEYS = {"job", "due", "local"}
STATUS_KEYS = {"next", "waiting", "jobs", "issues", "mails", "last_build", "last_backup"}


LATER = "2026-11-22T09:02"  # the clock of a command goes on from --now


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
    first = terminal.do("tick", "--now", "2026-11-22T09:01")
    second = terminal.do("tick", "--now", "2026-11-22T09:06")

    assert (first.out, first.err) == ("", "")
    assert second.out.startswith("publicera det som är dags: klart: ")
    assert second.out.endswith(" 0 borttagna\n")


def test_tick_as_json(terminal: Terminal) -> None:
    """As JSON, each slot with what became of it."""
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

    assert "nyhetsbrev hösten: skickas: för sent: 12 tim 0 min försenat, så det kördes inte" in done


def test_tick_with_a_deploy_that_fails(terminal: Terminal) -> None:
    """A job that fails is told, and the command exits with 3."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write('deploy: {command: "false"}\n')
    terminal.do("tick", "--now", "2026-11-22T09:01")

    said = terminal("tick", "--now", "2026-11-22T09:06")

    assert said.status == 3
    assert said.out.startswith('publicera det som är dags: misslyckat: deploy: "false" slutade')


def test_schedule(terminal: Terminal) -> None:
    """What is next, in local time; what comes often is said once."""
    said = terminal.do("schedule", "--days", "10", "--now", NOW)

    assert said.out.splitlines() == [
        "sön 2026-11-22 09:05  publicera det som är dags, sedan med 5 minuters mellanrum",
        "mån 2026-11-23 03:30  radera det om läsare som inte behöver sparas, sedan varje dag",
        "tis 2026-12-01 09:00  nyhetsbrev hösten: skickas",
    ]
    assert said.err == "pröva länkar till andra webbplatser (inte i den här versionen än)\n"


def test_schedule_as_json(terminal: Terminal) -> None:
    """As JSON, every slot with its time in UTC and on the wall."""
    slots = terminal.do("schedule", "--days", "10", "--now", NOW, "--json").json()

    assert all(slot.keys() >= SLOT_KEYS for slot in slots)
    assert next(slot for slot in slots if slot["job"] == "newsletter.host.send") == {
        "job": "newsletter.host.send",
        "due": "2026-12-01T08:00:00Z",
        "local": "Tue 2026-12-01 09:00",
    }


def test_a_schedule_that_cannot_be_followed(terminal: Terminal) -> None:
    """Each fault in schedule.yaml is told with its line and what to write."""
    put(terminal.root, "schedule.yaml", "links: {day: 1, at: '06:00'}\npublish: {every: often}\n")

    said = terminal("schedule")

    assert (said.status, said.out) == (1, "")
    assert said.err.count("schedule.yaml:") == 2


def test_no_schedule(terminal: Terminal) -> None:
    """Without a schedule.yaml the way to one is named."""
    (terminal.root / "schedule.yaml").unlink()

    said = terminal("schedule")

    assert said.status == 1
    assert "schedule.yaml: filen saknas; newsroom init DIR skriver en" in said.err


def test_status(terminal: Terminal) -> None:
    """One screen: what is next, what waits, drafts, issues, what the bot did, the last build."""
    said = terminal.do("status", "--now", NOW)

    lines = said.out.splitlines()
    assert lines[0] == "Härnäst     sön 2026-11-22 09:05  publicera det som är dags"
    assert lines[-5:] == [
        "Väntar      tor 2026-12-24 12:00  Jul  posts/news/2026-12-24-jul.md",
        "Utkast      Utkast  posts/news/2026-11-12-utkast.md",
        "Nyhetsbrev  2026-host: utkastdagen var 2026-11-10 och ingen har fått frågan; nästa steg: "
        "newsroom issue draft 2026-host",
        "Har körts   inget än; newsroom run gör det som står härnäst, i rätt tid",
        "Byggd       aldrig på den här datorn",
    ]


def test_status_lists_ten_drafts(terminal: Terminal) -> None:
    """The others are counted, so that it stays one screen."""
    for number in range(12):
        text = f"---\nid: urn:x:{number}\ntitle: D{number}\ndate: 2026-11-01\ndraft: true\n---\n"
        put(terminal.root, f"posts/news/d{number:02}.md", text)

    lines = terminal.do("status", "--now", NOW).out.splitlines()

    first = next(number for number, line in enumerate(lines) if line.startswith("Utkast"))
    assert lines[first + 10].strip() == "och 3 till"


def test_status_as_json(terminal: Terminal) -> None:
    """As JSON with the keys that others rely on, after some work."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)
    terminal.do("build")
    tick(terminal, NOW)

    told = terminal.do("status", "--now", LATER, "--json").json()

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
        {"path": "posts/news/2026-12-24-jul.md", "at": "2026-12-24T11:00:00Z", "title": "Jul"}
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
    assert told["last_backup"] is None
