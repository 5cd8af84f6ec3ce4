"""What is said of announcements: to who publishes, and to the coordinator when one failed."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from newsroom.database.announcements import TROUBLED, Announcement, AnnouncementState
from newsroom.jobs.site.announce_attempt import Round
from newsroom.model import ChannelKind
from newsroom.model.memo import Memo
from newsroom.model.saying import Saying, say

_KIND = "announce"
_POINTS = 10  # rows that a memo names


def lines_of(done: Round) -> tuple[Saying, ...]:
    """A line for each thing that did not go as it should, and for what nobody would expect."""
    return (*done.remarks, *map(sentence, done.waiting), *map(sentence, done.troubled))


def sentence(row: Announcement) -> Saying:
    """Where an announcement stands."""
    reason = row.note or say("nobody knows why")
    values = {"channel": row.channel, "title": row.title or row.item, "reason": reason}
    match row.state:
        case AnnouncementState.WAITING:
            return say('{channel}: "{title}" waits: {reason}; it is tried again', **values)
        case AnnouncementState.FAILED:
            return say('{channel}: "{title}" was not announced: {reason}', **values)
        case AnnouncementState.UNKNOWN:
            return say(
                '{channel}: "{title}" may have been announced, or not: {reason}; look there',
                **values,
            )
        case AnnouncementState.SKIPPED:
            return say('{channel}: "{title}" is not announced: {reason}', **values)
    return say('{channel}: "{title}"', **values)


def trouble(rows: Sequence[Announcement]) -> Memo | None:
    """What the coordinator is told of the rows of one channel, in one memo; None when all is well.

    The occasion is when the oldest of what is wrong began: what goes wrong beside it is not told
    again, and what goes wrong after somebody has settled it, is.
    """
    wrong = sorted(
        (row for row in rows if row.state in TROUBLED), key=lambda row: (row.at, row.item)
    )
    if not wrong:
        return None
    channel, occasion = wrong[0].channel, _occasion(wrong[0].channel, wrong[0].at)
    if channel.startswith(f"{ChannelKind.WEBSUB}:"):
        return _of_hub(channel.partition(":")[2], occasion, wrong[0])
    more = len(wrong) - _POINTS
    points = (
        *map(sentence, wrong[:_POINTS]),
        *([say("and {number} more", number=more)] if more > 0 else []),
    )
    return Memo(
        kind=_KIND,
        occasion=occasion,
        subject=say("Not announced on {channel}", channel=channel),
        sentences=(
            say("News was published that could not be announced on {channel}.", channel=channel),
            say("It is not tried again by itself."),
            say("When the reason is mended, announce what failed with the command below."),
            say(
                "What may have been announced: look there first. Where it is missing, use "
                "newsroom announce now FILE; where it stands, newsroom announce skip FILE."
            ),
        ),
        points=points,
        command="newsroom announce now --failed",
    )


def _of_hub(hub: str, occasion: str, first: Announcement) -> Memo:
    """What is told of a hub: nobody can look there, and nobody needs to."""
    reason = first.note or say("nobody knows why")
    return Memo(
        kind=_KIND,
        occasion=occasion,
        subject=say("The hub {hub} does not answer", hub=hub),
        sentences=(
            say("It has not heard for a day that a feed has changed: {reason}.", reason=reason),
            say("Who follows the feed gets the news all the same, only later."),
            say("The hub is asked again at the next change. Is its address in site.yaml right?"),
        ),
    )


def _occasion(channel: str, since: datetime) -> str:
    return sha256(f"{channel} {since.timestamp()}".encode()).hexdigest()[:40]
