"""`announce`: what is told on which channel, and what a person decides about it."""

from base64 import b64encode
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.moments import moment
from newsroom.cli.naming import source_of
from newsroom.errors import SettingsError
from newsroom.jobs.site.announce_words import at_rest, standing, what_to_do
from newsroom.model.saying import say
from newsroom.wiring import Desk, announce_desk

if TYPE_CHECKING:
    from newsroom.database.announcements import Announcement
    from newsroom.jobs.site.announce_attempt import Round
    from newsroom.wiring.announce_desk import Preview

_SHOWN = 20  # announcements on one screen
_SECRET = 32  # bytes; Standard Webhooks wants 24 to 64

_on = click.option("--on", metavar="CHANNEL", help="This channel alone, such as slack:office.")


@click.group("announce")
def announce_command() -> None:
    """What is told on which channel. `newsroom publish` does the telling."""


@announce_command.command("preview")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@_on
@now_option
@json_option
@at_desk
def preview(desk: Desk, file: Path | None, on: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Show what would be posted of FILE, or of all that waits; nothing is posted."""
    found = announce_desk.previews(desk, source_of(desk, file) if file else None, on)
    if as_json:
        print_json([_preview_json(one) for one in found])
        return
    for one in found:
        click.echo(f"── {one.channel} ──")
        click.echo(f"{one.text}\n")
        if one.row:
            click.echo(f"{said(standing(one.row))}\n")
    if not found:
        click.echo(said(say("Nothing waits to be announced.")))


@announce_command.command("list")
@click.option("--all", "every", is_flag=True, help="Not only the latest.")
@json_option
@at_desk
def list_(desk: Desk, every: bool, as_json: bool) -> None:  # noqa: FBT001
    """List what was announced, when and where, and what was not, and why."""
    rows = announce_desk.record(desk)
    if as_json:
        print_json([_row_json(row) for row in rows])
        return
    shown = rows if every else rows[:_SHOWN]
    for row in shown:
        click.echo(_line(desk, row))
    if len(rows) > len(shown):
        click.echo(said(say("and {number} more", number=len(rows) - len(shown))))
    _advise(rows)
    if not rows:
        click.echo(said(say("Nothing has been announced.")))


@announce_command.command("now")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.option("--failed", is_flag=True, help="All that failed.")
@_on
@json_option
@at_desk
def now(
    desk: Desk,
    files: tuple[Path, ...],
    failed: bool,  # noqa: FBT001
    on: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Announce FILE where it has not been: what failed, what was never told, what is in doubt."""
    if bool(files) == failed:
        raise SettingsError(say("name a file, or write --failed"))
    if failed:
        done = announce_desk.announce_failed(desk, on)
    else:
        done = announce_desk.announce_files(desk, (source_of(desk, file) for file in files), on)
    _report(desk, done, as_json=as_json)


@announce_command.command("secret")
def secret() -> None:
    """Make a secret to share with the receiver of a webhook, whsec_…; it is kept nowhere."""
    click.echo(f"whsec_{b64encode(token_bytes(_SECRET)).decode()}")
    click.echo(
        said(
            say(
                "Give it to who receives the webhook, and write it in .env, after the address: "
                "{line}",
                line="NEWSROOM_ANNOUNCE_WEBHOOK_NAME=https://… whsec_…",
            )
        ),
        err=True,
    )


@announce_command.command("skip")
@click.argument("file", type=click.Path(path_type=Path))
@_on
@json_option
@at_desk
def skip(desk: Desk, file: Path, on: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Have FILE not announced, or no longer asked about."""
    rows = announce_desk.skip(desk, source_of(desk, file), on)
    if as_json:
        print_json([_row_json(row) for row in rows])
        return
    for row in rows:
        click.echo(_line(desk, row))
    if not rows:
        click.echo(said(say("Nothing was left to skip.")))


def _report(desk: Desk, done: "Round", *, as_json: bool) -> None:
    """What was announced, and what was not; then it ends with 3."""
    rows = (*done.made, *done.waiting, *done.troubled)
    if as_json:
        print_json([_row_json(row) for row in rows])
    else:
        for remark in done.remarks:
            click.echo(said(remark))
        for row in rows:
            click.echo(_line(desk, row))
        for line in at_rest(done, partial(moment, zone=desk.site.timezone)):
            click.echo(said(line))
        if not (rows or done.behind):
            click.echo(said(say("Nothing was left to announce: it is told once on each channel.")))
        _advise(rows)
    if done.waiting or done.troubled or done.behind:
        raise SystemExit(3)


def _line(desk: Desk, row: "Announcement") -> str:
    """One announcement: when, where, what became of it."""
    local = row.at.astimezone(desk.site.timezone)
    return f"{local:%Y-%m-%d %H:%M}  {row.channel}  {said(standing(row))}"


def _advise(rows: "Iterable[Announcement]") -> None:
    """What there is to do about what was not announced."""
    for sentence in what_to_do(rows):
        click.echo(said(sentence))


def _row_json(row: "Announcement") -> dict[str, object]:
    return {
        "item": row.item,
        "channel": row.channel,
        "title": row.title,
        "state": row.state.value,
        "at": row.at,
        "tries": row.tries,
        "next_at": row.next_at,
        "place": row.place,
        "reason": said(row.note) if row.note else None,
    }


def _preview_json(one: "Preview") -> dict[str, object]:
    return {
        "channel": one.channel,
        "item": one.item.id,
        "kind": one.item.kind.value,
        "title": one.item.title,
        "url": one.item.url,
        "text": one.text,
        "payload": one.payload,
        "announced": _row_json(one.row) if one.row else None,
    }
