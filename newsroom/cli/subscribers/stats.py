"""`subscribers stats` and `verify`: how many there are, and that their consents are whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, at_glance, json_option, now_option
from newsroom.cli.language import desk_language, said
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.model.readership import Readership

_SHOWN = 12  # months at the terminal
_COLUMNS = say("joined"), say("left"), say("kept out"), say("readers")


@click.command("stats")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page with drawings and tables, and the tables as CSV, into this folder.",
)
@now_option
@json_option
@at_glance
def stats(desk: Desk, out: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """How many read the newsletter, month by month, and what became of each issue."""
    from newsroom.jobs.readers.readership import readership

    counted = readership(desk.database, desk.site.timezone, desk.clock())
    if out is not None:
        _write(desk, counted, out)
    if as_json:
        print_json(_as_json(counted))
        return
    for line in _lines(counted):
        click.echo(said(line))


@click.command("verify")
@click.option("--accept", is_flag=True, help="The log is another one since a backup was restored.")
@now_option
@json_option
@at_desk
def verify(desk: Desk, accept: bool, as_json: bool) -> None:  # noqa: FBT001
    """Look through the log of consents: it is whole, and goes on from where it was."""
    from newsroom.jobs.readers.verify_consents import verify_consents

    found = verify_consents(
        desk.database, desk.keys, desk.settings.consents, desk.clock(), accept=accept
    )
    if as_json:
        print_json(found)
        return
    line = say("the log of consents is whole: {entries} entries", entries=found.entries)
    click.echo(said(line))


def _write(desk: Desk, counted: "Readership", out: Path) -> None:
    from newsroom.render.readership import readership_files
    from newsroom.render.words import Words

    out.mkdir(parents=True, exist_ok=True)
    files = readership_files(counted, desk.site, Words(desk_language()), desk.templates)
    for name, content in files.items():
        (out / name).write_bytes(content)
    click.echo(said(say("written: {path}", path=out / "index.html")), err=True)


def _as_json(counted: "Readership") -> dict[str, object]:
    return {
        "subscribers": {state.value: number for state, number in counted.states.items()},
        "languages": dict(counted.languages),
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "joined": month.joined,
                "left": month.left,
                "kept_out": month.kept_out,
                "active": month.active,
            }
            for month in counted.months
        ],
        "issues": [
            {
                "issue": one.issue,
                "state": one.state,
                "frozen": one.frozen,
                "waiting": one.waiting,
                "accepted": one.accepted,
                "bounced": one.bounced,
                "refused": one.refused,
                "excluded": one.excluded,
                "unknown": one.unknown,
                "cancelled": one.cancelled,
            }
            for one in counted.issues
        ],
        "consents": {"entries": counted.entries, "broken_at": counted.broken},
    }


def _lines(counted: "Readership") -> Iterator[Saying | str]:
    states = {state.value: number for state, number in counted.states.items()}
    yield say(
        "{active} get the newsletter; {pending} have not confirmed, {unsubscribed} have left, "
        "{suppressed} are kept out",
        **states,
    )
    if counted.languages:
        yield "  ".join(f"{lang} {number}" for lang, number in counted.languages.items())
    if counted.months:
        yield ""
        yield _row(*map(said, (say("month"), *_COLUMNS)))
    for month in counted.months[-_SHOWN:]:
        yield _row(f"{month.first:%Y-%m}", month.joined, month.left, month.kept_out, month.active)
    if counted.issues:
        yield ""
    for one in counted.issues:
        yield say(
            "{issue}: {frozen} frozen, {accepted} accepted, {bounced} of them came back, "
            "{refused} refused, {excluded} left out, {unknown} unknown",
            issue=one.issue,
            frozen=one.frozen,
            accepted=one.accepted,
            bounced=one.bounced,
            refused=one.refused,
            excluded=one.excluded,
            unknown=one.unknown,
        )
    if counted.broken is not None:
        yield say(
            "the log of consents was changed at entry {broken}; compare it with a backup",
            broken=counted.broken,
        )


def _row(first: str, *cells: object) -> str:
    return f"{first:<10}" + "".join(f"{cell:>12}" for cell in cells)
