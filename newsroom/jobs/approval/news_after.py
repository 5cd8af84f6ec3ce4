"""What the approvers are told of an issue that is on its way, or over."""

from newsroom.bounces.cause import Cause
from newsroom.jobs.approval.news import OR_ELSE, DeskCalendar, IssueNews, UnsaidNote, full_stop
from newsroom.model.matter import Matter
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


def leaving(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """It is frozen; the first mail goes when the undo window ends."""
    leaves = told.departure.first_mail if told.departure else calendar.now
    subject = say("{title} leaves at {time}", title=told.title, time=calendar.time(leaves))
    if not calendar.is_today(leaves):
        subject = say("{title} leaves on {when}", title=told.title, when=calendar.when(leaves))
    return UnsaidNote(
        subject,
        (
            say(
                "{title} is approved, and its text and its {number} readers are fixed.",
                title=told.title,
                number=told.readers,
            ),
            say(
                "The first mail leaves on {when}; until then you can stop it.",
                when=calendar.when(leaves),
            ),
        ),
        say("Stop it here"),
    )


def canaries(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """The first few have it, and the rest waits for a word."""
    accepted, frozen = _tally(told)
    return UnsaidNote(
        say("Go on? The first readers have {title}", title=told.title),
        (
            say(
                "The mail server has accepted {title} for the first {accepted} readers.",
                title=told.title,
                accepted=accepted,
            ),
            say(
                "Look at a copy of your own; the rest of the {frozen} waits for your word.",
                frozen=frozen,
            ),
        ),
        say("Let the rest follow"),
    )


def lane(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """A mail host refuses us, and its readers wait."""
    return UnsaidNote(
        say("A mail host does not take {title}", title=told.title),
        (
            say(
                "Readers of {title} wait: {reason}{stop}",
                title=told.title,
                reason=told.reason,
                stop=full_stop(told.reason),
            ),
            say("The other readers get theirs meanwhile, and nobody is struck from the list."),
            say("When the reason is gone, let it go on from the page."),
        ),
        say("See how far it came"),
        command=(OR_ELSE, f"newsroom issue resume {told.issue}"),
    )


def paused(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """It stands still, and why."""
    accepted, frozen = _tally(told)
    subject = say(
        "Paused: {title}, {accepted} of {frozen}",
        title=told.title,
        accepted=accepted,
        frozen=frozen,
    )
    stands = say(
        "The sending of {title} is paused: {reason}{stop}",
        title=told.title,
        reason=told.reason or say("somebody asked for it"),
        stop=full_stop(told.reason),
    )
    others = say(
        "{accepted} of {frozen} copies have been accepted by the mail server; "
        "the others wait, and none is lost.",
        accepted=accepted,
        frozen=frozen,
    )
    button = say("See how far it came")
    if told.counts and told.counts.matter is Matter.BEHIND:  # the reason says the only way on
        return UnsaidNote(subject, (stands, others), button)
    return UnsaidNote(
        subject,
        (stands, others, say("When the reason is gone, let it go on from the page.")),
        button,
        command=(OR_ELSE, f"newsroom issue resume {told.issue}"),
    )


def unsure(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """All is settled, but for copies of which nobody knows whether they left."""
    accepted, frozen = _tally(told)
    number = told.counts.unknown if told.counts else 0
    return UnsaidNote(
        say("{number} to settle: {title}", number=number, title=told.title),
        (
            say(
                "The mail server has accepted {accepted} of {frozen} copies of {title}; of "
                "{number} nobody knows, since the line or the program broke off just then.",
                accepted=accepted,
                frozen=frozen,
                title=told.title,
                number=number,
            ),
            say("Nothing is sent again by itself, since readers may have it already."),
            say("Say on the page what is so."),
        ),
        say("See whom it is about"),
        command=(OR_ELSE, f"newsroom issue resolve {told.issue}"),
    )


def done(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """How many have got it, and what is left to look at."""
    accepted, frozen = _tally(told)
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
    accepted, frozen = _tally(told)
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
    accepted, frozen = _tally(told)
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


def _tally(told: IssueNews) -> tuple[int, int]:
    """How many copies were accepted, and of how many."""
    return (told.counts.accepted, told.counts.frozen) if told.counts else (0, 0)
