"""What the review page shows, put into the words of its reader's language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsroom.jobs.approval.review import Review
from newsroom.jobs.issue.another_day import mailing_day
from newsroom.jobs.issue.issue_status import why
from newsroom.model import Contact, Severity, Site
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState, in_words
from newsroom.model.saying import say
from newsroom.render.mail.desk_note import OWN_LINK
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.sayings import in_language
from newsroom.render.words import Words

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_WEEKS = 8  # that can be chosen from
_MISSED = 100  # readers who are named
_STATES = {
    DeliveryState.REFUSED: say("refused"),
    DeliveryState.EXCLUDED: say("excluded"),
    DeliveryState.UNKNOWN: say("unknown"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend, or to know."""

    forbids: bool
    where: str  # file:line
    message: str
    fix: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """A week that an issue can be moved to."""

    value: str  # 2026-W50
    number: int
    day: str  # on which it then leaves


@dataclass(frozen=True, slots=True)
class Missed:
    """A reader who does not have the issue for certain."""

    email: str
    state: str  # in a word
    why: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An issue under review, as the page's template asks for it."""

    review: Review
    person: Contact  # whose page it is
    site: Site
    words: Words
    now: datetime

    @property
    def title(self) -> str:
        """What the issue is called."""
        return self.review.proof.issue.title

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        return in_language(in_words(self.review.state or IssueState.DRAFTED), self.words.lang)

    @property
    def note(self) -> str:
        """Why it is paused or cancelled."""
        tally = self.review.counts
        return in_language(tally.note, self.words.lang) if tally and tally.note else ""

    @property
    def readers(self) -> int:
        """How many it is for: those that were fixed with it, else whoever is on the list now."""
        tally = self.review.counts
        return (tally.frozen if tally else 0) or self.review.recipients.total

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong and what to do about it, the worst first."""
        return tuple(
            Finding(
                problem.severity is Severity.ERROR,
                f"{problem.source}:{problem.line}" if problem.line else str(problem.source),
                in_language(problem.message, self.words.lang),
                in_language(problem.fix, self.words.lang) if problem.fix else None,
            )
            for problem in self.review.problems
        )

    @property
    def outcome(self) -> tuple[tuple[str, int], ...]:
        """How many copies are in which state, of an issue that was frozen; none that is empty."""
        tally = self.review.counts
        if tally is None or not tally.frozen:
            return ()
        _ = self.words.gettext
        numbers = (
            (_("Recipients"), tally.frozen),
            (_("Accepted by the mail server"), tally.accepted),
            (_("of these came back"), tally.bounced),
            (_("called it spam"), tally.complained),
            (_("Waiting for their turn"), tally.waiting),
            (_("Refused"), tally.refused),
            (_("Left out"), tally.excluded),
            (_("Unknown whether they left"), tally.unknown),
            (_("Not sent, since it was cancelled"), tally.cancelled),
        )
        return tuple((words, number) for words, number in numbers if number)

    @property
    def missed(self) -> tuple[Missed, ...]:
        """Some of those who do not have it for certain, and why."""
        lang = self.words.lang
        return tuple(
            Missed(one.email, in_language(_STATES[one.state], lang), in_language(why(one), lang))
            for one in self.review.unreached[:_MISSED]
        )

    @property
    def has_said_yes(self) -> bool:
        """Whether the person whose page it is has approved this very text."""
        return any(one.approved_by == self.person.slug for one in self.review.approvals)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks after the planned one, each with the day that the issue would leave on."""
        return tuple(self._weeks())

    def _weeks(self) -> Iterator[Week]:
        planned = self.review.departure.at if self.review.departure else self.now
        day = max(planned, self.now).astimezone(self.site.timezone)
        for ahead in range(1, _WEEKS + 1):
            then = mailing_day(day.date() + timedelta(weeks=ahead), self.site.sending.hours)
            year, number, _ = then.isocalendar()
            yield Week(f"{year}-W{number:02}", number, self.words.date(then))

    @property
    def tomorrow(self) -> str:
        """The first day that can be chosen, as a date field writes it."""
        return f"{self.now.astimezone(self.site.timezone) + timedelta(days=1):%Y-%m-%d}"

    def when(self, moment: datetime) -> str:
        """Tisdag 1 december 2026 kl. 09.00, as within a sentence."""
        local = moment.astimezone(self.site.timezone)
        return f"{self.words.weekday(local)} {self.words.moment(local)}"

    def local(self, moment: datetime) -> datetime:
        """A moment on the clock of the site."""
        return moment.astimezone(self.site.timezone)

    @property
    def names_of_yeses(self) -> str:
        """Those who have approved this very text."""
        return ", ".join(self.name(one.approved_by) for one in self.review.approvals)

    def name(self, slug: str) -> str:
        """The name of an approver."""
        return self.review.names.get(slug, slug)

    def text(self, lang: str) -> str:
        """The letter as text, without anything that is a reader's own."""
        own_link = in_language(OWN_LINK, self.words.lang)
        return self.review.proof.letters[lang].text.replace(LEAVE, own_link)


def letter_document(letter: Letter, site: Site) -> str:
    """The letter as a page of its own: its links open elsewhere, and none ends a subscription."""
    html = letter.html.replace(LEAVE, site.url)
    return _HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', html, count=1)
