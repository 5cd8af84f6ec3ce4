"""An issue on its way: sent, and how far it came."""

from dataclasses import replace
from functools import partial

import click

from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, at_glance, json_option, now_option, stop_on_signals
from newsroom.cli.issue.progress import Progress
from newsroom.cli.issue.tally import print_tally
from newsroom.cli.language import said
from newsroom.errors import StateError
from newsroom.model.saying import joined, say
from newsroom.wiring import Desk, before_sending, issue_plan, newsletter, post_office


@click.command("send")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--without-doctor", metavar="REASON", help="Why no good verdict is needed; kept.")
@click.option("--auto", is_flag=True, help="The rest follows the first few without being asked.")
@now_option
@json_option
@at_desk
def send(  # noqa: PLR0913, PLR0917 (its options)
    desk: Desk,
    name: str,
    yes: bool,  # noqa: FBT001
    without_doctor: str | None,
    auto: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Send an approved issue, and stay until it is done, paused or outside its hours."""
    from newsroom.jobs.issue.issue_status import issue_status
    from newsroom.jobs.issue.send import send_issue
    from newsroom.jobs.issue.steer import ask_for_no_go

    if not yes:
        question = before_sending.question(desk, name, without_doctor)
        _tell_of_a_folder(desk)
        ask(question)
    with post_office.at_office(desk) as office:
        newsletter.freeze_issue(desk, name, without_doctor)
        if yes:
            _tell_of_a_folder(desk)
        if auto:
            ask_for_no_go(desk.database, name)
        stop_on_signals(office.stop)
        sent = send_issue(office, name, Progress(desk.clock, desk.site.timezone))
    tally = issue_status(desk.database, name, desk.clock(), post_office.plan(desk))
    print_tally(tally, desk.site.timezone, as_json=as_json)
    if not sent.done:
        raise StateError(joined(": ", (name, sent.waits_for or "")))


def _tell_of_a_folder(desk: Desk) -> None:
    """That nobody will get the issue, where mail does not leave this machine."""
    if (folder := desk.settings.outgoing) is not None:
        told = say(
            "no mail leaves this machine: what is sent is written to {folder}, and counts as "
            "accepted though no reader gets it; write NEWSROOM_MAIL in .env",
            folder=folder,
        )
        click.echo(said(told), err=True)


@click.command("status")
@click.argument("name")
@now_option
@json_option
@at_glance
def status(desk: Desk, name: str, as_json: bool) -> None:  # noqa: FBT001
    """Where an issue stands, in numbers that add up."""
    from newsroom.jobs.issue.issue_status import status_of

    in_folder = partial(issue_plan.written_issue, desk, name)
    tally = status_of(desk.database, name, in_folder, desk.clock(), post_office.plan(desk))
    if remark := before_sending.why_not_on_the_web(desk, name):
        tally = replace(tally, note=tally.note or remark)
    ahead = before_sending.ahead_of(desk, name)
    print_tally(tally, desk.site.timezone, as_json=as_json, ahead=ahead)
