"""`issue`: what forbids an approval and a sending."""

from pathlib import Path

from tests.cli.issue.letters import HOST, add, outgoing
from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

SLOT = "2026-12-01T09:00"  # when the schedule sends the issue
COMING = "---\nid: urn:x:snart\ntitle: Snart\ndate: 2026-11-25\nsummary: Kort.\n---\n\nText.\n"


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace words in a file."""
    text = (root / name).read_text()
    assert old in text
    put(root, name, text.replace(old, new))


def test_an_issue_that_is_not_ready_is_not_approved(written: Terminal) -> None:
    """Every fault is told at once with its file and line, and no approval is kept."""
    put(
        written.root,
        "posts/events/2026-11-30-traff.md",
        "---\nid: urn:x:traff\ntitle: Träff\nstart: 2026-11-30T10:00\n---\n\nVälkommen.\n",
    )
    edit(written.root, HOST, "events: [konferens]", "events: [konferens, traff]")
    edit(written.root, HOST, "Hej!", "Hej {{ namn }}!")

    said = written("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    assert said.status == 1
    assert f'{HOST}:8: "traff" är över när numret går, 2026-12-01 09:00; ta bort raden' in said.err
    assert f"{HOST}:12: " in said.err
    listed = written.do("issue", "list", "--now", NOW, "--json").json()
    assert listed[0]["state"] == "drafted"


def test_a_story_that_comes_before_the_slot(written: Terminal) -> None:
    """What is approved is what readers get: a story dated before the slot is in it, and stays."""
    put(written.root, "posts/news/2026-11-25-snart.md", COMING)
    edit(written.root, HOST, "stories: [host, sommar]", "stories: [snart, host, sommar]")
    add(written, "asa@example.se")
    written.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)

    early = written("issue", "send", "2026-host", "--yes", "--now", NOW)
    sent = written.do("issue", "send", "2026-host", "--yes", "--now", SLOT)

    assert early.status == 1
    assert '"snart" skulle inte komma med i numret: det blir offentligt först' in early.err
    assert sent.out == "2026-host: klart; 1 mottagare: 1 mottaget\n"
    (mail,) = outgoing(written)
    assert "Snart" in mail.read_text()


def test_what_became_wrong_after_the_approval(approved: Terminal) -> None:
    """A fault that came after the yes keeps the issue from being frozen, and says what it is."""
    edit(approved.root, "posts/contacts/anna-ek.md", "groups:", "verified: 2024-01-10\ngroups:")

    said = approved("issue", "send", "2026-host", "--yes", "--now", NOW)

    assert said.status == 1
    assert "posts/contacts/anna-ek.md: " in said.err
    assert "2024-01-10" in said.err
    assert outgoing(approved) == []


FRIDAY, TUESDAY = "2026-12-04T16:01", "2026-12-08T08:05"  # closed till Monday; the day after that


def over_a_weekend(terminal: Terminal) -> None:
    """The issue leaves when the office has closed for the week, and is approved."""
    hours = 'hours: {days: monday to friday, from: "08:00", to: "16:00"}'
    edit(terminal.root, "posts/site.yaml", "hours: always", hours)
    by = ("--by", "anna-ek", "--now", "2026-12-03T09:00")
    terminal.do("issue", "postpone", "2026-host", "--to", "2026-12-04 16:01", *by)


def test_what_expires_before_the_first_mail(approved: Terminal) -> None:
    """A story that readers can no longer open on Monday is told on Friday, before anything is."""
    over_a_weekend(approved)
    story = "posts/news/2026-11-10-host.md"
    edit(approved.root, story, "title:", "expires: 2026-12-05\ntitle:")

    said = approved("issue", "approve", "2026-host", "--by", "anna-ek", "--now", FRIDAY)

    assert said.status == 1
    assert f'{HOST}:7: "host" ' in said.err


def test_time_makes_no_other_letter(approved: Terminal) -> None:
    """A story that expires while a frozen issue is paused does not pause it for ever."""
    over_a_weekend(approved)
    story = "posts/news/2026-11-10-host.md"
    edit(approved.root, story, "title:", "expires: 2026-12-08\ntitle:")
    approved.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", FRIDAY)
    waits = approved("issue", "send", "2026-host", "--yes", "--now", FRIDAY)
    approved.do("issue", "pause", "2026-host", "--now", FRIDAY)
    approved.do("issue", "resume", "2026-host", "--now", TUESDAY)

    sent = approved.do("issue", "send", "2026-host", "--yes", "--now", TUESDAY)

    assert "2026-host: utanför" in waits.err
    assert sent.out == "2026-host: klart; 3 mottagare: 3 mottagna\n"
