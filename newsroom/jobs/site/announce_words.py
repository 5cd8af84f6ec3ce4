"""What is said of announcements: to who publishes, and to the coordinator when one failed."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from newsroom.database.announcements import TROUBLED, Announcement, AnnouncementState
from newsroom.jobs.site.announce_attempt import Round
from newsroom.model import ChannelKind
from newsroom.model.memo import Memo
from newsroom.model.saying import Saying, joined, say

_KIND = "announce"
_POINTS = 10  # rows that a memo names


def lines_of(done: Round) -> tuple[Saying, ...]:
    """A line for each thing that did not go as it should, and for what nobody would expect."""
    return (*done.remarks, *map(sentence, done.waiting), *map(sentence, done.troubled))


def sentence(row: Announcement) -> Saying:
    """Where an announcement stands, and on which channel."""
    return joined(": ", (row.channel, standing(row)))


def at_rest(done: Round, shown: Callable[[datetime], str]) -> tuple[Saying, ...]:
    """How many items wait on each channel that is left alone for now, and until when."""
    times = {row.channel: row.next_at for row in done.behind if row.next_at}
    numbers = Counter(row.channel for row in done.behind)
    return tuple(
        say(
            "{channel}: {number} wait to be announced; the next try is {at}",
            channel=channel,
            number=numbers[channel],
            at=shown(at),
        )
        for channel, at in times.items()
    )


def standing(row: Announcement) -> Saying:
    """What became of an announcement."""
    reason, title = row.note or say("nobody knows why"), row.title or row.item
    values = {"title": title, "reason": reason}
    match row.state:
        case AnnouncementState.DONE if row.place:
            return say('"{title}" announced: {place}', title=title, place=row.place)
        case AnnouncementState.DONE:
            return say('"{title}" announced', title=title)
        case AnnouncementState.KNOWN:
            return say('"{title}" was public before the channel was added', title=title)
        case AnnouncementState.CLAIMED:
            return say('"{title}" is being announced', title=title)
        case AnnouncementState.WAITING:
            return say('"{title}" waits: {reason}; it is tried again', **values)
        case AnnouncementState.FAILED:
            return say('"{title}" was not announced: {reason}', **values)
        case AnnouncementState.UNKNOWN:
            return say('"{title}" may have been announced, or not: {reason}; look there', **values)
        case AnnouncementState.SKIPPED if row.note:
            return say('"{title}" is not announced: {reason}', **values)
        case AnnouncementState.SKIPPED:
            return say('"{title}" is not announced, since somebody said so', title=title)


def what_to_do(rows: Iterable[Announcement]) -> tuple[Saying, ...]:
    """What a person can do about these, a sentence for each kind of trouble that is among them."""
    states = {row.state for row in rows}
    advice = {
        AnnouncementState.FAILED: say(
            "What was not announced: when the reason is mended, newsroom announce now --failed."
        ),
        AnnouncementState.UNKNOWN: _of_unknown(),
    }
    return tuple(sentence for state, sentence in advice.items() if state in states)


def _of_unknown() -> Saying:
    return say(
        "What may have been announced: look there first. Where it is missing, use "
        "newsroom announce now FILE; where it stands, newsroom announce skip FILE."
    )


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
            _of_unknown(),
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
        subject=say("The hub {hub} takes no news", hub=hub),
        sentences=(
            say("It has not heard for a day that a feed has changed: {reason}.", reason=reason),
            say("Who follows the feed gets the news all the same, only later."),
            say("The hub is asked again at the next change. Is its address in site.yaml right?"),
        ),
    )


def _occasion(channel: str, since: datetime) -> str:
    return sha256(f"{channel} {since.timestamp()}".encode()).hexdigest()[:40]
