"""The ledger of an issue at the terminal."""

import sys

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.language import said
from newsroom.model.delivery import Counts
from newsroom.model.saying import say


def show_progress(tally: Counts) -> None:
    """One line that is written over while the issue is being sent; only for a person."""
    from newsroom.jobs.issue_status import status_line

    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{said(status_line(tally))}", err=True, nl=False)


def print_tally(tally: Counts, *, as_json: bool) -> None:
    """An issue's ledger: a line, and one for each thing to look at; or all of it as JSON."""
    from newsroom.jobs.issue_status import status_json, status_line

    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if as_json:
        print_json(status_json(tally))
        return
    click.echo(said(status_line(tally)))
    for email in tally.unknown_recipients:
        click.echo(f"  {said(say('unknown: {email}', email=email))}")
    for lane in tally.lanes:
        if lane.reason is None:
            continue
        words = say("stopped") if lane.state == "stopped" else say("rests")
        line = say("{lane} {state}: {reason}", lane=lane.lane, state=words, reason=lane.reason)
        click.echo(f"  {said(line)}")
