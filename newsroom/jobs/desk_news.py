"""What the approvers are told about an issue: a subject, three sentences, one thing to press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsroom.delivery.desk_mails import News
from newsroom.jobs.departure import Departure, answer_by
from newsroom.model import Site
from newsroom.model.delivery import Counts
from newsroom.model.saying import Saying, say
from newsroom.render.mail.desk_note import DeskNote
from newsroom.render.mail.letter import Letter
from newsroom.render.sayings import in_language
from newsroom.render.words import Words

_REVIEW = say("Go to the review page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Some news of an issue, with whichever facts the mail about it needs."""

    news: News
    occasion: str  # which slot, text or pause it is about: told once for each
    issue: str  # its name
    title: str
    source: str  # its file
    departure: Departure | None = None
    readers: int = 0
    preview: Letter | None = None
    who: str = ""  # has answered, or has not; has approved, stopped, postponed
    since: datetime | None = None
    reason: str = ""
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A note before it is said in a language."""

    subject: Saying
    sentences: tuple[Saying, ...]
    button: Saying = _REVIEW


def desk_note(site: Site, told: Told, url: str | None, now: datetime) -> DeskNote:
    """The mail about some news, in the language of the desk."""
    lang = site.language
    draft = _DRAFTS[told.news](told, _Calendar(site, now))
    return DeskNote(
        lang=lang,
        subject=in_language(draft.subject, lang),
        sentences=tuple(in_language(sentence, lang) for sentence in draft.sentences),
        button=in_language(draft.button, lang),
        url=url,
        preview=told.preview,
        caption=in_language(say("Preview: this is how readers will get it."), lang),
    )


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Days and times as the desk writes them."""

    site: Site
    now: datetime

    def when(self, moment: datetime) -> str:
        """Tisdag 1 december 2026 kl. 09.00, as within a sentence."""
        local, words = moment.astimezone(self.site.timezone), Words(self.site.language)
        return f"{words.weekday(local)} {words.moment(local)}"

    def day(self, moment: datetime) -> str:
        """29 maj."""
        return Words(self.site.language).day(moment.astimezone(self.site.timezone))

    def time(self, moment: datetime) -> str:
        """09.15."""
        return Words(self.site.language).time(moment.astimezone(self.site.timezone))

    def latest(self, departure: Departure) -> str:
        """The day by which to answer."""
        return self.day(answer_by(departure.at, self.site.timezone, self.now))

    def fate(self, told: Told) -> Saying:
        """What becomes of the issue with a yes, and without."""
        if told.departure is None:
            return say("Choose on the review page when it leaves; without a yes nothing is sent.")
        return say(
            "It leaves on {when} if it is approved by then, to {number} readers; "
            "without a yes nothing is sent.",
            when=self.when(told.departure.at),
            number=told.readers,
        )


def _asked(told: Told, calendar: _Calendar) -> _Draft:
    first = say("The draft of {title} is ready to be looked at.", title=told.title)
    if told.who and told.since:
        first = say(
            "{name} was asked on {day} to look at {title} and has not answered, "
            "so now you are asked too.",
            name=told.who,
            day=calendar.day(told.since),
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
    return _Draft(subject, (first, change, calendar.fate(told)))


def _reminded(told: Told, calendar: _Calendar) -> _Draft:
    subject = say("Reminder: {title} waits for a yes", title=told.title)
    if told.departure:
        day = calendar.latest(told.departure)
        subject = say("Reminder: {title} waits for a yes, by {day}", title=told.title, day=day)
    waits = say("Nobody has approved {title} as it is now.", title=told.title)
    return _Draft(subject, (waits, calendar.fate(told)))


def _voided(told: Told, calendar: _Calendar) -> _Draft:
    return _Draft(
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
    )


def _stopped(told: Told, _calendar: _Calendar) -> _Draft:
    return _Draft(
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


def _postponed(told: Told, calendar: _Calendar) -> _Draft:
    day = calendar.day(told.departure.at) if told.departure else ""
    when = calendar.when(told.departure.at) if told.departure else ""
    return _Draft(
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


def _held(told: Told, calendar: _Calendar) -> _Draft:
    when = calendar.when(told.departure.at) if told.departure else ""
    return _Draft(
        say("Held: {title} has not been sent", title=told.title),
        (
            say("{title} was to leave on {when} and is held.", title=told.title, when=when),
            say("The reason: {reason}.", reason=told.reason),
            say(
                "On the review page you approve it and choose when it leaves; until then nothing "
                "is sent."
            ),
        ),
    )


def _skipped(told: Told, _calendar: _Calendar) -> _Draft:
    return _Draft(
        say("Skipped: {title}", title=told.title),
        (
            say(
                "Nothing has been published since the last issue, so {title} is left out.",
                title=told.title,
            ),
            say(
                "If you want to write it all the same: {command}",
                command=f"newsroom new issue {told.issue}",
            ),
        ),
    )


def _cancelled(told: Told, _calendar: _Calendar) -> _Draft:
    return _Draft(
        say("Cancelled: {title}", title=told.title),
        (
            say("{title} has been cancelled.", title=told.title),
            say("The reason: {reason}.", reason=told.reason),
            say("Nobody who has not got it yet will get it."),
        ),
    )


def _leaving(told: Told, calendar: _Calendar) -> _Draft:
    leaves = told.departure.first_mail if told.departure else calendar.now
    return _Draft(
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


def _canaries(told: Told, _calendar: _Calendar) -> _Draft:
    accepted, frozen = _tally(told)
    return _Draft(
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


def _paused(told: Told, _calendar: _Calendar) -> _Draft:
    accepted, frozen = _tally(told)
    return _Draft(
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


def _done(told: Told, _calendar: _Calendar) -> _Draft:
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
    return _Draft(subject, tuple(sentences), say("See the issue"))


def _left_out(told: Told) -> tuple[int, int]:
    """How many had left before their turn, and how many copies somebody should look at."""
    counts = told.counts
    return (counts.excluded, counts.refused + counts.unknown) if counts else (0, 0)


def _tally(told: Told) -> tuple[int, int]:
    """How many copies were accepted, and of how many."""
    return (told.counts.accepted, told.counts.frozen) if told.counts else (0, 0)


_DRAFTS: dict[News, Callable[[Told, _Calendar], _Draft]] = {
    News.ASKED: _asked,
    News.REMINDED: _reminded,
    News.VOIDED: _voided,
    News.STOPPED: _stopped,
    News.POSTPONED: _postponed,
    News.HELD: _held,
    News.SKIPPED: _skipped,
    News.CANCELLED: _cancelled,
    News.LEAVING: _leaving,
    News.CANARIES: _canaries,
    News.PAUSED: _paused,
    News.DONE: _done,
}
