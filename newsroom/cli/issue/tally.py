"""The ledger of an issue at the terminal."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json, spoken
from newsroom.cli.language import desk_language, said
from newsroom.model.delivery import Counts, DeliveryState, Unreached
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying, joined, say

if TYPE_CHECKING:
    from newsroom.jobs.issue.before_leaving import Ahead

_SHOWN = 50  # readers named at the terminal
_FEW = 3  # copies in doubt for one reason that are told one by one
_STATES = {DeliveryState.REFUSED: say("refused"), DeliveryState.EXCLUDED: say("excluded")}
_LANES = 10  # hosts whose answer is shown there


def print_tally(
    tally: Counts, zone: ZoneInfo, *, as_json: bool, ahead: "Ahead | None" = None
) -> None:
    """An issue's ledger: a line, and one for each thing to look at; or all of it as JSON.

    Of one that nobody has been sent, what lies `ahead` of it.
    """
    from newsroom.jobs.issue.before_leaving import as_it_is
    from newsroom.jobs.issue.issue_status import status_json, status_line
    from newsroom.jobs.issue.silence_words import silence_lines

    if ahead is not None:
        tally = as_it_is(tally, ahead)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if as_json:
        print_json(spoken({**status_json(tally), **(_ahead_json(ahead) if ahead else {})}))
        return
    click.echo(said(status_line(tally, zone)))
    for line in (*silence_lines(tally, zone), *(_ahead_lines(ahead, zone) if ahead else ())):
        click.echo(f"  {said(line)}")
    for line in _unreached(tally):
        click.echo(f"  {said(line)}")
    for line in _answers(tally):
        click.echo(f"  {said(line)}")
    for lane in tally.lanes:
        if lane.reason is None:
            continue
        words = say("stopped") if lane.state == "stopped" else say("rests")
        whose = say("the mail server") if lane.lane == "global" else lane.lane
        line = say("{lane} {state}: {reason}", lane=whose, state=words, reason=lane.reason)
        click.echo(f"  {said(line)}")


def _unreached(tally: Counts) -> Iterator[Saying]:
    """Who does not have it, one by one; many copies of which nobody knows for one reason, as one.

    A restore may leave hundreds of those, and they are settled by one word.
    """
    from newsroom.jobs.issue.issue_status import why

    named, alike = _named_and_alike(tally)
    for reason, number in alike.items():
        yield say(
            "unknown ({number}): {why}; they are listed, and settled all at once, with: {command}",
            number=number,
            why=reason,
            command=f"newsroom issue resolve {tally.issue}",
        )
    for one in named[:_SHOWN]:
        yield joined(": ", (_STATES.get(one.state, say("unknown")), one.email, why(one)))
    if (more := len(named) - _SHOWN) > 0:
        yield say("and {number} more: --json names them", number=more)


def _named_and_alike(tally: Counts) -> tuple[list[Unreached], dict[str, int]]:
    """Those who are told of by name, and how many others there are for each reason."""
    from newsroom.jobs.issue.issue_status import why

    unknown = Counter(why(one) for one in tally.unreached if one.state == DeliveryState.UNKNOWN)
    alike = {reason: number for reason, number in unknown.items() if number > _FEW}
    named = [
        one
        for one in tally.unreached
        if one.state != DeliveryState.UNKNOWN or why(one) not in alike
    ]
    return named, alike


def _ahead_lines(ahead: "Ahead", zone: ZoneInfo) -> Iterator[Saying]:
    from newsroom.jobs.issue.before_leaving import ahead_lines
    from newsroom.render.words import Words

    return ahead_lines(ahead, Words(desk_language()), zone)


def _ahead_json(ahead: "Ahead") -> dict[str, object]:
    """When an issue leaves, to how many, and who has said yes, for programs."""
    return {
        "leaves_at": ahead.departure.at if ahead.departure else None,
        "first_mail": ahead.departure.first_mail if ahead.departure else None,
        "readers": ahead.readers,
        "approvals": [{"by": one.approved_by, "at": one.at} for one in ahead.approvals],
        "missing_approvals": ahead.missing,
        "must": list(ahead.must),
    }


def _answers(tally: Counts) -> Iterator[Saying]:
    """What hosts that put us off said last, and what follows from it for a paused issue."""
    from newsroom.jobs.issue.server_words import in_plain_words

    for answer in tally.answers[:_LANES]:
        words = in_plain_words(answer.code, answer.reason) or ""
        yield say(
            "{lane}: {words}; {number} wait", lane=answer.lane, words=words, number=answer.copies
        )
    if (more := len(tally.answers) - _LANES) > 0:
        yield say("and {number} more: --json names them", number=more)
    if tally.answers and tally.state == IssueState.PAUSED:
        command = f"newsroom issue resume {tally.issue}"
        yield say("mend what the answers name, then: {command}", command=command)
