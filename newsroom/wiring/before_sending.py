"""What a person is asked and told before an issue is sent by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import ContentError, NewsroomError, StateError
from newsroom.model.saying import joined, lines, say
from newsroom.wiring import issue_plan, newsletter
from newsroom.wiring.fit_to_send import require_doctor

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.jobs.issue.before_leaving import Ahead, Found
    from newsroom.jobs.issue.edition import Proof
    from newsroom.model.saying import Saying
    from newsroom.wiring.desk import Desk


def question(desk: Desk, name: str, without_doctor: str | None = None) -> Saying:
    """What is asked before an issue is sent, once it is known that it may be.

    Raises what speaks against sending it: a fault, a text that nobody has said yes to, its state.
    """
    from newsroom.database import reading
    from newsroom.delivery.sending.course import state_of
    from newsroom.model.issue_state import OPEN

    with reading(desk.database) as connection:
        state = state_of(connection, name)
    if state is not None and state not in OPEN:
        return say("Send {name} to {number} readers?", name=name, number=_waiting(desk, name))
    number, leaves = _recipients(desk, name), issue_plan.departs(desk, name)
    require_doctor(desk, name, without_doctor, by_itself=False)
    if leaves is None or leaves.at <= desk.clock():
        return say("Send {name} to {number} readers?", name=name, number=number)
    return say(
        "{name} is to leave {day:%Y-%m-%d %H:%M}. Send it now all the same, to {number} readers?",
        name=name,
        day=leaves.sent.astimezone(desk.site.timezone),
        number=number,
    )


def _waiting(desk: Desk, name: str) -> int:
    """Who still waits for a frozen issue. Raises StateError for one that sending does not move."""
    from newsroom.jobs.issue.issue_status import issue_status
    from newsroom.model.issue_state import IssueState
    from newsroom.schedule.issue_life import advance

    tally = issue_status(desk.database, name, desk.clock())
    if tally.state not in {IssueState.FROZEN, IssueState.SENDING}:
        advance(name, IssueState(tally.state), IssueState.FROZEN)
    return tally.waiting


def _recipients(desk: Desk, name: str) -> int:
    """For how many an issue would be frozen now. Raises what freezing it would."""
    from newsroom.database import reading
    from newsroom.delivery.ledger.audience import readers_of
    from newsroom.jobs.approval.approve import require_approval

    edition = made_for_now(desk, name).edition(desk.clock(), None)
    require_approval(desk.database, name, edition.content_hash, desk.clock())
    with reading(desk.database) as connection:
        return sum(1 for _ in readers_of(connection, edition.audience))


def made_for_now(desk: Desk, name: str) -> Proof:
    """An issue made up as readers get it when it is sent this minute.

    Raises ContentError when something forbids that, and StateError when it is approved as it will
    be on a later day and would be another letter now: its yes then stays as it is.
    """
    from newsroom.jobs.issue.preflight import require_ready

    made, problems = newsletter.looked_over(desk, name, desk.clock())
    if desk.is_adjusted:  # a demo sends the sample, whatever day it is
        return made
    later = _approved_for_later(desk, name)
    if later is None:
        require_ready(problems)
        return made
    try:
        require_ready(problems)
    except ContentError as error:
        told = say(
            "{name} is approved for {day:%Y-%m-%d}, and keeps its yes. Sent now this would be "
            "wrong with it:",
            name=name,
            day=later,
        )
        raise ContentError(joined("\n", (told, error.sentence))) from error
    _require_the_same(desk, made, later)
    return made


def _approved_for_later(desk: Desk, name: str) -> datetime | None:
    """The local day that an approved issue is to leave on, when that is still to come."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import state_of
    from newsroom.model.issue_state import IssueState

    leaves = issue_plan.departs(desk, name)
    with reading(desk.database) as connection:
        approved = state_of(connection, name) is IssueState.APPROVED
    if leaves is None or not approved or leaves.at <= desk.clock():
        return None
    return leaves.sent.astimezone(desk.site.timezone)


def _require_the_same(desk: Desk, made: Proof, later: datetime) -> None:
    """Pass unless only the day makes an issue another letter than the approved one."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import frozen_hash

    name = made.issue.slug
    with reading(desk.database) as connection:
        approved = frozen_hash(connection, name)
    if made.content_hash == approved:
        return
    if newsletter.proof(desk, name).content_hash != approved:
        return  # somebody has changed it, which is told as such
    raise StateError(
        say(
            "{name} is approved as it will be on {day:%Y-%m-%d}, and would be another letter "
            "today: something in it hangs on the day. It keeps its yes. To send it earlier, set "
            "the day and have it approved anew: {command}",
            name=name,
            day=later,
            command=say("newsroom issue postpone {name} --to DAY --by NAME", name=name),
        )
    )


def ahead_of(desk: Desk, name: str) -> Ahead | None:
    """What lies ahead of an issue that nobody has been sent; None of any other."""
    from newsroom.database import reading
    from newsroom.jobs.issue.before_leaving import Found, look_ahead

    newsroom, schedule = desk.read_newsroom(), desk.schedule_if_any()
    found = _found(desk, name) if issue_plan.is_written(desk, name) else Found()
    with reading(desk.database) as connection:
        return look_ahead(connection, newsroom, schedule, name, found, desk.clock())


def _found(desk: Desk, name: str) -> Found:
    """What the folder says of an issue; of one that cannot be made up, why not."""
    from newsroom.jobs.issue.before_leaving import Found
    from newsroom.model import Severity

    try:
        made, problems = newsletter.looked_over(desk, name)
    except NewsroomError as error:
        return Found(must=lines(error.sentence))
    must = (one.sentence for one in problems if one.severity is Severity.ERROR)
    return Found(made.content_hash, tuple(must))


def edited_issues(desk: Desk) -> dict[str, Saying]:
    """The approved issues whose text is another by now, each with what its status says then."""
    from newsroom.database import reading
    from newsroom.delivery.approval.approvals import other_approvals, why_ended
    from newsroom.delivery.sending.course import approved_issues

    with reading(desk.database) as connection:
        names = approved_issues(connection)
    texts = {name: _found(desk, name).content_hash for name in names}
    with reading(desk.database) as connection:
        ended = {
            name: other_approvals(connection, name, text) for name, text in texts.items() if text
        }
    return {name: why_ended(others) for name, others in ended.items() if others}


def why_not_on_the_web(desk: Desk, name: str) -> Saying | None:
    """Why the page of an issue could not be put on the web now; None of one that is there."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import waits_for_its_page

    with reading(desk.database) as connection:
        if not waits_for_its_page(connection, name):
            return None
    try:
        newsletter.require_frozen_text(desk, name)
    except NewsroomError as error:
        return say("its page could not be published: {error}", error=error.sentence)
    return None
