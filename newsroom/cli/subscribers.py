"""`subscribers`: the list of those who read the newsletter."""

from pathlib import Path

import click

from newsroom.cli.as_json import print_json, utc
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import counted
from newsroom.errors import StateError
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.wiring import Desk

_STATES = click.Choice([state.value for state in SubscriberState])


@click.group("subscribers")
def subscribers_command() -> None:
    """The list of those who read the newsletter."""


@subscribers_command.command("add")
@click.argument("email")
@click.option("--name", help="The person's name.")
@click.option("--lang", help="The language they read, when it is not the site's.")
@click.option("--tag", "tags", multiple=True, help="What they want to read about; may be repeated.")
@click.option("--consent", required=True, help="Where and how the person said yes.")
@now_option
@at_desk
def add(  # noqa: PLR0913, PLR0917 (one parameter for each option)
    desk: Desk, email: str, name: str | None, lang: str | None, tags: tuple[str, ...], consent: str
) -> None:
    """Put one person on the list who has asked for the newsletter."""
    from newsroom.jobs.add_subscriber import add_subscriber
    from newsroom.readers.addresses import canonical
    from newsroom.readers.subscribers import NewSubscriber, clean_name

    address, state = canonical(email), SubscriberState.ACTIVE
    person = NewSubscriber(address, state, lang or desk.site.language, clean_name(name), tags)
    add_subscriber(desk.database, desk.keys, person, consent, desk.clock())
    click.echo(said(say("{email} is on the list", email=person.email)))


@subscribers_command.command("list")
@click.option("--state", type=_STATES, help="Only those in this state.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a list that Excel opens.")
@json_option
@at_desk
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
        click.echo(write_list(people), nl=False)
        return
    rows = [_row(person) for person in people]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['email']:<40} {row['state']:<13} {row['lang']:<6} {row['name'] or ''}".rstrip()
        )
    number = len(rows)
    count = counted(number, say("1 subscriber"), say("{number} subscribers", number=number))
    click.echo(said(count), err=True)


@subscribers_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--consent", required=True, help="Where and how these people said yes.")
@now_option
@json_option
@at_desk
def import_file(desk: Desk, file: Path, consent: str, as_json: bool) -> None:  # noqa: FBT001
    """Bring in a list: CSV with a header row, or one address a line."""
    from newsroom.jobs.import_subscribers import ListFile, import_subscribers

    listed = ListFile(file.name, file.read_bytes(), consent, desk.site.language)
    imported = import_subscribers(desk.database, desk.keys, listed, desk.clock())
    if as_json:
        print_json(imported)
        return
    for skip in imported.skipped:
        place = said(say("row {number}", number=skip.row))
        whose = f"{skip.email}: " if skip.email else ""
        click.echo(f"{place}: {whose}{said(skip.reason)}", err=True)
    line = say(
        "{rows}: {added} added, {known} known already, {skipped} left out",
        rows=counted(imported.rows, say("1 row"), say("{number} rows", number=imported.rows)),
        added=imported.added,
        known=imported.known,
        skipped=len(imported.skipped),
    )
    click.echo(said(line))


@subscribers_command.command("export")
@click.argument("email")
@at_desk
def export(desk: Desk, email: str) -> None:
    """Print everything that is kept about one person, as JSON."""
    from newsroom.database import reading
    from newsroom.readers.addresses import canonical
    from newsroom.readers.privacy import export_person

    with reading(desk.database) as connection:
        print_json(export_person(connection, desk.keys, canonical(email)))


@subscribers_command.command("forget")
@click.argument("email")
@now_option
@at_desk
def forget(desk: Desk, email: str) -> None:
    """Erase a person everywhere; only a keyed hash stays, so that no old list brings them back."""
    from newsroom.jobs import forget as job

    outgoing = desk.settings.outgoing
    if not job.forget(desk.database, desk.keys, email, desk.clock(), outgoing):
        raise StateError(
            say("nothing is kept about that address; from now on no list brings it in")
        )
    click.echo(said(say("forgotten")))


def _row(person: Subscriber) -> dict[str, object]:
    return {
        "email": person.email,
        "name": person.name,
        "state": person.state.value,
        "lang": person.lang,
        "tags": list(person.tags),
        "since": utc(person.since),
    }
