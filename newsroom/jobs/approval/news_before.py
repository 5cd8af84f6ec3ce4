"""What the approvers are told of an issue until it is on its way."""

from newsroom.jobs.approval.news import OR_ELSE, DeskCalendar, IssueNews, UnsaidNote, full_stop
from newsroom.model.saying import Saying, lines, say

_COUNTED = 2  # days: fewer are today and tomorrow, which the date says better


def asked(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """The draft is ready: look, and say yes."""
    first = say("The draft of {title} is ready to be looked at.", title=told.title)
    if told.who and told.since:
        first = say(
            "{name} was asked on {day} to look at {title} and has not answered, "
            "so now you are asked too.",
            name=told.who,
            day=calendar.day(told.since),
            title=told.title,
        )
    elif told.who:
        first = say(
            "{name} has approved {title} before, and that yes no longer holds, so now you are "
            "asked too.",
            name=told.who,
            title=told.title,
        )
    change = say(
        "Change in {file} what should be different, and approve it on the review page.",
        file=told.source,
    )
    subject = say("Review: {title}", title=told.title)
    if told.departure:
        day = calendar.latest(told.departure)
        subject = say("Review: {title}, by {day}", title=told.title, day=day)
    return UnsaidNote(subject, (first, change, *_come(told), calendar.fate(told)), must=told.must)


def reminded(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """Nobody has said yes, and the day is near."""
    subject = say("Reminder: {title} waits for a yes", title=told.title)
    if told.departure:
        day = calendar.latest(told.departure)
        subject = say("Reminder: {title} waits for a yes, by {day}", title=told.title, day=day)
    waits = say(
        "Nobody has approved {title} as it is now. {names} can.",
        title=told.title,
        names=told.able,
    )
    if told.who:
        waits = say(
            "{who} has approved {title}; it needs one more yes, from {names}.",
            who=told.who,
            title=told.title,
            names=told.able,
        )
    return UnsaidNote(subject, (waits, *_come(told), _days_left(told, calendar)), must=told.must)


def _days_left(told: IssueNews, calendar: DeskCalendar) -> Saying:
    """How long there is until it leaves, and what becomes of it without a yes."""
    days = calendar.days_until(told.departure.at) if told.departure else 0
    if told.departure is None or days < _COUNTED or told.departure.is_shut:
        return calendar.fate(told)
    return say(
        "In {days} days, on {when}, it leaves for {number} readers if it is approved by then; "
        "without a yes nothing is sent.",
        days=days,
        when=calendar.when(told.departure.at),
        number=told.readers,
    )


def approved(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """Somebody has said yes: the others know, and that they may still stop it."""
    first = say("{name} has approved {title}.", name=told.who, title=told.title)
    subject = say("Approved: {title}", title=told.title)
    if told.departure is None:
        return UnsaidNote(
            subject, (first, say("No day is set for it: choose one on the review page."))
        )
    if told.departure.at <= calendar.now:
        passed = say(
            "Its time was {when}: choose another day on the review page, or send it now.",
            when=calendar.when(told.departure.at),
        )
        command = (OR_ELSE, f"newsroom issue send {told.issue}")
        return UnsaidNote(subject, (first, passed), command=command)
    day = calendar.day(told.departure.sent)
    return UnsaidNote(
        say("Approved: {title} leaves on {day}", title=told.title, day=day),
        (
            first,
            say(
                "It leaves by itself on {when} to {number} readers; you need not do anything.",
                when=calendar.sent(told.departure),
                number=told.readers,
            ),
            say("Until then the yes can be taken back on the review page."),
        ),
    )


def voided(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """The text was changed after the yes."""
    return UnsaidNote(
        say("Approve again: {title} was changed", title=told.title),
        (
            say(
                "{title} was changed after {name} approved it, so the approval no longer holds.",
                title=told.title,
                name=told.who,
            ),
            say("The review page shows what is different."),
            calendar.fate(told),
        ),
        must=told.must,
    )


def stopped(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """Somebody took the yes back."""
    return UnsaidNote(
        say("Stopped: {title}", title=told.title),
        (
            say(
                "{name} has taken back the approval of {title}, and nothing has been sent.",
                name=told.who,
                title=told.title,
            ),
            say(
                "Change in {file} what should be different; then approve it again on the review "
                "page.",
                file=told.source,
            ),
        ),
    )


def postponed(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """Somebody set another day."""
    day = calendar.day(told.departure.sent) if told.departure else ""
    when = calendar.sent(told.departure) if told.departure else ""
    return UnsaidNote(
        say("Another day: {title} leaves on {day}", title=told.title, day=day),
        (
            say(
                "{name} has decided that {title} leaves on {when}.",
                name=told.who,
                title=told.title,
                when=when,
            ),
            say("An approval that it has holds for as long as its text is the same."),
        ),
    )


def held(told: IssueNews, calendar: DeskCalendar) -> UnsaidNote:
    """Its time came, and it may not leave."""
    when = calendar.when(told.departure.at) if told.departure else ""
    reasons = lines(told.reason)
    alone = (
        [say("The reason: {reason}{stop}", reason=reasons[0], stop=full_stop(reasons[0]))]
        if len(reasons) == 1
        else []
    )
    return UnsaidNote(
        say("Held: {title} has not been sent", title=told.title),
        (
            say("{title} was to leave on {when} and is held.", title=told.title, when=when),
            *alone,
            *_come(told),
            _what_now(told),
        ),
        must=() if alone else reasons,
    )


def _what_now(told: IssueNews) -> Saying:
    """What lets an issue go whose time went by."""
    if told.approved:
        return say(
            "It is approved. On the review page you choose when it leaves; until then nothing is "
            "sent."
        )
    return say(
        "On the review page you approve it and choose when it leaves; until then nothing is sent."
    )


def skipped(told: IssueNews, _calendar: DeskCalendar) -> UnsaidNote:
    """There is nothing new to tell."""
    return UnsaidNote(
        say("Skipped: {title}", title=told.title),
        (
            say(
                "Nothing has been published since the last issue, so {title} is left out.",
                title=told.title,
            ),
        ),
        command=(
            say("If you want to write it all the same, where newsroom runs:"),
            f"newsroom new issue {told.issue}",
        ),
    )


def _come(told: IssueNews) -> tuple[Saying, ...]:
    """What readers would miss: nobody looks for it in a letter that does not have it."""
    return (say("{come}.", come=told.come),) if told.come else ()
