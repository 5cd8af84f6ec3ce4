"""A sender that fell silent, in words: since when, what is waited for, and what is next."""

from collections.abc import Iterator
from datetime import tzinfo

from newsroom.model.delivery import Counts, Silent
from newsroom.model.saying import Saying, say


def silence_lines(tally: Counts, zone: tzinfo) -> Iterator[Saying]:
    """A line for each thing that a sender should have seen to; times are local."""
    if tally.silent_since is not None:
        yield say(
            "nobody has sent it since {at:%Y-%m-%d %H:%M}; start newsroom run, or: {command}",
            at=tally.silent_since.astimezone(zone),
            command=f"newsroom issue send {tally.issue}",
        )
    if tally.silent is not None:
        yield _of_copies(tally, tally.silent, zone)


def _of_copies(tally: Counts, silent: Silent, zone: tzinfo) -> Saying:
    """How long the word of a sender is waited for, and what becomes of its copies without one."""
    wait = say("its word is waited for until somebody sends")
    if silent.until is not None:
        until = silent.until.astimezone(zone)
        wait = say("its word is waited for until {until:%Y-%m-%d %H:%M}", until=until)
    then = say(
        "then nobody knows whether they left, and you say what is so: {command}",
        command=f"newsroom issue resolve {tally.issue}",
    )
    if tally.resends:
        then = say("then they are sent again")
    return say(
        "in hand when their sender fell silent: {number}; {wait}, {then}",
        number=silent.copies,
        wait=wait,
        then=then,
    )
