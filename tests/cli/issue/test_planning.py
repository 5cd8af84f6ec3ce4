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


def test_a_day_on_which_no_mail_leaves(written: Terminal) -> None:
    """Every place that tells when an issue is sent tells the real day, and why it is not its own.

    5 December 2026 is a Saturday.
    """
    put(
        written.root,
        "schedule.yaml",
        SCHEDULE.replace("month: december, day: first tuesday", "day: 5 december"),
    )
    site = written.root / "posts/site.yaml"
    week = '{days: monday to friday, from: "08:00", to: "16:00"}'
    site.write_text(site.read_text().replace("hours: always", f"hours: {week}"))

    def told(*command: str) -> str:
        said = written(*command, "--now", NOW)
        return (said.out + said.err).replace("\N{NO-BREAK SPACE}", " ")

    why = "2026-host ska gå 2026-12-05 kl. 09.00, då inga mejl får gå"
    assert f"schedule.yaml: {why}" in told("check")
    assert f"posts/newsletters/2026-host.md: {why}" in told("issue", "check", "2026-host")
    assert "mån 2026-12-07  Utskick: Nyhetsbrev hösten 2026. Dess egen tid är lördag 5 dec" in told(
        "issue", "deadlines"
    )
    assert "går måndag 7 december 2026 kl. 08.00 (inte lördag 5 december" in told(
        "issue", "status", "2026-host"
    )
    assert "2026-12-07 08:00  Nyhetsbrev hösten 2026" in told("issue", "list")
    line = "mån 2026-12-07 08:00  nyhetsbrev hösten: skickas (2026-host; dess tid är lör 2026-12-05"
    assert line in told("schedule")
    assert "mån 2026-12-07 08:00  nyhetsbrev hösten: skickas" in told("status")
    listed = written.do("issue", "deadlines", "--now", NOW, "--json").json()
    assert listed[2]["at"] == "2026-12-07T07:00:00Z"
    assert listed[2]["planned"] == "2026-12-05T08:00:00Z"


def test_another_day_without_room_for_a_reminder(written: Terminal) -> None:
    """Whoever sets the day hears by when a yes is needed, and whether somebody is reminded."""
    put(written.root, "schedule.yaml", SCHEDULE.replace("draft:", "remind: 5 days before, draft:"))
    by = ("--by", "anna-ek", "--now", NOW)

    far = written.do("issue", "postpone", "2026-host", "--to", "2026-12-08", *by)
    near = written.do("issue", "postpone", "2026-host", "--to", "2026-11-25", *by)

    assert far.out.splitlines()[1:] == [
        "2026-host: sista dagen att godkänna är fredag 4 december 2026",
        "2026-host: de som kan godkänna påminns torsdag 3 december 2026",
    ]
    assert near.out.splitlines()[1:] == [
        "2026-host: sista dagen att godkänna är måndag 23 november 2026",
        "2026-host: ingen påminns, för det hinns inte före den dagen",
    ]
    steps = [
        day["step"]
        for day in written.do("issue", "deadlines", "--now", NOW, "--json").json()
        if day["issue"] == "2026-host"
    ]
    assert steps == ["draft", "approve", "send"]


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
