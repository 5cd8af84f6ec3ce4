"""Asking the approvers: when a draft is ready, when its day is near, and the deputy in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsroom.database import reading, transaction
from newsroom.delivery.approval.approvals import (
    approvals_that_hold,
    enter,
    last_ended,
    latest_approval,
)
from newsroom.delivery.approval.desk_mails import News, first_told
from newsroom.delivery.approval.reviewed import keep_text
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.approval.approvers import approvers_of
from newsroom.jobs.approval.doubts import doubts_of, none_known
from newsroom.jobs.approval.news import IssueNews
from newsroom.jobs.approval.tell import DeskPost, Mailed, tell, untold
from newsroom.jobs.issue.departure import departure
from newsroom.jobs.issue.draft_text import issue_title
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.recipients import recipients_of
from newsroom.jobs.issue.shown_text import texts_of
from newsroom.model import Contact, Newsroom, Problem, Schedule
from newsroom.model.issue_state import UNAPPROVED, IssueState
from newsroom.model.saying import say

LATELY = timedelta(days=7)  # older news is none


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """What looking after the approval of issues needs."""

    post: DeskPost
    read: Callable[[], Newsroom]
    proof: Callable[[str], Proof]  # an issue made up as it is to leave
    schedule: Schedule | None
    problems: Callable[[str], Sequence[Problem]] = none_known  # all that speaks against sending it
    hears: bool = True  # somebody reads the mails that come back

    def people(self, now: datetime) -> tuple[Contact, ...]:
        """The approvers at `now`."""
        return approvers_of(self.read(), now)


def ask(desk: ReviewDesk, name: str, now: datetime, occasion: str = "") -> Mailed:
    """Mail the first approver that a draft is ready, or all when more than one must say yes.

    The mail carries the letter. Asking again on the same occasion mails nobody twice; without one,
    as on the draft day, an issue that has its yes is left alone. Raises ContentError or StateError
    when there is no letter to show.
    """
    if not occasion and not _waits(desk, name):
        return Mailed()
    people = desk.people(now)
    first = people if desk.post.site.review.yeses > 1 else people[:1]
    return tell_with_letter(desk, name, News.ASKED, occasion, first, now)


def ask_deputy(desk: ReviewDesk, name: str, now: datetime) -> Mailed:
    """Mail the other approvers when the first has had the time to answer, and has not."""
    with reading(desk.post.database) as connection:
        asked = first_told(connection, name, News.ASKED)
        answered, ended = approvals_that_hold(connection, name), last_ended(connection, name)
    if asked is None or answered or not _waits(desk, name):
        return Mailed()
    if now - asked < desk.post.site.review.deputy_after:
        return Mailed()
    first, *others = desk.people(now) or (None,)
    if first is None:
        return Mailed()
    said_yes = ended is not None and ended.approval.approved_by == first.slug
    since = None if said_yes else asked
    return tell_with_letter(desk, name, News.ASKED, "", others, now, who=first.title, since=since)


def remind(desk: ReviewDesk, name: str, slot: datetime, now: datetime) -> Mailed:
    """Mail all approvers that an issue waits for a yes and its day is near."""
    if not _waits(desk, name):
        return Mailed()
    people = desk.people(now)
    with reading(desk.post.database) as connection:
        given = {one.approved_by for one in approvals_that_hold(connection, name)}
    return tell_with_letter(
        desk,
        name,
        News.REMINDED,
        slot.isoformat(),
        people,
        now,
        who=", ".join(names_of(people, slug) for slug in sorted(given)),
        able=_one_of([person.title for person in people if person.slug not in given]),
    )


def _one_of(names: Sequence[str]) -> str:
    """Names, any of whom will do."""
    if len(names) < 2:  # noqa: PLR2004 (there is nothing to choose between)
        return "".join(names)
    return say("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])


def tell_of_the_yes(desk: ReviewDesk, name: str, now: datetime) -> Mailed:
    """Mail the other approvers that an issue has its yes, and when it leaves."""
    with reading(desk.post.database) as connection:
        given = latest_approval(connection, name)
    if given is None or given.at < now - LATELY:
        return Mailed()
    people = desk.people(now)
    others = [person for person in people if person.slug != given.approved_by]
    told = facts(desk, News.APPROVED, name, given.at.isoformat())
    if not untold(desk.post, name, told.news, told.occasion, others):
        return Mailed()
    issue = desk.proof(name).issue
    with reading(desk.post.database) as connection:
        readers = recipients_of(connection, issue.audience, (issue.lang,), issue.lang)
    who = names_of(people, given.approved_by)
    return tell(desk.post, replace(told, who=who, readers=readers.total), others, now)


def skip(desk: ReviewDesk, name: str, now: datetime) -> Mailed:
    """Tell all approvers that there is nothing new to tell, so that no issue was drafted."""
    with transaction(desk.post.database) as connection:
        enter(connection, name, now, IssueState.SKIPPED)
    return tell(desk.post, facts(desk, News.SKIPPED, name, ""), desk.people(now), now)


def facts(desk: ReviewDesk, news: News, name: str, occasion: str) -> IssueNews:
    """Some news of an issue, with its title and when it is to leave."""
    site = desk.post.site
    issue = next((each for each in desk.read().issues if each.slug == name), None)
    with reading(desk.post.database) as connection:
        leaves = departure(connection, desk.schedule, name, site.sending, site.timezone)
    return IssueNews(
        news=news,
        occasion=occasion,
        issue=name,
        title=issue.title if issue else issue_title(name, site.language),
        source=str(issue.source) if issue else f"posts/newsletters/{name}.md",
        departure=leaves,
    )


def tell_with_letter(  # noqa: PLR0913, PLR0917 (whom, what, and what it says)
    desk: ReviewDesk,
    name: str,
    news: News,
    occasion: str,
    people: Sequence[Contact],
    now: datetime,
    *,
    who: str = "",
    since: datetime | None = None,
    able: str = "",
) -> Mailed:
    """Mail news with the letter to those who have not had it.

    The letter is made up only when somebody is to be told, and the ledger remembers its text only
    when somebody was: that is what the next one is compared with.
    """
    waiting = untold(desk.post, name, news, occasion, people)
    if not waiting:
        return Mailed()
    proof = desk.proof(name)
    with transaction(desk.post.database) as connection:
        enter(connection, name, now)
    told = replace(facts(desk, news, name, occasion), who=who, since=since, able=able)
    sent = tell(desk.post, _with_letter(told, desk, proof), waiting, now)
    if sent.to:
        with transaction(desk.post.database) as connection:
            keep_text(connection, name, proof.content_hash, texts_of(proof), now)
    return sent


def _with_letter(told: IssueNews, desk: ReviewDesk, proof: Proof) -> IssueNews:
    """News with the letter, how many get it, and what speaks against sending it."""
    issue = proof.issue
    with reading(desk.post.database) as connection:
        readers = recipients_of(connection, issue.audience, tuple(proof.letters), issue.lang)
    doubts = doubts_of(desk.problems(told.issue), issue, readers.total)
    return replace(
        told, preview=proof.letter, readers=readers.total, must=doubts.must, come=doubts.come
    )


def _waits(desk: ReviewDesk, name: str) -> bool:
    """Whether an issue waits for a yes."""
    with reading(desk.post.database) as connection:
        return state_of(connection, name) in {None, *UNAPPROVED}


def names_of(people: Sequence[Contact], slug: str) -> str:
    """The name of an approver, or the slug of one who is no longer there."""
    return next((person.title for person in people if person.slug == slug), slug)
