"""The approval of issues: shown, approved, stopped, moved, called off; for web, CLI and bot."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from newsroom.model.saying import say
from newsroom.wiring import deadlines, newsletter
from newsroom.wiring.build_order import order_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsroom.jobs.approval.ask import ReviewDesk
    from newsroom.jobs.approval.review import Review
    from newsroom.jobs.approval.review_key import KeyHolder
    from newsroom.jobs.approval.tell import Mailed
    from newsroom.model import Problem
    from newsroom.wiring.desk import Desk


def review_desk(desk: Desk) -> ReviewDesk:
    """What looking after the approval of issues needs."""
    from newsroom.jobs.approval.ask import ReviewDesk
    from newsroom.jobs.approval.tell import DeskPost

    post = DeskPost(desk.site, desk.database, desk.keys, desk.templates, desk.mailer)
    proof = partial(newsletter.proof, desk)

    def problems(name: str) -> Sequence[Problem]:
        return newsletter.looked_over(desk, name)[1]

    hears = desk.settings.inbox is not None or bool(desk.settings.hooks)
    return ReviewDesk(post, desk.read_newsroom, proof, desk.schedule_if_any(), problems, hears)


def look(desk: Desk, name: str) -> Review:
    """An issue as its approvers are to judge it. Changes nothing."""
    from newsroom.jobs.approval.review import review

    proof, problems = newsletter.looked_over(desk, name)
    newsroom, schedule = desk.read_newsroom(), desk.schedule_if_any()
    return review(desk.database, newsroom, proof, problems, schedule, desk.clock())


def ask(desk: Desk, name: str) -> Mailed:
    """Mail the approvers the issue once more, and a link.

    Raises DeliveryError when one of them could not be mailed, StateError when nobody can.
    """
    from newsroom.errors import StateError
    from newsroom.jobs.approval import ask as job

    now = desk.clock()
    mailed = job.ask(review_desk(desk), name, now, occasion=now.isoformat())
    mailed.require_all(name)
    if not mailed.to:
        raise StateError(
            say(
                "{name}: no approver has a mail address; write one as email in posts/contacts",
                name=name,
            )
        )
    return mailed


def approve(
    desk: Desk, name: str, by: str, *, shown: str | None = None, at: datetime | None = None
) -> int:
    """Keep somebody's yes, and give how many more the issue needs.

    `shown` is the hash of the text that they saw, on a page that also said when it leaves: one
    whose time has passed may then go. It is made up as it leaves, or as it would at `at`. Raises
    ContentError when something forbids a yes, StateError when the text is another one than was
    shown, when they may not approve, when it is too late, and on a page while an older database
    waits for `restore --confirm`.
    """
    from newsroom.jobs.approval import approve as job
    from newsroom.jobs.approval.approvers import require_approver
    from newsroom.jobs.issue.preflight import require_ready

    newsroom, now = desk.read_newsroom(), desk.clock()
    require_approver(newsroom, by, name, now)
    proof, problems = newsletter.looked_over(desk, name, at)
    job.require_shown(proof, shown)
    if shown is not None:
        job.require_confirmed(desk.database, name)
    if not desk.is_adjusted:  # a demo approves the sample, whatever day it is
        require_ready(problems)
    missing = job.approve(desk.database, newsroom, proof, by, now)
    if shown is not None and not missing:
        job.let_go(desk.database, name, desk.schedule_if_any(), desk.site, now)
    return missing


def stop(desk: Desk, name: str, by: str) -> None:
    """Take the yes back before the first mail, and tell the other approvers."""
    from newsroom.jobs.approval.hold_back import stop_issue

    stop_issue(review_desk(desk), name, by, desk.clock())


def postpone(desk: Desk, name: str, day: str, by: str) -> datetime:
    """Set another day for an issue, and tell the other approvers; the moment it leaves."""
    from newsroom.jobs.approval.hold_back import postpone_issue

    return postpone_issue(review_desk(desk), name, day, by, desk.clock())


def call_off(desk: Desk, name: str, reason: str, by: str) -> int:
    """Cancel an issue for everybody who has not got it; how many that are."""
    from newsroom.jobs.approval.hold_back import cancel_as

    return cancel_as(review_desk(desk), name, reason, by, desk.clock())


def go_on(desk: Desk, name: str, by: str) -> None:
    """Let the rest of an issue follow the first few, on an approver's word."""
    from newsroom.jobs.approval.hold_back import go_on_as

    go_on_as(review_desk(desk), name, by, desk.clock())


def resume(desk: Desk, name: str, by: str) -> None:
    """Go on with a paused issue on an approver's word."""
    from newsroom.jobs.approval.hold_back import resume_as

    resume_as(review_desk(desk), name, by, desk.clock())


def try_the_rest(desk: Desk, name: str, by: str) -> None:
    """Write once more to those who were not reached."""
    from newsroom.jobs.approval.hold_back import try_the_rest_as

    try_the_rest_as(review_desk(desk), name, by, desk.clock())


def settle(desk: Desk, name: str, by: str, *, arrived: bool) -> None:
    """Settle the copies of which nobody knows whether they left."""
    from newsroom.jobs.approval.hold_back import settle_as

    settle_as(review_desk(desk), name, by, desk.clock(), arrived=arrived)


class ReviewTable:
    """Where issues lie for their approvers, for the web."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def holder(self, issue: str, token: str) -> KeyHolder | None:
        """Whose key to the review page it is."""
        from newsroom.jobs.approval.review_key import who_holds

        desk = self._desk
        keys = desk.front_desk.trusted
        return who_holds(desk.read_newsroom(), keys, issue, token, desk.clock())

    def look(self, issue: str) -> Review:
        """The issue as it is to be judged."""
        return look(self._desk, issue)

    def approve(self, issue: str, by: str, shown: str) -> None:
        """Say yes to the text with this hash."""
        approve(self._desk, issue, by, shown=shown)

    def stop(self, issue: str, by: str) -> None:
        """Take the yes back."""
        stop(self._desk, issue, by)

    def postpone(self, issue: str, day: str, by: str) -> None:
        """Set another day."""
        postpone(self._desk, issue, day, by)

    def call_off(self, issue: str, reason: str, by: str) -> None:
        """Cancel the issue."""
        call_off(self._desk, issue, reason, by)

    def go_on(self, issue: str, by: str) -> None:
        """Let the rest follow the first few."""
        go_on(self._desk, issue, by)

    def resume(self, issue: str, by: str) -> None:
        """Go on with a paused issue."""
        resume(self._desk, issue, by)

    def try_the_rest(self, issue: str, by: str) -> None:
        """Write once more to those who were not reached."""
        try_the_rest(self._desk, issue, by)

    def settle(self, issue: str, by: str, *, arrived: bool) -> None:
        """Settle what is unknown."""
        settle(self._desk, issue, by, arrived=arrived)

    def calendar(self, token: str) -> bytes | None:
        """The calendar of deadlines that a key opens."""
        return deadlines.calendar_behind(self._desk, token)


class Attendant:
    """Looks after the issues of a newsroom."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._texts: bytes | None = None  # a digest of the folder at the last look

    def look(self) -> None:
        """See what has come of each issue, and do what is due."""
        from newsroom.jobs.approval.attend import Attendance, attend

        desk, now = self._desk, self._desk.clock()
        reviewing = review_desk(desk)
        freeze = partial(newsletter.freeze_by_itself, desk)
        attend(Attendance(reviewing, freeze, self._is_new()), now)

    def _is_new(self) -> bool:
        """Whether the folder or the templates may be others than at the last look."""
        from newsroom.jobs.site.build_options import BuildOptions

        order = order_of(self._desk, BuildOptions(), time.time_ns)
        before, self._texts = self._texts, None if order is None else order.seen
        return self._texts is None or self._texts != before
