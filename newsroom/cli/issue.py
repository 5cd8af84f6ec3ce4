"""`issue`: the newsletter, from draft to the last reader."""

import sys
from pathlib import Path

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option, stop_on_signals
from newsroom.cli.language import said
from newsroom.cli.problems import print_problems
from newsroom.errors import StateError
from newsroom.model.delivery import Counts
from newsroom.model.issue_state import in_words
from newsroom.model.saying import joined, say
from newsroom.wiring import Desk, newsletter


@click.group("issue")
def issue_command() -> None:
    """The newsletter, from draft to the last reader."""


@issue_command.command("list")
@now_option
@json_option
@at_desk
def list_issues(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Every issue, where it stands and who approved it."""
    from newsroom.jobs.issue_list import list_issues as job

    listed = job(desk.read_newsroom(), desk.schedule_if_any(), desk.database)
    if as_json:
        print_json(listed)
        return
    for one in listed:
        slot = f"{one.slot.astimezone(desk.site.timezone):%Y-%m-%d %H:%M}" if one.slot else ""
        by = said(say("approved by {name}", name=one.approved_by)) if one.approved_by else ""
        state = said(in_words(one.state))
        click.echo(f"{one.issue:<14} {state:<15} {slot:<17} {one.title}  {by}".rstrip())


@issue_command.command("draft")
@click.argument("name")
@now_option
@at_desk
def draft(desk: Desk, name: str) -> None:
    """Write the issue's file, with everything since the last one named in it."""
    click.echo(newsletter.draft_issue(desk, name))


@issue_command.command("export")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for it.")
@click.option("--to", help="The address that the message is made out to.")
@now_option
@at_desk
def export(desk: Desk, name: str, out: Path, to: str | None) -> None:
    """Write NAME.eml, NAME.html and NAME.txt, to look at. Nothing is sent."""
    from newsroom.jobs.export import export_issue
    from newsroom.jobs.proofread import proofread
    from newsroom.readers.addresses import canonical

    address, proof = canonical(to or desk.site.sender.email), newsletter.proof(desk, name)
    for path in export_issue(proof, out, address, desk.clock()):
        click.echo(path)
    print_problems(proofread(proof))


@issue_command.command("test")
@click.argument("name")
@click.option("--to", "addresses", multiple=True, required=True, help="May be repeated.")
@now_option
@at_desk
def test(desk: Desk, name: str, addresses: tuple[str, ...]) -> None:
    """Send the issue, marked as a test, to a few addresses. The ledger does not know of it."""
    from newsroom.jobs.export import send_test
    from newsroom.jobs.proofread import proofread
    from newsroom.readers.addresses import canonical

    people, proof = [canonical(address) for address in addresses], newsletter.proof(desk, name)
    print_problems(proofread(proof))
    send_test(proof, people, desk.mailer, desk.clock())
    click.echo(said(say("{name}: sent as a test to {names}", name=name, names=", ".join(people))))
    if desk.settings.mail.startswith("folder:"):
        where = desk.settings.mail.removeprefix("folder:")
        click.echo(
            said(
                say(
                    "it lies in {where}: set NEWSROOM_MAIL to have mail leave this machine",
                    where=where,
                )
            ),
            err=True,
        )


@issue_command.command("approve")
@click.argument("name")
@click.option("--by", required=True, help="The approver: a file name in contacts, without .md.")
@now_option
@at_desk
def approve(desk: Desk, name: str, by: str) -> None:
    """Say yes to exactly the text that the issue has now."""
    from newsroom.jobs.approve import Approval
    from newsroom.jobs.approve import approve as job
    from newsroom.jobs.proofread import require_finished

    proof = newsletter.proof(desk, name)
    require_finished(proof)
    given = Approval(name, proof.content_hash, by, desk.clock())
    job(desk.database, given, desk.site.approvers)
    click.echo(
        said(
            say(
                "{name}: approved by {by}; an edit from now on asks for a new approval",
                name=name,
                by=by,
            )
        )
    )


@issue_command.command("send")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--without-doctor", metavar="REASON", help="Why no good verdict is needed; kept.")
@now_option
@json_option
@at_desk
def send(desk: Desk, name: str, yes: bool, without_doctor: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Send an approved issue, and stay until it is done, paused or outside its hours."""
    from newsroom.jobs.send import send_issue

    if not yes:
        question = say("Send {name} to everybody on the list?", name=name)
        click.confirm(said(question), abort=True, err=True)
    with newsletter.sending(desk) as office:
        newsletter.freeze_issue(desk, name, without_doctor)
        stop_on_signals(office.stop)
        sent = send_issue(office, name, _progress)
    _print(sent.counts, as_json=as_json)
    if not sent.done:
        raise StateError(joined(": ", (name, sent.waits_for or "")))


@issue_command.command("status")
@click.argument("name")
@now_option
@json_option
@at_desk
def status(desk: Desk, name: str, as_json: bool) -> None:  # noqa: FBT001
    """Where an issue stands, in numbers that add up."""
    from newsroom.jobs.edition import find_issue
    from newsroom.jobs.issue_status import status_of

    issue = find_issue(desk.read_newsroom(), name)
    _print(status_of(desk.database, issue, desk.clock()), as_json=as_json)


@issue_command.command("pause")
@click.argument("name")
@click.option("--reason", help="Shown in the status.")
@now_option
@at_desk
def pause(desk: Desk, name: str, reason: str | None) -> None:
    """Stop after the messages in hand."""
    from newsroom.jobs.steer import pause_issue

    pause_issue(desk.database, name, reason or str(said(say("paused by hand"))), desk.clock())
    click.echo(
        said(
            say(
                "{name}: paused; go on with: {command}",
                name=name,
                command=f"newsroom issue resume {name}",
            )
        )
    )


@issue_command.command("resume")
@click.argument("name")
@now_option
@at_desk
def resume(desk: Desk, name: str) -> None:
    """Go on with a paused issue."""
    from newsroom.jobs.steer import resume_issue

    resume_issue(desk.database, name, desk.clock())
    click.echo(
        said(
            say(
                "{name}: goes on with newsroom run, or with: {command}",
                name=name,
                command=f"newsroom issue send {name}",
            )
        )
    )


@issue_command.command("cancel")
@click.argument("name")
@click.option("--reason", help="Kept in the ledger.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@now_option
@at_desk
def cancel(desk: Desk, name: str, reason: str | None, yes: bool) -> None:  # noqa: FBT001
    """Call an issue off for everybody who has not been reached yet."""
    from newsroom.jobs.steer import cancel_issue

    if not yes:
        click.confirm(said(say("Call {name} off for good?", name=name)), abort=True, err=True)
    why = reason or str(said(say("cancelled by hand")))
    spared = cancel_issue(desk.database, name, why, desk.clock())
    told = say("{name}: cancelled; readers who will not get it: {spared}", name=name, spared=spared)
    click.echo(said(told))


@issue_command.command("resolve")
@click.argument("name")
@click.argument("emails", nargs=-1, metavar="[EMAIL]...")
@click.option("--accepted", "verdict", flag_value="accepted", help="They have it.")
@click.option("--resend", "verdict", flag_value="resend", help="Send it again.")
@now_option
@at_desk
def resolve(desk: Desk, name: str, emails: tuple[str, ...], verdict: str | None) -> None:
    """Settle messages of which nobody knows whether they left; without a verdict, list them."""
    from newsroom.jobs.issue_status import issue_status
    from newsroom.jobs.steer import resolve_issue

    unknown = issue_status(desk.database, name, desk.clock()).unknown_recipients
    if verdict is None:
        for email in unknown:
            click.echo(email)
        return
    chosen = emails or unknown
    arrived = verdict == "accepted"
    settled = resolve_issue(desk.database, name, chosen, arrived=arrived, now=desk.clock())
    click.echo(said(say("{name}: {number} settled", name=name, number=settled)))


def _progress(tally: Counts) -> None:
    """One line that is written over while the issue is being sent; only for a person."""
    from newsroom.jobs.issue_status import status_line

    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{said(status_line(tally))}", err=True, nl=False)


def _print(tally: Counts, *, as_json: bool) -> None:
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
