"""What earlier issues have told, by permanent id: a renamed or retitled file is the same news."""

from math import inf

from newsroom.model import Issue, Newsroom
from newsroom.model.filing import shelf_of


def told_before(newsroom: Newsroom, issue: Issue | None = None) -> dict[str, str]:
    """The ids of all posts that issues before this one tell, each with the first to tell it.

    Without an issue: what any issue tells.
    """
    ids = {card.slug: card.id for card in shelf_of(newsroom.posts, newsroom.site).cards}
    told: dict[str, str] = {}
    for earlier in sorted(newsroom.issues, key=_place):
        if issue is None or _place(earlier) < _place(issue):
            for slug in (earlier.lead, *earlier.stories):
                if slug in ids:
                    told.setdefault(ids[slug], earlier.slug)
    return told


def _place(issue: Issue) -> tuple[float, float, str]:
    """Where an issue stands among the others: by when it is sent, those without a day last."""
    sent = issue.published.timestamp() if issue.published else inf
    return sent, issue.number or inf, issue.slug
