"""`new`: begin a piece."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from newsroom.cli.desk import at_desk, now_option
from newsroom.cli.language import said
from newsroom.model import Kind
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk, issue_plan

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
    issue = issue_plan.named_by(desk, title) if kind == "issue" else None
    path = new(desk.settings.root, _KINDS[kind], title, desk.clock(), desk.site, when, issue)
    file = path.relative_to(desk.settings.root)
    click.echo(file)
    for other in alike:
        click.echo(
            said(say("{file} is there too, with a title like this one", file=other)), err=True
        )
    for told in _what_is_left(desk, kind, file, when):
        click.echo(said(told), err=True)


def _what_is_left(desk: Desk, kind: str, file: Path, start: "When | None") -> Iterator[Saying]:
    """What only the person can know of a new piece: what was guessed, and what lacks."""
    if kind == "document":
        yield say("put what readers download beside it: {file}", file=file.with_suffix(".pdf"))
    if kind == "event" and start is None:
        from newsroom.content.starter import guessed_start, written_start

        guess = written_start(guessed_start(desk.site, desk.clock()))
        yield say("its start is only a guess, {start}: write the real one in the file", start=guess)
    if kind == "issue" and (remark := issue_plan.unplanned(desk, file.stem, PurePosixPath(file))):
        yield remark.sentence


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
