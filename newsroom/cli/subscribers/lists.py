"""`subscribers list`: everybody on the list."""

from collections.abc import Iterator, Sequence

import click

from newsroom.cli.as_json import print_json, utc
from newsroom.cli.desk import at_glance, json_option
from newsroom.cli.language import desk_language, said
from newsroom.cli.problems import counted
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.wiring import Desk

_STATES = click.Choice([state.value for state in SubscriberState])


@click.command("list")
@click.option("--state", type=_STATES, help="Only those in this state.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a list that Excel opens.")
@json_option
@at_glance
def list_subscribers(
    desk: Desk,
    state: str | None,
    as_csv: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Everybody on the list, by address."""
    from newsroom.database import reading
    from newsroom.readers import subscribers
    from newsroom.readers.lists import write_list

    wanted = SubscriberState(state) if state else None
    with reading(desk.database) as connection:
        people = tuple(subscribers.everyone(connection, state=wanted))
    if as_csv:
        click.echo(write_list(people, desk.site.timezone, desk_language()), nl=False)
        return
    if as_json:
        print_json([_row(person) for person in people])
        return
    for line in _lines(people):
        click.echo(line)
    number = len(people)
    count = counted(number, say("1 subscriber"), say("{number} subscribers", number=number))
    click.echo(said(count), err=True)


def _lines(people: Sequence[Subscriber]) -> Iterator[str]:
    """A table with headings; nothing where there is nobody."""
    from newsroom.jobs.readers.standing_words import STANDS

    if not people:
        return
    stands = {state: said(words) for state, words in STANDS.items()}
    headings = tuple(map(said, (say("e-mail"), say("where"), say("language"), say("name"))))
    rows = [
        headings,
        *((one.email, stands[one.state], one.lang, one.name or "") for one in people),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[-1])).rstrip()


def _row(person: Subscriber) -> dict[str, object]:
    return {
        "email": person.email,
        "name": person.name,
        "state": person.state.value,
        "lang": person.lang,
        "tags": list(person.tags),
        "since": utc(person.since),
    }
