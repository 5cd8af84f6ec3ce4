"""`subscribers add`, `show`, `export` and `forget`: one person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.problems import counted
from newsroom.errors import SettingsError, StateError
from newsroom.model import SubscriberState
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk

_EVENTS = {
    "requested": say("asked for the newsletter"),
    "confirmed": say("confirmed the address"),
    "declined": say("said that it was somebody else"),
    "added": say("was added"),
    "imported": say("was imported"),
    "left": say("left"),
    "returned": say("came back"),
    "suppressed": say("was stopped"),
    "changed": say("changed their name, language or topics"),
    "erased": say("was erased"),
}
_STATES = {
    "pending": say("waits"),
    "claimed": say("is being sent"),
    "deferred": say("is tried again"),
    "accepted": say("accepted"),
    "refused": say("refused"),
    "excluded": say("left out"),
    "unknown": say("unknown"),
    "cancelled": say("cancelled"),
}


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
    from newsroom.readers.addresses import canonical
    from newsroom.readers.subscribers import NewSubscriber, clean_name

    address, state = canonical(email), SubscriberState.ACTIVE
    person = NewSubscriber(address, state, _language(desk, lang), clean_name(name), tags)
    add_subscriber(desk.database, desk.keys, person, consent, desk.clock())
    click.echo(said(say("{email} is on the list", email=person.email)))


@click.command("show")
@click.argument("email")
@json_option
@at_desk
def show(desk: Desk, email: str, as_json: bool) -> None:  # noqa: FBT001
    """What is kept about one person."""
    kept = _kept(desk, email)
    if as_json:
        print_json(kept)
        return
    for line in _lines(kept):
        click.echo(said(line))


@click.command("export")
@click.argument("email")
@at_desk
def export(desk: Desk, email: str) -> None:
    """Print everything that is kept about one person, as JSON."""
    print_json(_kept(desk, email))


@click.command("forget")
@click.argument("email")
@now_option
@at_desk
def forget(desk: Desk, email: str) -> None:
    """Erase a person everywhere; only a keyed hash stays, so that no old list brings them back."""
    from newsroom.jobs.readers import forget as job

    if not job.forget(desk.database, desk.keys, email, desk.clock(), desk.mail_folders):
        raise StateError(
            say("nothing is kept about that address; from now on no list brings it in")
        )
    click.echo(said(say("forgotten")))


def _language(desk: Desk, lang: str | None) -> str:
    """The language somebody reads. Raises SettingsError for one that no issue is written in."""
    from newsroom.jobs.issue.edition import LANGUAGES

    own = desk.site.language
    written = tuple(dict.fromkeys((own, *LANGUAGES)))
    if lang is None or lang.lower() in written:
        return lang.lower() if lang else own
    raise SettingsError(
        say(
            "--lang {lang}: no issue is written in that language; write one of {languages}",
            lang=lang,
            languages=", ".join(written),
        )
    )


def _kept(desk: Desk, email: str) -> dict[str, Any]:
    from newsroom.database import reading
    from newsroom.readers.addresses import canonical
    from newsroom.readers.privacy import export_person

    with reading(desk.database) as connection:
        return export_person(connection, desk.keys, canonical(email))


def _lines(kept: Mapping[str, Any]) -> Iterator[Saying | str]:
    """What is kept, for a person at the terminal: who, what they agreed to, what was sent."""
    person = kept["subscriber"]
    if person is None:
        yield say("{email}: is not on the list", email=kept["email"])
    else:
        facts = (kept["email"], person["state"], person["lang"], person["name"])
        yield "  ".join(fact for fact in facts if fact)
        yield say("in this state since {day}", day=person["since"][:10])
        if person["tags"]:
            yield say("topics: {tags}", tags=", ".join(person["tags"]))
    for out in kept["suppressed"]:
        yield say("kept out since {day}: {reason}", day=out["at"][:10], reason=out["reason"])
    yield from _consents(kept["consent"])
    yield from _sent(kept["deliveries"])
    for came in kept["bounces"]:
        words = came["diagnostic"] or came["status"] or ""
        yield f"{came['at'][:10]}  {came['kind']}  {came['severity']}  {words}".rstrip()


def _consents(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        source = entry["source"] or ""
        event = said(_EVENTS[entry["event"]])
        yield f"{entry['at'][:10]}  {event}  ({entry['method']})  {source}".rstrip()
        if entry["wording"]:
            yield f'            "{entry["wording"]}"'


def _sent(deliveries: Sequence[Mapping[str, Any]]) -> Iterator[Saying | str]:
    number = len(deliveries)
    if number:
        yield counted(number, say("1 issue"), say("{number} issues", number=number))
    for row in deliveries:
        state = said(_STATES[row["state"]])
        yield f"{row['updated'][:10]}  {row['issue']}  {state}  {row['reason'] or ''}".rstrip()
