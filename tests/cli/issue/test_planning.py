"""`issue deadlines`: the days of the issues to come."""

from pathlib import Path

import icalendar

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

SCHEDULE = """\
newsletter:
  host: {month: december, day: first tuesday, at: "09:00", draft: 21 days before}
"""


def test_the_days_are_listed(written: Terminal) -> None:
    """A line for each day, in the words of the desk; programs get the moments in UTC."""
    put(written.root, "schedule.yaml", SCHEDULE)

    said = written.do("issue", "deadlines", "--now", NOW)
    told = written.do("issue", "deadlines", "--now", NOW, "--json").json()

    assert said.out.splitlines()[:3] == [
        "tis 2026-11-10  Utkast: Nyhetsbrev hösten 2026",
        "fre 2026-11-27  Sista dag att godkänna: Nyhetsbrev hösten 2026",
        "tis 2026-12-01  Utskick: Nyhetsbrev hösten 2026",
    ]
    assert told[2] == {
        "issue": "2026-host",
        "step": "send",
        "at": "2026-12-01T08:00:00Z",
        "off": False,
    }


def test_the_days_as_a_file(written: Terminal, tmp_path: Path) -> None:
    """The file is the calendar that others can subscribe to."""
    put(written.root, "schedule.yaml", SCHEDULE)

    said = written.do("issue", "deadlines", "--out", str(tmp_path / "dagar.ics"), "--now", NOW)

    made = icalendar.Calendar.from_ical((tmp_path / "dagar.ics").read_bytes())
    assert said.out == f"{tmp_path}/dagar.ics\n"
    assert str(made.walk("VEVENT")[2]["SUMMARY"]) == "Utskick: Nyhetsbrev hösten 2026"


def test_an_address_of_ones_own(written: Terminal) -> None:
    """An approver gets an address, the same each time; nobody else gets one."""
    said = written.do("issue", "deadlines", "--by", "anna-ek", "--now", NOW)

    assert said.out.startswith("https://nyheter.natverket.test/granska/")
    assert said.out.endswith(".ics\n")
    assert written.do("issue", "deadlines", "--by", "anna-ek", "--now", NOW).out == said.out
    refused = written("issue", "deadlines", "--by", "bo-berg", "--now", NOW)
    assert refused.status == 1
    assert '"bo-berg" godkänner inte nyhetsbrev; posts/site.yaml nämner anna-ek' in refused.err
