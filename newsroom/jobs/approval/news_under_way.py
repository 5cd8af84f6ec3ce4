"""What the approvers are told of an issue that is on its way."""

from newsroom.jobs.approval.news import OR_ELSE, DeskCalendar, IssueNews, UnsaidNote, full_stop
from newsroom.model.matter import Matter
from newsroom.model.saying import say


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
    accepted, frozen = told.tally
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
    accepted, frozen = told.tally
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
    accepted, frozen = told.tally
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
