"""`subscribers add`, `show`, `export`, `leave` and `forget`: one person."""

from typing import Any

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.asking import ask
from newsroom.cli.desk import at_desk, at_glance, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.subscribers.kept import kept_lines
from newsroom.errors import AddressError, SettingsError, StateError
from newsroom.model import SubscriberState
from newsroom.model.saying import say
from newsroom.wiring import Desk


@click.command("add")
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
    from newsroom.jobs.readers.add_subscriber import add_subscriber
    from newsroom.readers.subscribers import NewSubscriber, clean_name

    address, state = _address(email), SubscriberState.ACTIVE
    person = NewSubscriber(address, state, _language(desk, lang), clean_name(name), tags)
    add_subscriber(desk.database, desk.keys, person, consent, desk.clock())
    click.echo(said(say("{email} is on the list", email=person.email)))


@click.command("show")
@click.argument("email")
@json_option
@at_glance
def show(desk: Desk, email: str, as_json: bool) -> None:  # noqa: FBT001
    """What is kept about one person."""
    kept = _kept(desk, email)
    if as_json:
        print_json(kept)
        return
    for line in kept_lines(kept, desk.site.timezone):
        click.echo(said(line))


@click.command("export")
@click.argument("email")
@at_desk
def export(desk: Desk, email: str) -> None:
    """Print everything that is kept about one person, as JSON."""
    print_json(_kept(desk, email))


@click.command("leave")
@click.argument("email")
@click.option("--said", "how", default="", help="How they said so, for the log of consents.")
@now_option
@at_desk
def leave(desk: Desk, email: str, how: str) -> None:
    """End the subscription of somebody who wrote or called; they may sign up again."""
    from newsroom.jobs.readers.leave import leave_at_desk

    address = _address(email)
    leave_at_desk(desk.database, address, how.strip(), desk.clock())
    click.echo(said(say("{email} gets no more newsletters", email=address)))


@click.command("forget")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@now_option
@at_desk
def forget(desk: Desk, email: str, yes: bool) -> None:  # noqa: FBT001
    """Erase a person everywhere; only a keyed hash stays, so that no old list brings them back."""
    from newsroom.jobs.readers import forget as job

    address = _address(email)
    if not yes:
        ask(
            say(
                "This erases all about {email} for good, and only their own sign-up brings them "
                "back; to end the newsletter alone: {command}. Erase?",
                email=address,
                command=f"newsroom subscribers leave {address}",
            )
        )
    if not job.forget(desk.database, desk.keys, email, desk.clock(), desk.mail_folders):
        raise StateError(
            say("nothing is kept about that address; from now on no list brings it in")
        )
    click.echo(said(say("forgotten")))


def _address(written: str) -> str:
    """The address that the list knows, also as mail programs copy it: `Name <address>`.

    Raises AddressError, which shows whoever typed it what.
    """
    from email.utils import parseaddr

    from newsroom.readers.addresses import canonical

    inside = parseaddr(written)[1] if written.rstrip().endswith(">") else ""
    try:
        return canonical(inside or written)
    except AddressError as error:
        raise AddressError(say("{name}: {why}", name=written, why=error.sentence)) from error


def _language(desk: Desk, lang: str | None) -> str:
    """The language somebody reads. Raises SettingsError for one that no issue is written in."""
    from newsroom.jobs.readers.read_language import language_meant, languages_of

    own = desk.site.language
    meant = own if lang is None else language_meant(lang, own)
    if meant is not None:
        return meant
    raise SettingsError(
        say(
            "--lang {lang}: no issue is written in that language; write one of {languages}",
            lang=lang,
            languages=", ".join(languages_of(own)),
        )
    )


def _kept(desk: Desk, email: str) -> dict[str, Any]:
    from newsroom.database import reading
    from newsroom.readers.privacy import export_person

    with reading(desk.database) as connection:
        return export_person(connection, desk.keys, _address(email))
