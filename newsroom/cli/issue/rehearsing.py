"""An issue looked over, and gone through as if it were sent: no message leaves."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import json_text, print_json, problem_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import desk_language, said
from newsroom.cli.problems import print_problems, severities
from newsroom.errors import StateError
from newsroom.model.problem import has_errors
from newsroom.model.saying import Saying, joined, say
from newsroom.wiring import Desk, composing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from newsroom.jobs.issue.rehearse import Rehearsed
    from newsroom.model import Problem

_REPORT, _LABEL = "report.json", ".rehearsal"
_SHOWN = 12  # domains on the terminal; the report has all


@click.command("check")
@click.argument("name")
@click.option("--links", is_flag=True, help="Ask other sites as well.")
@now_option
@json_option
@at_desk
def check(desk: Desk, name: str, links: bool, as_json: bool) -> None:  # noqa: FBT001
    """Everything that speaks against sending the issue as it stands."""
    problems = composing.findings(desk, name, links=links)
    if as_json:
        print_json([problem_json(problem) for problem in problems])
    else:
        print_problems(problems)
        click.echo(severities(problems))
    if has_errors(problems):
        sys.exit(1)


@click.command("rehearse")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder for the messages.",
)
@now_option
@json_option
@at_desk
def rehearse(desk: Desk, name: str, out: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Make and check every reader's message, as .eml files in a folder. Nothing is sent."""
    folder = out or desk.settings.var / "rehearsals" / name
    done, problems, drawer = composing.rehearse(desk, name, folder, _LABEL)
    report = _report(done, problems, folder)
    drawer.put(_REPORT, json_text(report).encode())
    if as_json:
        print_json(report)
    else:
        _tell(done, desk, folder)
    print_problems(problems)
    if done.unsound or has_errors(problems):
        raise StateError(say("{name} is not ready to be sent; see above", name=name))
    if not done.frozen:
        raise StateError(say("{name}: nobody on the list would get it", name=name))


def _report(done: Rehearsed, problems: Sequence[Problem], folder: Path) -> dict[str, object]:
    """Everything that a rehearsal found, for programs."""
    return {
        **asdict(done),
        "unsound": [{"email": each.email, "why": said(each.why)} for each in done.unsound],
        "domains": [{"domain": name, "readers": number} for name, number in done.domains],
        "languages": [{"lang": lang, "readers": number} for lang, number in done.languages],
        "problems": [problem_json(problem) for problem in problems],
        "folder": str(folder),
    }


def _tell(done: Rehearsed, desk: Desk, folder: Path) -> None:
    """The ledger as it would be, and a line for each thing to know."""
    line = say(
        "{issue}: {frozen} readers: {accepted} mails made, {excluded} excluded, {refused} refused",
        issue=done.issue,
        frozen=done.frozen,
        accepted=done.accepted,
        excluded=done.excluded,
        refused=done.refused,
    )
    click.echo(said(line))
    told = list(_facts(done, desk, folder))
    width = max(len(said(heading)) for heading, _ in told)
    for heading, what in told:
        click.echo(f"  {said(heading):<{width}}  {said(what)}")
    for reader in done.unsound:
        click.echo(f"{reader.email}: {said(reader.why)}", err=True)


def _facts(done: Rehearsed, desk: Desk, folder: Path) -> Iterator[tuple[Saying, str]]:
    from newsroom.render.words import Words

    size = Words(desk_language()).size
    yield say("languages"), _counted(done.languages)
    yield say("domains"), _counted(done.domains)
    all_of_it = say(
        "{largest} at most, {all} together", largest=size(done.largest), all=size(done.octets)
    )
    yield say("size"), all_of_it
    yield say("begins"), _local(done.begins, desk)
    yield say("ends"), say("about {at}, by its pace and hours", at=_local(done.ends, desk))
    yield say("files"), str(folder)


def _counted(counted: Sequence[tuple[str, int]]) -> str:
    """`kommun.example 12, region.example 8, and 40 more`."""
    named: list[str] = [f"{name} {number}" for name, number in counted[:_SHOWN]]
    if len(counted) > _SHOWN:
        named.append(say("and {number} more", number=len(counted) - _SHOWN))
    return joined(", ", named or ["-"])


def _local(moment: datetime, desk: Desk) -> str:
    return f"{moment.astimezone(desk.site.timezone):%Y-%m-%d %H:%M}"
