"""What a build tells of site.yaml beside its faults."""

from datetime import date
from typing import Any

from newsroom.jobs.advice.site_advice import never_reviewed, review_due, site_advice
from newsroom.model import Accessibility, Brand, Sender, Severity, Site
from newsroom.render.look.colour import contrast, schemes
from tests.render.pieces import at, make_site

NOW = at("2026-11-22T09:00")
SENDER = Sender("Nätverket", "brev@natverket.test")


def owned(**other: Any) -> Site:  # noqa: ANN401
    """A site with nothing of the sample in it."""
    return make_site(**{"url": "https://natverket.test", "sender": SENDER, **other})


def test_a_colour_that_cannot_be_read_is_named_with_what_is_used() -> None:
    """A pale accent is told of, with its contrast and the shade that pages and mails wear."""
    site = owned(brand=Brand(accent="#ffcc00"))
    used = schemes(site.brand)[0].accent

    (told,) = site_advice(site, NOW)

    assert contrast(used, "#ffffff") >= 4.5
    assert str(told) == (
        "posts/site.yaml: brand.accent #ffcc00 has a contrast of 1.5:1 to white and text needs "
        f'4.5:1, so {used} is used; write accent: "{used}", or another dark colour'
    )
    assert told.severity is Severity.NOTE


def test_a_review_that_is_overdue_is_told() -> None:
    """A year after the accessibility of the site was assessed, every build says so."""
    site = owned(accessibility=Accessibility(assessed=date(2025, 11, 1)))

    assert [told.code for told in site_advice(site, NOW)] == ["old-review"]


def test_a_site_in_order_is_told_nothing() -> None:
    """A readable colour and a fresh review give no advice."""
    site = owned(accessibility=Accessibility(assessed=date(2026, 9, 1)))

    assert site_advice(site, NOW) == ()


def test_a_review_older_than_a_year_is_warned_of() -> None:
    """Twelve months after the day it was assessed, each build says that it is time again."""
    site = owned(accessibility=Accessibility(assessed=date(2025, 9, 1)))

    due = review_due(site, at("2026-09-02T00:00"))

    assert due is not None
    assert due.severity is Severity.WARNING
    assert "last assessed on 2025-09-01, over a year ago" in str(due)
    assert review_due(site, at("2026-09-01T23:59")) is None


def test_a_site_that_was_never_reviewed_is_not_told_that_it_is_late() -> None:
    """The statement itself says that the site has not been assessed; the check reminds of it."""
    told = never_reviewed(owned(), NOW)

    assert review_due(owned(), NOW) is None
    assert told is not None
    assert told.severity is Severity.NOTE
    assert told.fix.endswith("write accessibility: {assessed: 2026-11-22, status: …}")
