"""What the approvers are told of an issue that is over: called off or sent, and how it went."""

from newsroom.bounces.cause import Cause
from newsroom.jobs.approval.news import DeskCalendar, IssueNews, UnsaidNote, full_stop
from newsroom.model.saying import Saying, joined, say

_WEEK = 7  # days


def cancelled(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """Somebody called it off."""
    return UnsaidNote(
        say("Cancelled: {title}", title=told.title),
        (
            say("{title} has been cancelled.", title=told.title),
            say("The reason: {reason}{stop}", reason=told.reason, stop=full_stop(told.reason)),
            say("Nobody who has not got it yet will get it."),
        ),
    )


def done(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """How many have got it, and what is left to look at."""
    accepted, frozen = told.tally
    excluded, look = _left_out(told)
    subject = say("Sent: {accepted} of {frozen}", accepted=accepted, frozen=frozen)
    left = say(
        "{title} has left: the mail server accepted {accepted} of {frozen} copies.",
        title=told.title,
        accepted=accepted,
        frozen=frozen,
    )
    sentences = [left]
    if excluded:
        gone = say("Before their turn came, {number} had left the list.", number=excluded)
        sentences.append(gone)
    if look:
        subject = say(
            "Sent: {accepted} of {frozen}; {number} to look at",
            accepted=accepted,
            frozen=frozen,
            number=look,
        )
        whom = say(
            "{number} did not get it: the page says who, why, and what you can do.", number=look
        )
        sentences.append(whom)
    return UnsaidNote(subject, tuple(sentences), say("See the issue"))


def reported(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """How it went, when what comes back has come back."""
    accepted, frozen = told.tally
    bounced = told.counts.bounced if told.counts else 0
    subject = say(
        "How it went: {title}, {accepted} of {frozen}",
        title=told.title,
        accepted=accepted,
        frozen=frozen,
    )
    if bounced:
        subject = say(
            "How it went: {title}, {accepted} of {frozen}; {number} came back",
            title=told.title,
            accepted=accepted,
            frozen=frozen,
            number=bounced,
        )
    sentences = (_had_left(told, calendar), _returned(told), _lost(told))
    return UnsaidNote(subject, sentences, say("See the figures"))


def _had_left(told: IssueNews, calendar: DeskCalendar) -> Saying:
    """When the last copy had gone, which is a week ago unless newsroom stood still."""
    accepted, frozen = told.tally
    if told.since is None or calendar.days_until(told.since) == -_WEEK:
        return say(
            "A week ago {title} had left, and mail servers had accepted {accepted} of {frozen} "
            "copies.",
            title=told.title,
            accepted=accepted,
            frozen=frozen,
        )
    return say(
        "On {day} {title} had left, and mail servers had accepted {accepted} of {frozen} copies.",
        day=calendar.day(told.since),
        title=told.title,
        accepted=accepted,
        frozen=frozen,
    )


def _returned(told: IssueNews) -> Saying:
    """How many came back since, and why; where nobody looks, that is no sign of none."""
    if told.counts is None or not told.counts.bounced:
        if told.hears:
            return say("None of them has come back.")
        return say(
            "Whether any have come back nobody knows: no program reads what comes back, since "
            "NEWSROOM_INBOX is not set."
        )
    causes = joined(
        ", ",
        (
            say("{cause}: {number}", number=number, cause=Cause(cause).words)
            for cause, number in told.counts.causes
        ),
    )
    return say(
        "{number} of them have come back ({causes}); newsroom has struck addresses that are gone.",
        number=told.counts.bounced,
        causes=causes,
    )


def _lost(told: IssueNews) -> Saying:
    """Who has left the list since, and who was annoyed."""
    complained = told.counts.complained if told.counts else 0
    if not told.left and not complained:
        return say("No reader has left the list since, or called it spam.")
    return say(
        "Since then {left} of its readers have left the list, and {complained} called it spam.",
        left=told.left,
        complained=complained,
    )


def _left_out(told: IssueNews) -> tuple[int, int]:
    """How many had left before their turn, and how many copies somebody should look at."""
    counts = told.counts
    return (counts.excluded, counts.refused + counts.unknown) if counts else (0, 0)
