"""What a build says of site.yaml beside its faults: the sample's words, a review overdue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsroom.content.rules.breach import SITE
from newsroom.jobs.advice.sample_values import sample_values
from newsroom.model import Problem, Severity, Site
from newsroom.model.saying import say
from newsroom.render.look.colour import READABLE, accent_in_its_place, contrast

_REVIEWED_EVERY = timedelta(days=365)


def site_advice(site: Site, now: datetime) -> tuple[Problem, ...]:
    """Everything there is to say at `now`; nothing of it keeps the site from being built."""
    return tuple(_advice(site, now))


def _advice(site: Site, now: datetime) -> Iterator[Problem]:
    yield from (told for told in (sample_values(site), review_due(site, now)) if told)
    instead = accent_in_its_place(site.brand)
    if instead is not None:
        yield _pale(site.brand.accent, instead)


def never_reviewed(site: Site, now: datetime) -> Problem | None:
    """A reminder when the accessibility of the site has not been assessed at all; else None."""
    if site.accessibility.assessed is not None:
        return None
    today = now.astimezone(site.timezone).date()
    return Problem(
        SITE,
        None,
        Severity.NOTE,
        "no-review",
        say("the accessibility of the site has not been assessed, and its statement says so"),
        say(
            "go through the site, and write accessibility: {{assessed: {day}, status: …}}",
            day=today,
        ),
    )


def review_due(site: Site, now: datetime) -> Problem | None:
    """A reminder when the last review of the site is more than twelve months old; else None."""
    assessed = site.accessibility.assessed
    today = now.astimezone(site.timezone).date()
    if assessed is None or today - assessed <= _REVIEWED_EVERY:
        return None
    return Problem(
        SITE,
        None,
        Severity.WARNING,
        "old-review",
        say(
            "the accessibility of the site was last assessed on {day}, over a year ago",
            day=assessed,
        ),
        say("go through the site, mend accessibility.known, and write the new day in assessed"),
    )


def _pale(accent: str, instead: str) -> Problem:
    ratio = contrast(accent, "#ffffff")
    return Problem(
        SITE,
        None,
        Severity.NOTE,
        "pale-accent",
        say(
            "brand.accent {accent} has a contrast of {ratio:.1f}:1 to white and text needs "
            "{readable}:1, so {instead} is used",
            accent=accent,
            ratio=ratio,
            readable=READABLE,
            instead=instead,
        ),
        say('write accent: "{instead}", or another dark colour', instead=instead),
    )
