"""An issue before its text is fixed: when it leaves, to how many, who said yes, what is next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from newsroom.delivery.approval.approvals import (
    Approval,
    approvals_that_hold,
    other_approvals,
    why_ended,
)
from newsroom.delivery.approval.desk_mails import News, first_told
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.issue.departure import Departure, departure
from newsroom.jobs.issue.leaving_words import when_sent, written
from newsroom.jobs.issue.recipients import recipients_of
from newsroom.model import Issue, Newsroom, Schedule
from newsroom.model.delivery import Counts
from newsroom.model.issue_state import OPEN, IssueState
from newsroom.model.saying import Saying, joined, say
from newsroom.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What lies ahead of an issue that nobody has been sent."""

    issue: str
    state: IssueState
    departure: Departure | None
    readers: int | None  # as the list is now; None: it has no file that can be read
    approvals: tuple[Approval, ...]  # that hold for its text as it is
    voided: tuple[Approval, ...]  # to another text: an edit has ended them
    missing: int  # yeses
    asked: datetime | None  # when an approver was first mailed
    must: tuple[str, ...]  # what forbids a yes
    names: Mapping[str, str]  # of the contacts, by slug
    now: datetime

    @property
    def is_approved(self) -> bool:
        """Whether it has every yes that it needs."""
        return self.state is IssueState.APPROVED and not self.voided


@dataclass(frozen=True, slots=True)
class Found:
    """What the folder says of an issue."""

    content_hash: str | None = None  # None: it cannot be made up
    must: tuple[str, ...] = ()  # what forbids a yes, one fault each


def look_ahead(  # noqa: PLR0913, PLR0917 (what an issue's future hangs on)
    connection: Connection,
    newsroom: Newsroom,
    schedule: Schedule | None,
    name: str,
    found: Found,
    now: datetime,
) -> Ahead | None:
    """What lies ahead of an issue; None when its text is fixed, or it is over.

    What somebody has edited since the yes is seen at once, as whoever looks after the issues does.
    """
    state = state_of(connection, name) or IssueState.DRAFTED
    if state not in OPEN:
        return None
    site = newsroom.site
    issue = next((each for each in newsroom.issues if each.slug == name), None)
    voided = other_approvals(connection, name, found.content_hash) if found.content_hash else ()
    given = tuple(one for one in approvals_that_hold(connection, name) if one not in voided)
    return Ahead(
        issue=name,
        state=state,
        departure=departure(connection, schedule, name, site.sending, site.timezone),
        readers=None if issue is None else _readers(connection, issue),
        approvals=given,
        voided=voided,
        missing=max(0, site.review.yeses - len({one.approved_by for one in given})),
        asked=first_told(connection, name, News.ASKED),
        must=tuple(found.must),
        names={contact.slug: contact.title for contact in newsroom.contacts},
        now=now,
    )


def as_it_is(tally: Counts, ahead: Ahead) -> Counts:
    """The ledger of an issue as it will be as soon as somebody looks after it."""
    if not ahead.voided or ahead.state is not IssueState.APPROVED:
        return tally
    return replace(tally, state=IssueState.DRAFTED, note=why_ended(ahead.voided))


def _readers(connection: Connection, issue: Issue) -> int:
    return recipients_of(connection, issue.audience, (issue.lang,), issue.lang).total


def ahead_lines(ahead: Ahead, words: Words, zone: tzinfo) -> Iterator[Saying]:
    """When it leaves and to whom, who has said yes, and what is to be done next; a line each."""
    yield _when_it_leaves(ahead, words, zone)
    for one in ahead.approvals:
        yield say(
            "approved by {name} on {at:%Y-%m-%d at %H:%M}",
            name=ahead.names.get(one.approved_by, one.approved_by),
            at=one.at.astimezone(zone),
        )
    for one in ahead.voided:
        yield say(
            "approved by {name} on {at:%Y-%m-%d at %H:%M}, and changed since: that yes is no more",
            name=ahead.names.get(one.approved_by, one.approved_by),
            at=one.at.astimezone(zone),
        )
    if not ahead.is_approved and ahead.asked is not None and not ahead.approvals:
        yield say("asked for a yes on {day:%Y-%m-%d}", day=ahead.asked.astimezone(zone))
    for fault in ahead.must:
        yield say("must be mended first: {fault}", fault=fault)
    yield say("next: {step}", step=_next_step(ahead))


def _when_it_leaves(ahead: Ahead, words: Words, zone: tzinfo) -> Saying:
    if ahead.departure is None:
        when = say("no day is set for it")
    else:
        when = say("leaves on {when}", when=when_sent(ahead.departure, words, zone))
        if ahead.departure.at <= ahead.now:
            past = written(ahead.departure.at, words, zone)
            when = say("was to leave on {when}, and was not sent", when=past)
    if ahead.readers is None:
        return when
    number = say("{number} readers as the list is now", number=ahead.readers)
    if ahead.readers == 1:
        number = say("1 reader as the list is now")
    return joined(", ", (when, number))


def _next_step(ahead: Ahead) -> Saying:
    """What somebody has to do, if anything, before it leaves."""
    name = ahead.issue
    if ahead.readers is None:
        return say("write it: {command}", command=f"newsroom issue draft {name}")
    if ahead.must:
        return say("see all of it: {command}", command=f"newsroom issue check {name}")
    if ahead.readers == 0:
        return say("nobody is on the list; add readers first: newsroom subscribers add")
    if not ahead.is_approved:
        return _for_a_yes(ahead)
    if ahead.departure is None:
        return say(
            "set its day: {command}",
            command=say("newsroom issue postpone {name} --to DAY --by NAME", name=name),
        )
    if ahead.departure.at <= ahead.now:
        return say("send it: {command}", command=f"newsroom issue send {name}")
    return say("nothing; newsroom run sends it then, and an edit asks for a new yes")


def _for_a_yes(ahead: Ahead) -> Saying:
    if ahead.approvals:
        return say(
            "one more approver must say yes: {command}",
            command=say("newsroom issue approve {name} --by NAME", name=ahead.issue),
        )
    if ahead.asked is None:
        return say("ask for a yes: {command}", command=f"newsroom issue review {ahead.issue}")
    return say(
        "look and say yes on the review page, or: {command}",
        command=say("newsroom issue approve {name} --by NAME", name=ahead.issue),
    )
