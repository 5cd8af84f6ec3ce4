"""The days of the issues to come: listed, as a file, and the address of one's own calendar."""

from pathlib import Path

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import desk_language, said
from newsroom.wiring import Desk
from newsroom.wiring import deadlines as wired


@click.command("deadlines")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write them as a calendar, such as deadlines.ics.",
)
@click.option(
    "--by",
    metavar="NAME",
    help="Print this approver's own address, to subscribe to: a file name in contacts.",
)
@now_option
@json_option
@at_desk
def deadlines(desk: Desk, out: Path | None, by: str | None, as_json: bool) -> None:  # noqa: FBT001
    """The days of the issues to come: draft, reminder, last day to approve, leaving."""
    if by is not None:
        click.echo(wired.calendar_address(desk, by))
    if out is not None:
        out.write_bytes(wired.calendar(desk))
        click.echo(out)
    if by is None and out is None:
        _print(desk, as_json=as_json)


def _print(desk: Desk, *, as_json: bool) -> None:
    from newsroom.render.words import Words

    days, almanac = wired.listed(desk)
    if as_json:
        told = (
            {"issue": day.issue, "step": day.step, "at": day.at, "off": day.is_off}
            | ({"planned": day.planned} if day.planned else {})
            for day in days
        )
        print_json(list(told))
        return
    words = Words(desk_language())
    for day in days:
        local = day.at.astimezone(desk.site.timezone)
        why = almanac.why_then(day)
        parts = (almanac.heading(day), *filter(None, [why]))
        line = ". ".join(said(part) for part in parts)
        click.echo(f"{words.weekday(local)[:3]} {local:%Y-%m-%d}  {line}")
