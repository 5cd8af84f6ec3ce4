"""Where an issue stands, in numbers that add up."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.bounces.cause import Cause
from newsroom.database import reading
from newsroom.delivery.ledger.report import Plan, report
from newsroom.delivery.pace.lanes import GLOBAL
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.issue.server_words import in_plain_words
from newsroom.model import Issue, Sending
from newsroom.model.delivery import Counts, DeliveryState, LaneStatus, Unreached
from newsroom.model.issue_state import ON_ITS_WAY, IssueState, in_words
from newsroom.model.saying import Saying, in_one_line, joined, say

_NO_LIMITS = Plan(Sending(pace=None, lane_pace=None, hours=None, canary=None), ZoneInfo("UTC"))


def issue_status(database: Engine, name: str, now: datetime, plan: Plan = _NO_LIMITS) -> Counts:
    """The ledger of an issue, and what is to be expected of it.

    Raises StateError when there is no such issue in it.
    """
    with reading(database) as connection:
        return report(connection, name, plan, now)


def status_of(
    database: Engine,
    name: str,
    in_folder: Callable[[], Issue],
    now: datetime,
    plan: Plan = _NO_LIMITS,
) -> Counts:
    """The ledger of an issue, whatever became of its file; of one it has not heard of, the file's.

    Raises what `in_folder` raises when neither knows the issue.
    """
    with reading(database) as connection:
        if state_of(connection, name) is not None:
            return report(connection, name, plan, now)
    issue = in_folder()
    nothing: dict[str, Any] = dict.fromkeys((state.value for state in DeliveryState), 0)
    return Counts(
        issue=issue.slug,
        state=state_in_folder(issue),
        frozen=0,
        **nothing,
        unknown_recipients=(),
        lanes=(),
    )


def state_in_folder(issue: Issue) -> IssueState:
    """What the file alone says: an issue with a date and no `draft` was sent before our time."""
    sent = not issue.draft and issue.published is not None
    return IssueState.DONE if sent else IssueState.DRAFTED


def status_json(tally: Counts) -> dict[str, object]:
    """What `issue status NAME --json` prints; its times are aware."""
    return {
        "issue": tally.issue,
        "state": tally.state,
        "frozen": tally.frozen,
        **{state.value: getattr(tally, state.value) for state in DeliveryState},
        "unknown_recipients": list(tally.unknown_recipients),
        "lanes": [
            {"lane": lane.lane, "state": lane.state, "reason": lane.reason} for lane in tally.lanes
        ],
        "note": tally.note,
        "next_at": tally.next_at,
        "send_after": tally.send_after,
        "deadline": tally.deadline,
        "bounced": tally.bounced,
        "causes": dict(tally.causes),
        "complained": tally.complained,
        "waits_for": tally.waits_for,
        "oldest_pending": tally.oldest_pending,
        "rate": tally.rate,
        "eta": tally.eta,
        "unreached": [
            {"email": one.email, "state": one.state, "code": one.code, "reason": _words(one)}
            for one in tally.unreached
        ],
        "answers": [
            {"lane": one.lane, "code": one.code, "reason": one.reason, "copies": one.copies}
            for one in tally.answers
        ],
        "without_doctor": tally.without_doctor,
        "silent_since": tally.silent_since,
        "silent": tally.silent and {"copies": tally.silent.copies, "until": tally.silent.until},
    }


def status_line(tally: Counts, zone: tzinfo = UTC) -> Saying:
    """An issue's ledger in one line; what there is nothing of is left out, and times are local."""
    parts = (words for number, words in _numbers(tally) if number)
    note = tally.note or tally.waits_for
    line = say(
        "{issue}: {state}{note}",
        issue=tally.issue,
        state=state_words(tally),
        note=joined("", (" (", in_one_line(note), ")")) if note else "",
    )
    if tally.frozen:
        numbers_of = say("{frozen} frozen: {parts}", frozen=tally.frozen, parts=joined(", ", parts))
        line = joined("; ", (line, numbers_of))
    return joined("; ", (line, *_outlook(tally, zone)))


def state_words(tally: Counts) -> Saying:
    """Where an issue stands; a done one that not everybody has says so."""
    if tally.state == IssueState.DONE and (tally.refused or tally.excluded or tally.bounced):
        return say("done, with exceptions")
    return in_words(tally.state)


def why(one: Unreached) -> str:
    """Why somebody does not have an issue: our words, or what the server meant and said."""
    return in_plain_words(one.code, _words(one)) or say("no reason is known")


def _words(one: Unreached) -> str | None:
    return _REASONS.get(one.reason or "", one.reason)


def _outlook(tally: Counts, zone: tzinfo) -> Iterator[Saying]:
    """What else there is to say in the line of an issue."""
    if tally.bounced:
        causes = joined(", ", (_because(*each) for each in tally.causes))
        yield say(
            "{number} of the accepted came back ({causes})", number=tally.bounced, causes=causes
        )
    if tally.complained:
        yield say("{number} called it spam", number=tally.complained)
    if tally.without_doctor:
        yield say("sent without a good verdict ({why})", why=tally.without_doctor)
    if tally.rate and tally.waiting:
        yield say("{rate:.0f} a minute", rate=tally.rate)
    yield from _at_rest(tally, zone)
    if tally.oldest_pending is not None and tally.frozen > tally.pending:
        at = tally.oldest_pending.astimezone(zone)
        yield say("the oldest waits since {at:%Y-%m-%d %H:%M}", at=at)
    if tally.eta is not None:
        yield say("through about {at:%Y-%m-%d %H:%M}", at=tally.eta.astimezone(zone))
    if tally.deferred and tally.deadline is not None and tally.state in ON_ITS_WAY:
        at = tally.deadline.astimezone(zone)  # a pause moves it
        yield (
            say("their time was up {at:%Y-%m-%d %H:%M}; given up after their last try", at=at)
            if tally.is_late
            else say("given up after {at:%Y-%m-%d %H:%M}", at=at)
        )
    if not tally.adds_up:
        yield say("they do not add up, so the ledger is damaged")


def _at_rest(tally: Counts, zone: tzinfo) -> Iterator[Saying]:
    """Where mail does not flow; when it is the relay that takes nothing, until when."""
    resting = [lane for lane in tally.lanes if lane.state != "open"]
    if not resting:
        return
    first = resting[0]  # all lanes together stand first
    if first.lane == GLOBAL and first.until is not None:
        at = first.until.astimezone(zone)
        yield say("the mail server takes nothing; next try at {at:%Y-%m-%d %H:%M}", at=at)
    else:
        yield say("resting: {lanes}", lanes=joined(", ", map(_lane_words, resting)))


def _lane_words(lane: LaneStatus) -> str:
    return say("the mail server") if lane.lane == GLOBAL else lane.lane


def _because(cause: str, number: int) -> Saying:
    return say("{cause}: {number}", number=number, cause=Cause(cause).words)


_REASONS: Mapping[str, Saying] = {  # what the ledger keeps of a reader who was left out
    "unsubscribed": say("has left the list"),
    "left": say("has left the list"),
    "pending": say("has not confirmed"),
    "suppressed": say("bounced or complained before"),
    "bounced": say("bounced before"),
    "complained": say("has complained"),
    "erased": say("has been erased"),
}


def _numbers(tally: Counts) -> tuple[tuple[int, Saying], ...]:
    """How many copies are in each state."""
    return (
        (tally.pending, say("{number} pending", number=tally.pending)),
        (tally.claimed, say("{number} claimed", number=tally.claimed)),
        (tally.deferred, say("{number} deferred", number=tally.deferred)),
        (tally.accepted, say("{number} accepted", number=tally.accepted)),
        (tally.refused, say("{number} refused", number=tally.refused)),
        (tally.excluded, say("{number} excluded", number=tally.excluded)),
        (tally.unknown, say("{number} unknown", number=tally.unknown)),
        (tally.cancelled, say("{number} cancelled", number=tally.cancelled)),
    )
