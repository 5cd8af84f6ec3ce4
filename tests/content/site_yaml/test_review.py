"""The `approval` lines of site.yaml."""

from datetime import timedelta
from pathlib import PurePosixPath

import pytest

from newsroom.content.site_yaml.site import parse_site
from newsroom.model import Review

SITE = (
    "name: N\nurl: https://nyheter.example.se\nlanguage: sv\ntimezone: Europe/Stockholm\n"
    "sender: {name: N, email: brev@example.se}\n"
)


def parsed(line: str) -> tuple[Review | None, list[str]]:
    """What a line of site.yaml gives, and what is said of it."""
    found = parse_site(SITE + line, PurePosixPath("posts/site.yaml"))
    return found.site.review if found.site else None, [str(each) for each in found.problems]


@pytest.mark.parametrize(
    ("line", "review"),
    [
        ("", Review(1, timedelta(days=3))),
        ("approval: {by: one}", Review(1, timedelta(days=3))),
        ("approval: {by: two}", Review(2, timedelta(days=3))),
        ("approval: {deputy: 12 timmar}", Review(1, timedelta(hours=12))),
        ("approval: {by: two, deputy: 1 week}", Review(2, timedelta(weeks=1))),
    ],
)
def test_who_must_say_yes(line: str, review: Review) -> None:
    """One yes or two, and how long the first approver has before the deputy is asked."""
    assert parsed(line) == (review, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("approval: {by: three}", 'approval.by "three" is not known; write one or two'),
        ("approval: {deputy: soon}", 'approval.deputy "soon" is not a length of time'),
        ("approval: two", "approval is not fields; write approval: {by: one, deputy: 3 days}"),
    ],
)
def test_what_cannot_be_meant(line: str, said: str) -> None:
    """A word that is not known is refused, with what to write instead."""
    review, problems = parsed(line)

    assert review is None
    assert said in problems[0]
