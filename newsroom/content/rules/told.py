"""Which pieces earlier issues have told of, by permanent id."""

from collections.abc import Iterable
from math import inf

from newsroom.model import Issue, Newsroom
from newsroom.model.filing import shelf_of


def told_before(newsroom: Newsroom, issue: Issue) -> dict[str, str]:
    """The ids of all posts that issues before this one tell, each with the first to tell it."""
    return told_by(newsroom, (each for each in newsroom.issues if _place(each) < _place(issue)))


def told_by(newsroom: Newsroom, issues: Iterable[Issue]) -> dict[str, str]:
    """The ids of all posts that these issues tell, each with the first to tell it."""
    ids = {card.slug: card.id for card in shelf_of(newsroom.posts, newsroom.site).cards}
    told: dict[str, str] = {}
    for issue in sorted(issues, key=_place):
        for slug in (issue.lead, *issue.stories):
            if slug in ids:
                told.setdefault(ids[slug], issue.slug)
    return told


def _place(issue: Issue) -> tuple[float, float, str]:
    """Where an issue stands among the others: by when it is sent, those without a day last."""
    sent = issue.published.timestamp() if issue.published else inf
    return sent, issue.number or inf, issue.slug
