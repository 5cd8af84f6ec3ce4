"""The days of an issue in words: what happens on each, what is asked, and how it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from newsroom.jobs.approval.deadlines import Deadline, DeadlineVersion, IssueDay
from newsroom.jobs.issue.leaving_words import written
from newsroom.model import Addresses, Site
from newsroom.model.saying import Saying, say
from newsroom.render.calendars.issue_days import Entry
from newsroom.render.sayings import in_language
from newsroom.render.words import Words

_ALARMS = {
    IssueDay.APPROVE: timedelta(hours=15),  # at nine in the morning of the day before
    IssueDay.SEND: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """What the days are told with."""

    site: Site
    titles: Mapping[str, str]  # of the issues, by name
    names: Mapping[str, str]  # of the contacts, by slug

    def entry(self, day: Deadline, version: DeadlineVersion) -> Entry:
        """A day as the calendar has it."""
        lang, addresses = self.site.language, Addresses(self.site)
        title, lines = self.heading(day), self._lines(day)
        return Entry(
            uid=uuid5(NAMESPACE_URL, f"{self.site.first_url}#{day.issue}#{day.step}").urn,
            sequence=version.sequence,
            changed=version.changed,
            at=day.at,
            all_day=day.step is IssueDay.APPROVE,
            is_off=day.is_off,
            title=in_language(title, lang),
            lines=tuple(in_language(line, lang) for line in lines),
            url=addresses.url(addresses.section("issues")),
            alarm=_ALARMS.get(day.step) if self._is_asked(day) else None,
        )

    def heading(self, day: Deadline) -> Saying:
        """What happens on a day."""
        title = self.titles.get(day.issue, day.issue)
        if day.is_off:
            return say("CANCELLED: {what}", what=_heading(day.step, title))
        return _heading(day.step, title)

    def why_then(self, day: Deadline) -> Saying | None:
        """Why an issue leaves on another day than its own, where it does."""
        if day.planned is None:
            return None
        when = written(day.planned, Words(self.site.language), self.site.timezone)
        return say("Its own time is {when}, when no mail may leave.", when=when)

    def _is_asked(self, day: Deadline) -> bool:
        """Whether anybody still has to do something, or may."""
        if day.step is IssueDay.APPROVE:
            return day.approved_by is None and not day.is_done
        return not day.is_done

    def _lines(self, day: Deadline) -> tuple[Saying, ...]:
        if day.is_off:
            return (say("The issue has been cancelled or skipped: nothing is asked of you."),)
        if day.is_done:
            command = f"newsroom issue status {day.issue}"
            return (say("It has been sent. How it went: {command}", command=command),)
        yes = self._yes(day)
        match day.step:
            case IssueDay.DRAFT:
                return (
                    say("newsroom writes the draft, and mails whoever is asked to look at it."),
                    say("What has been published by then is in it."),
                )
            case IssueDay.REMIND:
                if half := self._half_a_yes(day):
                    return half, say("If it is still missing by now, all who can get a mail.")
                return (
                    yes or say("If nobody has said yes by now, all who can get a mail about it."),
                )
            case IssueDay.APPROVE:
                return (yes,) if yes else (*filter(None, [self._half_a_yes(day)]), *_asked(day))
            case IssueDay.SEND:
                return (
                    *filter(None, [self.why_then(day)]),
                    yes
                    or self._half_a_yes(day)
                    or say("Nobody has said yes yet, and without it nothing leaves."),
                    say("Until the first mail you can stop it on the review page."),
                )

    def _yes(self, day: Deadline) -> Saying | None:
        if day.approved_by is None:
            return None
        name = self.names.get(day.approved_by, day.approved_by)
        return say("{name} has approved it: it leaves by itself.", name=name)

    def _half_a_yes(self, day: Deadline) -> Saying | None:
        """That one of two has said yes, and that nothing leaves by it."""
        if (by := day.half_approved_by) is None:
            return None
        name = self.names.get(by, by)
        return say("{name} has approved it; without another yes nothing leaves.", name=name)


def _asked(day: Deadline) -> tuple[Saying, ...]:
    command = f"newsroom issue review {day.issue}"
    return (
        say("Look at the issue, and approve it on its review page."),
        say(
            "The link is in the mail that asked you. Is it gone, have it sent: {command}",
            command=command,
        ),
    )


def _heading(step: IssueDay, title: str) -> Saying:
    match step:
        case IssueDay.DRAFT:
            return say("The draft is written: {title}", title=title)
        case IssueDay.REMIND:
            return say("Reminder: {title} needs a yes", title=title)
        case IssueDay.APPROVE:
            return say("Last day to approve: {title}", title=title)
        case IssueDay.SEND:
            return say("It leaves: {title}", title=title)
