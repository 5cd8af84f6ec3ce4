"""An issue tried out on a few, and approved."""

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import print_problems
from newsroom.model import Severity
from newsroom.model.saying import say
from newsroom.wiring import Desk, newsletter


@click.command("test")
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


@click.command("approve")
@click.argument("name")
@click.option("--by", required=True, help="The approver: a file name in contacts, without .md.")
@now_option
@at_desk
def approve(desk: Desk, name: str, by: str) -> None:
    """Say yes to exactly the text that the issue has now."""
    from newsroom.jobs.approve import Approval
    from newsroom.jobs.approve import approve as job
    from newsroom.jobs.preflight import require_ready

    proof, problems = newsletter.looked_over(desk, name)
    print_problems(tuple(each for each in problems if each.severity is not Severity.ERROR))
    require_ready(problems)
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
