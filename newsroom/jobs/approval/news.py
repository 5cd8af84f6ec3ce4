"""News of an issue, and what a mail about it is made of: a subject, some sentences, a button."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.delivery.approval.desk_mails import News
from newsroom.jobs.issue.departure import Departure, answer_by
from newsroom.jobs.issue.leaving_words import when_sent, written
from newsroom.model import Site
from newsroom.model.delivery import Counts
from newsroom.model.saying import Saying, say
from newsroom.render.mail.letter import Letter
from newsroom.render.words import Words

OR_ELSE = say("Or, where newsroom runs:")
_REVIEW = say("Go to the review page")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNews:
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
    approved: bool = False  # it has its yes
    must: tuple[str, ...] = ()  # what forbids a yes, one fault each
    come: str = ""  # what was published after the draft and is not in it
    able: str = ""  # the names of those who may say yes
    left: int = 0  # readers who got it and have left the list since
    hears: bool = True  # somebody reads the mails that come back

    @property
    def tally(self) -> tuple[int, int]:
        """How many copies were accepted, and of how many."""
        return (self.counts.accepted, self.counts.frozen) if self.counts else (0, 0)


@dataclass(frozen=True, slots=True)
class UnsaidNote:
    """A note before it is said in a language."""

    subject: Saying
    sentences: tuple[Saying, ...]
    button: Saying = _REVIEW
    must: tuple[str, ...] = ()  # what is to be mended first, one fault each
    command: tuple[Saying, str] | None = None  # what to write instead of pressing, and why


def full_stop(reason: str) -> str:
    """What ends a sentence that ends with a reason: nothing after a command, or after another."""
    last = reason.rstrip()
    is_command = "newsroom " in last.rpartition(":")[2]
    return "" if is_command or last.endswith((".", "!", "?")) else "."


@dataclass(frozen=True, slots=True)
class DeskCalendar:
    """Days and times as the desk writes them."""

    site: Site
    now: datetime

    def when(self, moment: datetime) -> str:
        """Tisdag 1 december 2026 kl. 09.00, as within a sentence."""
        return written(moment, Words(self.site.language), self.site.timezone)

    def sent(self, departure: Departure) -> Saying:
        """The same of an issue: when it really leaves, and why it is not at its own time."""
        return when_sent(departure, Words(self.site.language), self.site.timezone)

    def is_today(self, moment: datetime) -> bool:
        """Whether a moment is on the day of the mail."""
        return self.days_until(moment) == 0

    def day(self, moment: datetime) -> str:
        """29 maj, with its year when that is not the one of the mail."""
        words, local = Words(self.site.language), moment.astimezone(self.site.timezone)
        is_this_year = local.year == self.now.astimezone(self.site.timezone).year
        return words.day(local) if is_this_year else words.date(local)

    def time(self, moment: datetime) -> str:
        """09.15."""
        return Words(self.site.language).time(moment.astimezone(self.site.timezone))

    def latest(self, departure: Departure) -> str:
        """The day by which to answer."""
        return self.day(answer_by(departure.at, self.site.timezone, self.now))

    def days_until(self, moment: datetime) -> int:
        """How many days are left, as a wall calendar counts them."""
        zone = self.site.timezone
        return (moment.astimezone(zone).date() - self.now.astimezone(zone).date()).days

    def fate(self, told: IssueNews) -> Saying:
        """What becomes of the issue with a yes, and without."""
        if told.departure is None:
            return say("Choose on the review page when it leaves; without a yes nothing is sent.")
        if told.departure.is_shut:
            return say(
                "It leaves on {when} if it is approved in time, to {number} readers; without a yes "
                "nothing is sent.",
                when=self.sent(told.departure),
                number=told.readers,
            )
        return say(
            "It leaves on {when} if it is approved by then, to {number} readers; "
            "without a yes nothing is sent.",
            when=self.when(told.departure.at),
            number=told.readers,
        )
