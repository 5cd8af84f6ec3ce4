"""The ledger of an issue at the terminal."""

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json, spoken
from newsroom.cli.language import said
from newsroom.model.delivery import Counts, DeliveryState
from newsroom.model.saying import joined, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.delivery.ledger.report import Plan

_SHOWN = 50  # readers named at the terminal


def plan_of(desk: Desk) -> "Plan":
    """How issues leave from a desk."""
    from newsroom.delivery.ledger.report import Plan

    return Plan(desk.site.sending, desk.site.timezone)


def show_progress(tally: Counts) -> None:
    """One line that is written over while the issue is being sent; only for a person."""
    from newsroom.jobs.issue.issue_status import status_line

    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{said(status_line(tally))}", err=True, nl=False)


def print_tally(tally: Counts, zone: ZoneInfo, *, as_json: bool) -> None:
    """An issue's ledger: a line, and one for each thing to look at; or all of it as JSON."""
    from newsroom.jobs.issue.issue_status import status_json, status_line, why

    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if as_json:
        print_json(spoken(status_json(tally)))
        return
    click.echo(said(status_line(tally, zone)))
    for one in tally.unreached[:_SHOWN]:
        state = {DeliveryState.REFUSED: say("refused"), DeliveryState.EXCLUDED: say("excluded")}
        words = state.get(one.state, say("unknown"))
        click.echo(f"  {said(joined(': ', (words, one.email, why(one))))}")
    if (more := len(tally.unreached) - _SHOWN) > 0:
        click.echo(f"  {said(say('and {number} more: --json names them', number=more))}")
    for lane in tally.lanes:
        if lane.reason is None:
            continue
        words = say("stopped") if lane.state == "stopped" else say("rests")
        line = say("{lane} {state}: {reason}", lane=lane.lane, state=words, reason=lane.reason)
        click.echo(f"  {said(line)}")
