"""`check` and `explain`: what is to be mended, and why something is shown or not."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json, problem_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.naming import source_of
from newsroom.cli.problems import in_words, print_problems, severities
from newsroom.errors import NewsroomError
from newsroom.model.problem import has_errors
from newsroom.model.saying import say
from newsroom.wiring import Desk, issue_plan, memory
from newsroom.wiring.channels import channel_problems
from newsroom.wiring.desk import usable
from newsroom.wiring.site_folder import problems_with_deploy

if TYPE_CHECKING:
    from newsroom.jobs.writing.explain import Explanation


@click.command("check")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement: ids, quotes, changes.")
@click.option("--links", is_flag=True, help="Ask other sites whether they have what we link to.")
@click.option("--limit", type=click.IntRange(1), help="Ask for so many links, and no more.")
@now_option
@json_option
@at_desk
def check_command(
    desk: Desk,
    fix: bool,  # noqa: FBT001
    links: bool,  # noqa: FBT001
    limit: int | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say everything that should be mended, with file, line and what to write instead."""
    from newsroom.jobs.writing.check import check

    if fix:
        for mended in memory.mend(desk):
            click.echo(f"{mended.path}: {said(mended.what)}", err=True)
    reading = desk.read()
    since_published = memory.problems_since_published(desk, reading)
    of_channels = channel_problems(desk.settings, reading)
    of_deploy = problems_with_deploy(desk, reading.newsroom)
    of_plan = issue_plan.plan_remarks(desk, reading)
    of_folder = (*since_published, *of_plan, *of_channels, *of_deploy)
    problems = check(reading, desk.schedule_problems(), desk.clock(), of_folder)
    could_not_ask: NewsroomError | None = None
    if links or limit:
        from newsroom.cli.links import ask_by_hand

        of_links, could_not_ask = ask_by_hand(desk, limit)
        problems = (*problems, *of_links)
    if as_json:
        print_json([problem_json(problem) for problem in problems])
    else:
        print_problems(problems)
        click.echo(severities(problems))
    if could_not_ask:
        raise could_not_ask
    if has_errors(problems):
        raise SystemExit(1)


@click.command("explain")
@click.argument("file", metavar="FILE|ADDRESS")
@now_option
@json_option
@at_desk
def explain_command(desk: Desk, file: str, as_json: bool) -> None:  # noqa: FBT001
    """Say whether a file is public, since or from when, why, and where it appears.

    In place of a file it can be named by an address on the site.
    """
    from newsroom.jobs.writing.explain import explain, is_address, source_at

    reading = desk.read()
    if is_address(file):
        newsroom = usable(reading)
        lost = memory.lost_addresses(desk, newsroom)
        source = source_at(file, newsroom, lost.moved, (*lost.gone, *lost.missed))
    else:
        source = source_of(desk, Path(file))
    explanation = explain(source, reading, desk.clock())
    if as_json:
        print_json(_as_json(explanation))
    else:
        for line in _lines(explanation):
            click.echo(line)


def _as_json(told: "Explanation") -> dict[str, object]:
    """An explanation with the keys that others may rely on."""
    return {
        "path": str(told.path),
        "public": told.public,
        "since": told.since,
        "until": told.until,
        "reason": said(told.reason),
        "urls": told.urls,
        "kind": told.kind,
        "id": told.id,
        "title": told.title,
        "places": [{"what": said(place.what), "url": place.url} for place in told.places],
        "shown_by": [str(source) for source in told.shown_by],
        "problems": [problem_json(problem) for problem in told.problems],
    }


def _lines(told: "Explanation") -> Iterator[str]:
    """An explanation for people: the answer, why, where, and what is to be mended."""
    yield f"{told.path}: {said(say('public') if told.public else say('not public'))}"
    yield f"  {said(told.reason)}"
    if told.id:
        yield f"  id: {told.id}"
    shown = [(said(place.what), place.url) for place in told.places]
    width = max((len(what) for what, _ in shown), default=0)
    for what, url in shown:
        yield f"  {what:<{width}}  {url}"
    for source in told.shown_by:
        yield f"  {said(say('shown by {file}', file=source))}"
    for problem in told.problems:
        yield f"  {problem.place}: {in_words(problem)}"
