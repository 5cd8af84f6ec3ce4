"""`report`: what a year was, for the annual report."""

from dataclasses import asdict

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import desk_language
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.wiring import Desk

_FIRST_YEAR = 1990  # before that nobody published on the web


@click.command("report")
@click.argument("year", type=int)
@now_option
@json_option
@at_desk
def report_command(desk: Desk, year: int, as_json: bool) -> None:  # noqa: FBT001
    """What was published, sent and read in a year, as Markdown: nobody is named in it."""
    from newsroom.jobs.year_in_review import year_in_review
    from newsroom.render.year_in_review import year_as_markdown

    now = desk.clock()
    this_year = now.astimezone(desk.site.timezone).year
    if not _FIRST_YEAR <= year <= this_year:
        raise StateError(
            say(
                "there is nothing to report of {year}; write a year from {first} to {last}",
                year=year,
                first=_FIRST_YEAR,
                last=this_year,
            )
        )
    review = year_in_review(desk.read_newsroom(), desk.database, year, now)
    if as_json:
        print_json(asdict(review))
        return
    click.echo(year_as_markdown(review, desk.site, desk_language()), nl=False)
