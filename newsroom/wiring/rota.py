"""What this newsroom does at which slots of its schedule."""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.wiring import newsletter, website

if TYPE_CHECKING:
    from newsroom.jobs.tick import Rota, Verb
    from newsroom.model import Schedule, Slot
    from newsroom.wiring.desk import Desk

_DONE = {"publish", "bounces", "housekeeping"}  # besides the newsletter's drafts and sendings


def does(job: str) -> bool:
    """Whether this version has a verb for a job that the schedule may name."""
    return job in _DONE or (job.startswith("newsletter.") and not job.endswith(".remind"))


def make_rota(desk: Desk) -> Rota:
    """The schedule, and a verb for each of its jobs that this version does."""
    from newsroom.jobs.tick import Rota

    schedule, _ = desk.schedule()
    verbs: dict[str, Verb] = {
        "publish": partial(_publish, desk),
        "bounces": partial(_bounces, desk),
        "housekeeping": partial(_housekeeping, desk),
    }
    for job in filter(does, (job.name for job in schedule.jobs)):
        if job.endswith(".draft"):
            verbs[job] = partial(_draft, desk, schedule)
        elif job.endswith(".send"):
            verbs[job] = partial(_send, desk, schedule)
    who = f"{socket.gethostname()}:{os.getpid()}"
    return Rota(schedule, verbs, desk.database, who, desk.clock, desk.site.language)


def _publish(desk: Desk, _slot: Slot) -> str:
    from newsroom.jobs.publish import publishing_note

    return publishing_note(website.publish(desk))


def _bounces(desk: Desk, _slot: Slot) -> str:
    from newsroom.wiring import post_in

    try:
        return post_in.fetch(desk).sentence
    except StateError as reason:  # no inbox is set: nothing that a person must hear of again
        return reason.sentence


def _housekeeping(desk: Desk, _slot: Slot) -> str:
    from newsroom.jobs.expire_readers import expire_readers

    number = expire_readers(desk.database, desk.keys, desk.clock())
    return say("{number} readers expired", number=number)


def _draft(desk: Desk, schedule: Schedule, slot: Slot) -> str:
    from newsroom.schedule import issue_name

    try:
        return say("drafted {path}", path=newsletter.draft_issue(desk, issue_name(schedule, slot)))
    except StateError as reason:  # somebody was first, or there is nothing new to tell
        return reason.sentence


def _send(desk: Desk, schedule: Schedule, slot: Slot) -> str:
    from newsroom.schedule import issue_name

    name = issue_name(schedule, slot)
    frozen = newsletter.freeze_issue(desk, name)
    if frozen:
        return say("{issue} is frozen and on its way", issue=name)
    return say("{issue} was frozen before", issue=name)
