"""An issue on the table of its approvers: everything there is to know before saying yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from newsroom.database import reading
from newsroom.delivery.approval.approvals import (
    Approval,
    Ended,
    EndedBy,
    approvals_that_hold,
    last_ended,
)
from newsroom.delivery.approval.reviewed import Reviewed, text_before
from newsroom.delivery.approval.thaw import has_begun
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.report import unreached
from newsroom.delivery.pace.canary import asks_for_a_go
from newsroom.delivery.pace.hours import next_opening
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.issue.departure import Departure, departure, first_mail
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.recipients import Recipients, nobody, recipients_of
from newsroom.jobs.issue.shown_text import texts_of
from newsroom.model import Newsroom, Problem, Schedule, Severity, Site
from newsroom.model.delivery import Counts, Unreached
from newsroom.model.issue_state import UNAPPROVED, IssueState
from newsroom.render.text.differences import Passage, differences

_BEFORE_THE_FIRST_MAIL = {IssueState.APPROVED, IssueState.FROZEN, IssueState.PAUSED}
_OVER = {IssueState.DONE, IssueState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is new since an earlier text that somebody approved, or was shown."""

    before: Reviewed
    passages: tuple[Passage, ...]  # none: the words are the same, the look or a link is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An issue as an approver is to judge it."""

    proof: Proof
    problems: tuple[Problem, ...]  # errors first: they forbid a yes
    state: IssueState | None  # None: the ledger has not heard of it
    counts: Counts | None
    approvals: tuple[Approval, ...]  # the yeses to this very text
    missing: int  # yeses
    changed_since: Approval | None  # whose yes an edit has ended
    departure: Departure | None
    now: datetime
    released: bool  # the first mail may have left
    recipients: Recipients
    comparison: Comparison | None
    names: Mapping[str, str]  # of the approvers, by slug
    asks_for_a_go: bool  # the first few have it, and the rest waits for a person's word
    first_mail: datetime | None  # when the first mail may leave, if things stay as they are
    unreached: tuple[Unreached, ...]  # who does not have it for certain, of one that was sent

    @property
    def is_ready(self) -> bool:
        """Whether nothing forbids a yes."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def waits(self) -> bool:
        """Whether the issue waits for a yes; an edit that nobody has noticed yet ends one, too."""
        voided = self.state is IssueState.APPROVED and self.changed_since is not None
        return voided or self.state in {None, *UNAPPROVED}

    @property
    def is_approved(self) -> bool:
        """Whether it leaves as it is when its time comes."""
        return self.state is IssueState.APPROVED and not self.waits

    @property
    def may_be_taken_back(self) -> bool:
        """Whether there is a yes to take back, and no mail has left."""
        if self.released:
            return False
        return self.state in _BEFORE_THE_FIRST_MAIL or bool(self.waits and self.approvals)

    @property
    def may_be_moved(self) -> bool:
        """Whether another day can be set for it."""
        return not self.released and self.state not in {*_OVER, IssueState.SENDING}

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it can be called off for everybody who has not got it."""
        return self.state not in _OVER

    @property
    def may_be_resumed(self) -> bool:
        """Whether it stands still, or mail to one of its hosts does, until somebody says go on."""
        lanes = self.counts.lanes if self.counts else ()
        stopped = any(lane.state == "stopped" for lane in lanes)
        return self.state is IssueState.PAUSED or (self.state is IssueState.SENDING and stopped)

    @property
    def may_be_tried_again(self) -> bool:
        """Whether it is over, and somebody was refused who may be reached after all."""
        refused = self.counts.refused if self.counts else 0
        return self.state is IssueState.DONE and refused > 0

    @property
    def may_be_settled(self) -> bool:
        """Whether it is in doubt of some copies whether they left."""
        return self.counts is not None and self.counts.unknown > 0

    @property
    def leaves_later(self) -> bool:
        """Whether no mail may leave at its time, so that its first mail goes on another day."""
        return self.departure is not None and self.departure.is_shut and not self.has_passed

    @property
    def has_passed(self) -> bool:
        """Whether its time has gone by, so that a yes lets it leave at once."""
        return self.departure is not None and self.departure.at <= self.now


def review(  # noqa: PLR0913, PLR0917 (all that is looked at)
    database: Engine,
    newsroom: Newsroom,
    proof: Proof,
    problems: Sequence[Problem],
    schedule: Schedule | None,
    now: datetime,
) -> Review:
    """Gather what there is to know of an issue. Looking changes nothing."""
    issue, site = proof.issue, proof.site
    name = issue.slug
    with reading(database) as connection:
        verdict = _verdict(connection, proof)
        state = state_of(connection, name)
        tally = counts(connection, name, now) if state else None
        leaves = departure(connection, schedule, name, site.sending, site.timezone)
        readers = recipients_of(connection, issue.audience, tuple(proof.letters), issue.lang)
        return Review(
            proof=proof,
            problems=tuple(problems if readers.total else (nobody(issue), *problems)),
            state=state,
            counts=tally,
            approvals=verdict.yeses,
            missing=verdict.missing,
            changed_since=verdict.changed_since,
            departure=leaves,
            now=now,
            released=has_begun(connection, name),
            recipients=readers,
            comparison=verdict.comparison,
            names={contact.slug: contact.title for contact in newsroom.contacts},
            asks_for_a_go=asks_for_a_go(connection, name, site.sending.canary),
            first_mail=_first_mail(tally, leaves, site, now),
            unreached=unreached(connection, name),
        )


class _Verdict(NamedTuple):
    """What the approvers have said of a text so far."""

    yeses: tuple[Approval, ...]  # to this very text
    missing: int
    changed_since: Approval | None
    comparison: Comparison | None


def _verdict(connection: Connection, proof: Proof) -> _Verdict:
    name, text = proof.issue.slug, proof.content_hash
    holding = approvals_that_hold(connection, name)
    yeses = tuple(one for one in holding if one.content_hash == text)
    before = text_before(connection, name, text)
    return _Verdict(
        yeses=yeses,
        missing=max(0, proof.site.review.yeses - len({one.approved_by for one in yeses})),
        changed_since=_changed_since(holding, last_ended(connection, name), text),
        comparison=None if before is None or yeses else _comparison(before, proof),
    )


def _first_mail(
    tally: Counts | None, leaves: Departure | None, site: Site, now: datetime
) -> datetime | None:
    """The end of the undo window: fixed with a frozen issue, else as its time makes it."""
    if tally is not None and tally.send_after is not None:
        return next_opening(site.sending.hours, tally.send_after, site.timezone)
    if leaves is None:
        return None
    return first_mail(max(leaves.at, now), site.sending, site.timezone)


def _changed_since(
    holding: Sequence[Approval], ended: Ended | None, content_hash: str
) -> Approval | None:
    """The yes that an edit has ended, or will as soon as somebody looks; none after a new one."""
    other = [one for one in holding if one.content_hash != content_hash]
    if other:
        return other[-1]
    if holding or ended is None or ended.by is not EndedBy.EDIT:
        return None
    return ended.approval


def _comparison(before: Reviewed, proof: Proof) -> Comparison:
    """The changes in the issue's own language; where it has none, in the first that has."""
    for lang, text in texts_of(proof).items():
        if passages := differences(before.texts.get(lang, ""), text):
            return Comparison(before, passages)
    return Comparison(before, ())
