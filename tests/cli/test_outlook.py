"""`schedule`."""

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, SCHEDULE, put

SLOT_KEYS = {"job", "due", "local"}


def test_schedule(terminal: Terminal) -> None:
    """What is next, in local time and in words; what comes often is said once."""
    said = terminal.do("schedule", "--days", "10", "--now", NOW)

    assert said.out.splitlines() == [
        "sön 2026-11-22 09:05  publicera det som är dags, sedan med 5 minuters mellanrum",
        "mån 2026-11-23 03:30  radera det om läsare som inte behöver sparas, sedan varje dag",
        "mån 2026-11-23 06:00  pröva länkar till andra webbplatser, sedan varje vecka",
        "tis 2026-12-01 09:00  nyhetsbrev hösten: skickas (2026-host)",
    ]


def test_a_year_ahead_is_a_few_lines(terminal: Terminal) -> None:
    """Every step of the newsletter, each issue by its name, over both changes of the clocks."""
    said = terminal.do("schedule", "--days", "400", "--now", NOW)

    assert said.out.splitlines()[3:] == [
        "tis 2026-12-01 09:00  nyhetsbrev hösten: skickas (2026-host)",
        "tis 2027-11-16 09:00  nyhetsbrev hösten: utkastet skrivs (2027-host)",
        "tis 2027-12-07 09:00  nyhetsbrev hösten: skickas (2027-host)",
    ]


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("every: 2 hours", "med 2 timmars mellanrum"),
        ("every: 1 hour", "med 60 minuters mellanrum"),
        ("every: 90 minutes", "med 90 minuters mellanrum"),
    ],
)
def test_a_rhythm_in_words(terminal: Terminal, every: str, words: str) -> None:
    """Hours where they are whole, else minutes."""
    put(terminal.root, "schedule.yaml", f"publish: {{{every}}}\n")

    assert terminal.do("schedule", "--now", NOW).out.rstrip().endswith(f", sedan {words}")


def test_a_postponed_issue(terminal: Terminal) -> None:
    """It stands on its new day, and says which it was moved from; so it does as JSON."""
    put(terminal.root, "posts/newsletters/2026-host.md", ISSUE)
    terminal.do(
        "issue",
        "postpone",
        "2026-host",
        "--to",
        "2026-12-08 13:00",
        "--by",
        "anna-ek",
        "--now",
        NOW,
    )

    said = terminal.do("schedule", "--now", NOW)
    told = terminal.do("schedule", "--now", "2026-12-03T09:00", "--days", "10", "--json").json()

    assert (
        "tis 2026-12-08 13:00  nyhetsbrev hösten: skickas "
        "(2026-host; flyttat från tis 2026-12-01 09:00)"
    ) in said.out.splitlines()
    assert [one for one in told if one["job"] == "newsletter.host.send"] == [
        {
            "job": "newsletter.host.send",
            "due": "2026-12-08T12:00:00Z",
            "local": "Tue 2026-12-08 13:00",
            "issue": "2026-host",
            "planned": "2026-12-01T08:00:00Z",
        }
    ]


def test_schedule_as_json(terminal: Terminal) -> None:
    """As JSON, every slot with its time in UTC and on the wall."""
    slots = terminal.do("schedule", "--days", "10", "--now", NOW, "--json").json()

    assert all(slot.keys() >= SLOT_KEYS for slot in slots)
    assert sum(slot["job"] == "publish" for slot in slots) == 10 * 24 * 12
    assert next(slot for slot in slots if slot["job"] == "newsletter.host.send") == {
        "job": "newsletter.host.send",
        "due": "2026-12-01T08:00:00Z",
        "local": "Tue 2026-12-01 09:00",
        "issue": "2026-host",
    }


def test_a_schedule_that_cannot_be_followed(terminal: Terminal) -> None:
    """Each fault in schedule.yaml is told with its line and what to write."""
    put(terminal.root, "schedule.yaml", "links: {day: 1, at: '06:00'}\npublish: {every: often}\n")

    said = terminal("schedule")

    assert (said.status, said.out) == (1, "")
    assert said.err.count("schedule.yaml:") == 2


def test_a_remark_on_the_schedule(terminal: Terminal) -> None:
    """A time that the clocks skip once a year is told beside what is next."""
    put(terminal.root, "schedule.yaml", f"{SCHEDULE}backup: {{at: '02:30'}}\n")

    said = terminal.do("schedule", "--now", NOW)

    assert "schedule.yaml:" in said.err
    assert "02:30  " in said.out


def test_no_schedule(terminal: Terminal) -> None:
    """Without a schedule.yaml the way to one is named."""
    (terminal.root / "schedule.yaml").unlink()

    said = terminal("schedule")

    assert said.status == 1
    assert "schedule.yaml: filen saknas; hämta tillbaka den" in said.err
