"""`issue`: the newsletter, from draft to the last reader."""

import click

from newsroom.cli.issue import (
    approval,
    composing,
    planning,
    proving,
    rehearsing,
    sending,
    steering,
)


@click.group(
    "issue",
    commands=(
        composing.list_issues,
        composing.draft,
        composing.export,
        planning.deadlines,
        proving.evidence,
        rehearsing.check,
        rehearsing.rehearse,
        approval.test,
        approval.ask,
        approval.approve,
        approval.undo,
        approval.postpone,
        sending.send,
        sending.status,
        steering.pause,
        steering.resume,
        steering.go,
        steering.cancel,
        steering.resolve,
        steering.rest,
    ),
)
def issue_command() -> None:
    """The newsletter, from draft to the last reader."""
