"""When an issue leaves, in words: the real day, and why it is not the one that is written."""

from datetime import datetime, tzinfo

from newsroom.jobs.issue.departure import Departure
from newsroom.model.saying import Saying, joined, say
from newsroom.render.words import Words


def when_sent(leaves: Departure, words: Words, zone: tzinfo) -> Saying:
    """Tisdag 1 december 2026 kl. 09.00, as within a sentence; the other time beside it, and why."""
    when = written(leaves.sent, words, zone)
    if not leaves.is_shut:
        return joined("", (when,))
    return say(
        "{when} (not {planned}, when no mail may leave)",
        when=when,
        planned=written(leaves.at, words, zone),
    )


def written(moment: datetime, words: Words, zone: tzinfo) -> str:
    """Tisdag 1 december 2026 kl. 09.00, as within a sentence."""
    local = moment.astimezone(zone)
    return f"{words.weekday(local)} {words.moment(local)}"
