"""`doctor`: everything that mail and site stand on, looked at; what is wrong, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option
from newsroom.cli.language import said
from newsroom.errors import NewsroomError
from newsroom.model.saying import Saying, joined, say
from newsroom.model.verdict import Check, Verdict
from newsroom.wiring import Desk
from newsroom.wiring import doctor as parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WRONG, _OUTSIDE = 1, 3
_HEADINGS = {
    "dns": say("The domain in the DNS"),
    "relay": say("The way out"),
    "site": say("The public address"),
    "machine": say("This machine"),
    "receivers": say("At the receivers"),
    "mail": say("The message"),
}
_WORDS = {
    Verdict.FAIL: (say("fail"), "red"),
    Verdict.WARN: (say("warn"), "yellow"),
    Verdict.UNKNOWN: (say("not checked"), None),
    Verdict.OK: (say("ok"), "green"),
}


@click.command("doctor")
@click.option(
    "--eml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge a message that was received, and nothing else.",
)
@click.option("--only", metavar="GROUPS", help="Of dns, relay, site, machine, receivers.")
@click.option(
    "--selector",
    "selectors",
    multiple=True,
    metavar="NAME",
    help="A key that your relay signs with.",
)
@json_option
@at_desk
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
        for line in _lines(checks):
            click.echo(line)
    if status := exit_status(checks):
        sys.exit(status)


def exit_status(checks: Sequence[Check]) -> int:
    """1 when something is to be mended here, 3 when all that is wrong is out of reach, else 0."""
    if any(each.verdict is Verdict.FAIL and not each.outside for each in checks):
        return _WRONG
    is_away = any(each.outside and each.verdict is not Verdict.WARN for each in checks)
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
        "check": check.check,
        "verdict": check.verdict.value,
        "detail": said(check.detail),
        "fix": said(check.fix) if check.fix else "",
        "about": check.about,
    }


def _lines(checks: Sequence[Check]) -> Iterator[str]:
    """A line for each check under its group; what to do stands below it."""
    group, width = "", max(len(said(word)) for word, _ in _WORDS.values())
    for check in checks:
        if check.group != group:
            if group:
                yield ""
            group = check.group
            yield said(_HEADINGS[group])
        yield _line(check, width)
        if check.fix is not None and check.verdict is not Verdict.OK:
            yield f"  {'':<{width}} → {said(check.fix)}"
    yield ""
    yield said(_summary(checks))


def _line(check: Check, width: int) -> str:
    word, colour = _WORDS[check.verdict]
    shown = click.style(f"{said(word):<{width}}", fg=colour)
    name = check.check.partition("-")[2]
    return f"  {shown} {name:<15} {said(check.detail)}"


def _summary(checks: Sequence[Check]) -> Saying:
    counted = {verdict: sum(each.verdict is verdict for each in checks) for verdict in Verdict}
    parts_of_it = (
        say("{number} to mend", number=counted[Verdict.FAIL]),
        say("{number} to look at", number=counted[Verdict.WARN]),
        say("{number} not checked", number=counted[Verdict.UNKNOWN]),
        say("{number} in order", number=counted[Verdict.OK]),
    )
    return joined(", ", parts_of_it)
