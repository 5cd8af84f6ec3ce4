"""How late something is, as people say it."""

from datetime import timedelta

from newsroom.model.saying import Saying, say

_HOURS_IN_WORDS = 48  # more of them are days


def in_words(delay: timedelta) -> Saying:
    """About how long that is: days and hours, hours and minutes, or minutes."""
    hours, minutes = divmod(delay // timedelta(minutes=1), 60)
    if hours >= _HOURS_IN_WORDS:
        days, rest = divmod(hours, 24)
        if not rest:
            return say("{days} days", days=days)
        return say("{days} days {hours} h", days=days, hours=rest)
    if not hours:
        return say("{minutes} min", minutes=minutes)
    if not minutes:
        return say("{hours} h", hours=hours)
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes)
