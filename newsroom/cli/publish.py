"""`build` and `publish`: the site, and telling the world."""

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from newsroom.cli.as_json import print_json, problem_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.moments import moment
from newsroom.cli.problems import print_problems
from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk, website
from newsroom.wiring.channels import require_channels
from newsroom.wiring.site_folder import deployed_to

if TYPE_CHECKING:
    from newsroom.output.tally import Held, Progress, Tally


_SHOWN = 10  # of what is new, changed or gone, by name


def _address(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    """The address of a site, whole; anything else is wrong usage."""
    parts = urlsplit(url or "")
    if url and not (parts.scheme in {"http", "https"} and parts.netloc and not parts.query):
        message = say('"{url}" is not the address of a site; write https://example.se', url=url)
        raise click.BadParameter(said(message), param_hint="--url")
    return url


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), help="Where to, instead of public/.")
@click.option(
    "--url", callback=_address, help="Where the site will be read, instead of what site.yaml says."
)
@click.option("--drafts", is_flag=True, help="Show drafts too, on pages marked as a preview.")
@click.option("--strict", is_flag=True, help="Build nothing when anything is wrong.")
@click.option("--yes", is_flag=True, help="Remove many files without asking.")
@now_option
@json_option
@at_desk
def build_command(  # noqa: PLR0913, PLR0917 (one parameter for each option)
    desk: Desk,
    out: Path | None,
    url: str | None,
    drafts: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make the site, the feeds and the calendars; write only what changed."""
    from newsroom.jobs.site.build_options import BuildOptions

    started = time.perf_counter()
    options = BuildOptions(
        out, url, drafts=drafts, strict=strict, remove_many=yes, progress=_progress()
    )
    report(website.build(desk, options), time.perf_counter() - started, as_json=as_json)


def _progress() -> "Progress | None":
    """One line on a terminal that counts the files as they are made, and is gone at the end."""
    if not sys.stderr.isatty():
        return None

    def show(made: int, of: int) -> None:
        line = f"\r\x1b[K{made}/{of}" if made < of else "\r\x1b[K"
        click.echo(line, nl=False, err=True)

    return show


@click.command("publish")
@click.option("--now", "as_of", metavar="WHEN", hidden=True)
@json_option
@at_desk
def publish_command(desk: Desk, as_of: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Build the site, deploy it where site.yaml says, and tell the channels that follow it."""
    from newsroom.jobs.site.announce_words import at_rest  # takes the database in

    if as_of is not None:
        raise SettingsError(
            say(
                "publish changes what readers see, so it goes by the clock; to see another time: "
                "newsroom preview --now {when}",
                when=as_of,
            )
        )
    require_channels(desk)
    started = time.perf_counter()
    published = website.publish(desk, by_hand=True)
    for line in published.notes:
        click.echo(said(line), err=True)
    for line in at_rest(published.announced, partial(moment, zone=desk.site.timezone)):
        click.echo(said(line), err=True)
    if not as_json:
        _tell_news(desk, published.built)
    report(published.built, time.perf_counter() - started, as_json=as_json)
    announced = published.announced
    if announced.waiting or announced.troubled or announced.behind:
        raise SystemExit(3)


def _tell_news(desk: Desk, built: "Tally") -> None:
    """Where the site is published, and what readers find there that they did not before."""
    place = deployed_to(desk)
    click.echo(said(say("Published: {url}/ ({place})", url=desk.site.url, place=place)))
    url = desk.site.url
    _tell(
        [say("New: {title}  {url}", title=title, url=f"{url}/{at}") for title, at in built.new],
        say("and {number} more that are new", number=len(built.new) - _SHOWN),
    )
    _tell(
        [
            say("Changed: {title}  {url}", title=title, url=f"{url}/{at}")
            for title, at in built.changed
        ],
        say("and {number} more that have changed", number=len(built.changed) - _SHOWN),
    )
    _tell(
        [say("Gone: {title}", title=title) for title, _ in built.gone],
        say("and {number} more that are gone", number=len(built.gone) - _SHOWN),
    )
    if not (built.new or built.changed or built.gone or built.held):
        click.echo(said(say("Nothing is new, changed or gone since the last build.")))


def _tell(found: list[Saying], more: Saying) -> None:
    """A line for each of the first few, and how many there are besides."""
    for line in found[:_SHOWN]:
        click.echo(said(line))
    if len(found) > _SHOWN:
        click.echo(said(more))


def _of_held(held: "Held") -> Saying:
    """What readers find of a piece whose file has a fault, and what to mend."""
    fault, title, page = held.fault, held.title, f"/{held.address}"
    mend = say("newsroom check says what is wrong")
    if fault:
        mend = say("mend {place}: {fix}", place=fault.place, fix=fault.fix)
    if held.is_there:
        return say("Left as it was: {title}  {page}  {mend}", title=title, page=page, mend=mend)
    return say("Not on the site: {title}  {page}  {mend}", title=title, page=page, mend=mend)


def report(built: "Tally", seconds: float, *, as_json: bool) -> None:
    """Print what a build did, and exit with 1 when something has to be mended."""
    if as_json:
        counts = {
            name: getattr(built, name) for name in ("pages", "written", "unchanged", "removed")
        }
        problems = [problem_json(problem) for problem in built.problems]
        print_json({**counts, "seconds": round(seconds, 3), "problems": problems})
    else:
        _tell(
            [_of_held(held) for held in built.held],
            say("and {number} more whose files have faults", number=len(built.held) - _SHOWN),
        )
        print_problems(built.problems)
        line = say(
            "{pages} pages: {written} written, {unchanged} unchanged, {removed} removed, "
            "{seconds:.2f} s",
            pages=built.pages,
            written=built.written,
            unchanged=built.unchanged,
            removed=built.removed,
            seconds=seconds,
        )
        click.echo(said(line))
    if built.has_errors:
        raise SystemExit(1)
