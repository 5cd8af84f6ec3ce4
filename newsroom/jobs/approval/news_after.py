"""What the approvers are told of an issue that is on its way, or over."""

from newsroom.jobs.approval.news import Calendar, Draft, Told
from newsroom.model.saying import say


def cancelled(told: Told, _calendar: Calendar) -> Draft:
    """Somebody called it off."""
    return Draft(
        say("Cancelled: {title}", title=told.title),
        (
            say("{title} has been cancelled.", title=told.title),
            say("The reason: {reason}.", reason=told.reason),
            say("Nobody who has not got it yet will get it."),
        ),
    )


def leaving(told: Told, calendar: Calendar) -> Draft:
    """It is frozen; the first mail goes when the undo window ends."""
    leaves = told.departure.first_mail if told.departure else calendar.now
    return Draft(
        say("{title} leaves at {time}", title=told.title, time=calendar.time(leaves)),
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


def canaries(told: Told, _calendar: Calendar) -> Draft:
    """The first few have it, and the rest waits for a word."""
    accepted, frozen = _tally(told)
    return Draft(
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


def lane(told: Told, _calendar: Calendar) -> Draft:
    """A mail host refuses us, and its readers wait."""
    return Draft(
        say("A mail host does not take {title}", title=told.title),
        (
            say("Readers of {title} wait: {reason}.", title=told.title, reason=told.reason),
            say("The other readers get theirs meanwhile, and nobody is struck from the list."),
            say(
                "When the reason is gone, let it go on: {command}",
                command=f"newsroom issue resume {told.issue}",
            ),
        ),
        say("See how far it came"),
    )


def paused(told: Told, _calendar: Calendar) -> Draft:
    """It stands still, and why."""
    accepted, frozen = _tally(told)
    return Draft(
        say(
            "Paused: {title}, {accepted} of {frozen}",
            title=told.title,
            accepted=accepted,
            frozen=frozen,
        ),
        (
            say(
                "The sending of {title} is paused: {reason}.",
                title=told.title,
                reason=told.reason or say("somebody asked for it"),
            ),
            say(
                "{accepted} of {frozen} copies have been accepted by the mail server; "
                "the others wait, and none is lost.",
                accepted=accepted,
                frozen=frozen,
            ),
            say(
                "When the reason is gone, let it go on: {command}",
                command=f"newsroom issue resume {told.issue}",
            ),
        ),
        say("See how far it came"),
    )


def done(told: Told, _calendar: Calendar) -> Draft:
    """How many have got it, and what is left to look at."""
    accepted, frozen = _tally(told)
    excluded, look = _left_out(told)
    command = f"newsroom issue status {told.issue}"
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
            "To look at: {number}. See whom, and why: {command}", number=look, command=command
        )
        sentences.append(whom)
    return Draft(subject, tuple(sentences), say("See the issue"))


def _left_out(told: Told) -> tuple[int, int]:
    """How many had left before their turn, and how many copies somebody should look at."""
    counts = told.counts
    return (counts.excluded, counts.refused + counts.unknown) if counts else (0, 0)


def _tally(told: Told) -> tuple[int, int]:
    """How many copies were accepted, and of how many."""
    return (told.counts.accepted, told.counts.frozen) if told.counts else (0, 0)
