"""An issue as text: listed, drafted, and written out to look at."""

from pathlib import Path

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, at_glance, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import print_problems
from newsroom.model.issue_state import in_words
from newsroom.model.saying import say
from newsroom.wiring import Desk, newsletter
from newsroom.wiring import composing as parts


@click.command("list")
@now_option
@json_option
@at_glance
def list_issues(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Every issue, where it stands and who approved it."""
    from newsroom.jobs.issue.issue_list import list_issues as job

    listed = job(desk.read_newsroom(), desk.schedule_if_any(), desk.database, desk.clock())
    if as_json:
        print_json(listed)
        return
    for one in listed:
        slot = f"{one.slot.astimezone(desk.site.timezone):%Y-%m-%d %H:%M}" if one.slot else ""
        by = said(say("approved by {name}", name=one.approved_by)) if one.approved_by else ""
        state = said(in_words(one.state))
        click.echo(f"{one.issue:<14} {state:<15} {slot:<17} {one.title}  {by}".rstrip())


@click.command("draft")
@click.argument("name")
@click.option("--again", is_flag=True, help="Print what has come since; the file stays as it is.")
@now_option
@at_desk
def draft(desk: Desk, name: str, again: bool) -> None:  # noqa: FBT001
    """Write the issue's file, with everything since the last one named in it."""
    from newsroom.jobs.issue.unplanned import unplanned

    if not again:
        path = parts.draft_issue(desk, name)
        click.echo(path)
        if remark := unplanned(desk.schedule_if_any(), name, path, desk.clock()):
            print_problems((remark,))
        way_on = f"newsroom issue review {name}"
        click.echo(
            said(say("write the greeting; then ask for a yes: {command}", command=way_on)), err=True
        )
        return
    lines = parts.new_since_draft(desk, name)
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo(said(say("{name}: nothing has come since it was drafted", name=name)), err=True)


@click.command("export")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    required=True,
    help="The folder for it.",
)
@click.option("--to", metavar="EMAIL", help="The address that the message is made out to.")
@now_option
@at_desk
def export(desk: Desk, name: str, out: Path, to: str | None) -> None:
    """Write NAME.eml, NAME.html and NAME.txt, to look at. Nothing is sent."""
    from newsroom.jobs.issue.export import export_issue
    from newsroom.jobs.issue.proofread import proofread
    from newsroom.readers.addresses import canonical

    address, proof = canonical(to or desk.site.sender.email), newsletter.proof(desk, name)
    for path in export_issue(proof, out, address, desk.clock()):
        click.echo(path)
    print_problems(proofread(proof))
