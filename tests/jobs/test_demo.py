"""What the demo adds to the sample."""

from newsroom.content.folder import read
from newsroom.jobs.demo import ISSUE, on_this_machine, sample_readers
from newsroom.jobs.writing.init import starter
from newsroom.readers.lists import parse_list
from tests.render.pieces import make_newsroom, make_site


def test_a_site_that_waits_for_nothing() -> None:
    """The site is read on this machine and its issue leaves at once; who it is stays."""
    site = make_site()

    local = on_this_machine(site, "http://127.0.0.1:8000")

    assert (local.url, local.first_url, local.name) == (
        "http://127.0.0.1:8000",
        site.first_url,
        site.name,
    )
    assert (local.sending.pace, local.sending.hours, local.sending.canary) == (None, None, None)
    assert local.sending.undo.total_seconds() == 0


def test_forty_readers() -> None:
    """Forty addresses, no two alike, at domains that belong to nobody."""
    sample = read(starter()).newsroom
    assert sample is not None

    emails = sample_readers(sample).decode().split()[1:]

    assert len(emails) == len(set(emails)) == 40
    assert all(email.endswith(".example.se") for email in emails)
    assert len(sample_readers(make_newsroom()).decode().split()) == 41


def test_the_list_can_be_read() -> None:
    """The list is one that an import takes as it is."""
    listed = parse_list(sample_readers(make_newsroom()), "sample.csv")

    assert len(listed.people) == 40


def test_its_issue_is_the_samples_draft() -> None:
    """The issue the demo sends is there, and has not been sent."""
    sample = read(starter()).newsroom
    assert sample is not None

    assert [issue.slug for issue in sample.issues if issue.draft] == [ISSUE]
