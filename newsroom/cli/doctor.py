"""`doctor`: everything that mail and site stand on, looked at; what is wrong, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.check_lines import check_lines
from newsroom.cli.desk import at_glance, json_option
from newsroom.cli.language import said
from newsroom.errors import NewsroomError
from newsroom.model.checkup import Check, CheckVerdict
from newsroom.model.saying import say
from newsroom.wiring import Desk
from newsroom.wiring import doctor as parts

if TYPE_CHECKING:
    from collections.abc import Sequence

_WRONG, _OUTSIDE = 1, 3


@click.command("doctor")
@click.option(
    "--eml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge a message that was received, and nothing else.",
)
@click.option(
    "--only",
    metavar="GROUPS",
    help="Only these, with commas: dns, relay, site, machine, receivers.",
)
@click.option(
    "--selector",
    "selectors",
    multiple=True,
    metavar="NAME",
    help="A key that your relay signs with.",
)
@json_option
@at_glance
def doctor_command(
    desk: Desk, eml: Path | None, only: str | None, selectors: tuple[str, ...], *, as_json: bool
) -> None:
    """Look at everything that mail and site stand on, and say what to mend. Sends nothing.

    The verdict is kept: without a good one no issue leaves.
    """
    groups = _groups(only)
    if eml is not None:
        checks = parts.judge_message(desk, eml.read_bytes(), str(eml), selectors)
    elif groups or selectors:
        checks = parts.examine(desk, groups, selectors)
    else:
        checks = _examined(desk)
    if as_json:
        print_json([_as_json(check) for check in checks])
    else:
        for line in check_lines(checks):
            click.echo(line)
    if status := exit_status(checks):
        sys.exit(status)


def exit_status(checks: Sequence[Check]) -> int:
    """1 when something is to be mended here, 3 when all that is wrong is out of reach, else 0."""
    if any(each.verdict is CheckVerdict.FAIL and not each.outside for each in checks):
        return _WRONG
    is_away = any(each.outside and each.verdict is not CheckVerdict.WARN for each in checks)
    return _OUTSIDE if is_away else 0


def _examined(desk: Desk) -> tuple[Check, ...]:
    """All checks, with the verdict kept where there is a database to keep it in."""
    try:
        return parts.examine_and_keep(desk)[0]
    except NewsroomError as error:
        if "database" in desk.__dict__:
            raise
        click.echo(said(say("the verdict is not kept: {fault}", fault=error.sentence)), err=True)
        return parts.examine(desk)


def _groups(only: str | None) -> tuple[str, ...]:
    named = tuple(name.strip() for name in (only or "").split(",") if name.strip())
    for name in named:
        if name not in parts.GROUPS:
            known = ", ".join(parts.GROUPS)
            raise click.BadParameter(
                said(say('"{name}" is none of {known}', name=name, known=known)),
                param_hint="--only",
            )
    return named


def _as_json(check: Check) -> dict[str, object]:
    """A check with the keys that others may rely on, and what it is about."""
    return {
        "check": check.name,
        "verdict": check.verdict.value,
        "detail": said(check.detail),
        "fix": said(check.fix) if check.fix else "",
        "about": check.about,
    }
