"""`new`: begin a piece."""

import sys
from typing import TYPE_CHECKING

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.model import Kind
from newsroom.model.saying import say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.content.front.times import When

_KINDS = {
    "news": Kind.NEWS,
    "event": Kind.EVENT,
    "contact": Kind.CONTACT,
    "member": Kind.MEMBER,
    "document": Kind.PUBLICATION,
    "page": Kind.PAGE,
    "issue": Kind.ISSUE,
}
_OTHER_WORDS = {
    "news": ("nyhet", "nyheter", "inlägg", "pressmeddelande", "post", "article"),
    "event": ("händelse", "evenemang", "kalenderpost", "aktivitet", "möte", "konferens", "events"),
    "contact": ("kontakt", "kontakter", "kontaktperson", "person", "contacts"),
    "member": ("medlem", "medlemmar", "members"),
    "document": ("dokument", "publikation", "publikationer", "rapport", "publication", "report"),
    "page": ("sida", "sidor", "pages"),
    "issue": ("brev", "nyhetsbrev", "utgåva", "nummer", "newsletter", "issues"),
}


class _Kind(click.Choice[str]):
    """The kinds of piece; whoever gives another word is told which one to write."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """What to write in place of a word that is no kind."""
        for kind, words in _OTHER_WORDS.items():
            if str(value).lower() in words:
                return said(
                    say('"{word}" is called {kind} here; write {kind}', word=value, kind=kind)
                )
        return super().get_invalid_choice_message(value, ctx)


@click.command("new")
@click.argument("kind", type=_Kind(list(_KINDS)), metavar="KIND")
@click.argument("title")
@click.option(
    "--start", metavar="WHEN", help="When an event starts, such as 2027-03-17T10:00 or 2027-03-17."
)
@now_option
@at_desk
def new_command(desk: Desk, kind: str, title: str, start: str | None) -> None:
    """Begin a new piece: a file with an id and the fields to fill in.

    KIND is news, event, contact, member, document, page or issue. TITLE stands in quotation marks:
    newsroom new news "We have opened"
    """
    from newsroom.jobs.writing.new import namesakes, new

    when = _start(kind, start)
    alike = namesakes(desk.settings.root, _KINDS[kind], title)
    path = new(desk.settings.root, _KINDS[kind], title, desk.clock(), desk.site, when)
    click.echo(path.relative_to(desk.settings.root))
    for file in alike:
        click.echo(
            said(say("{file} is there too, with a title like this one", file=file)), err=True
        )
    if kind == "document":
        beside = path.relative_to(desk.settings.root).with_suffix(".pdf")
        click.echo(said(say("put what readers download beside it: {file}", file=beside)), err=True)


def _start(kind: str, written: str | None) -> "When | None":
    """When an event starts: what was written, else what somebody at a terminal answers."""
    if kind != "event":
        if written is not None:
            raise _wrong(say("only an event has a start; write the day into the file"))
        return None
    if written is not None:
        return _parse(written)
    if not sys.stdin.isatty():
        return None
    question = said(say("When does it start? Such as 2027-03-17T10:00, or 2027-03-17 for all day"))
    return click.prompt(question, value_proc=_parse, err=True)


def _parse(written: str) -> "When":
    from newsroom.content.front.times import guess, read_when

    when = read_when(written.strip())
    if when is None:
        likely = guess(written) or "2027-03-17T10:00"
        raise _wrong(say('"{when}" is not a time; write {likely}', when=written, likely=likely))
    return when


def _wrong(what: str) -> click.BadParameter:
    return click.BadParameter(said(what), param_hint="--start")
