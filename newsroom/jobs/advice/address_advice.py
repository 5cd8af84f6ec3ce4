"""What is said of pages that are no longer where they were published, and what to write instead."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from newsroom.content.folder.names import on_disk
from newsroom.content.rules.breach import SITE
from newsroom.jobs.advice.lost_addresses import Lost, Moved
from newsroom.model import Kind, Problem, Severity
from newsroom.model.address import parted, section_word, slug_at
from newsroom.model.saying import Saying, say
from newsroom.output.published import Published

CODE = "address-lost"
_SECTIONS = {  # as `paths` in site.yaml names them
    Kind.NEWS: "news",
    Kind.EVENT: "events",
    Kind.MEMBER: "members",
    Kind.PUBLICATION: "publications",
    Kind.ISSUE: "issues",
}


def problems_of(lost: Lost, root: Path) -> Iterator[Problem]:
    """A warning for each page; one for all of a kind when it is the site that moved them."""
    words = Counter[tuple[Kind, str, str]]()
    for moved in lost.moved:
        kind = Kind(moved.card.kind)
        old, new = section_word(moved.before.address), section_word(moved.card.address)
        if kind == moved.before.kind and kind in _SECTIONS and old != new:
            words[kind, old, new] += 1
        else:
            yield _of_moved(moved, root)
    for (kind, old, new), number in words.items():
        yield _of_word(kind, old, new, number)
    yield from map(_of_gone, (*lost.gone, *lost.missed))


def _of_moved(moved: Moved, root: Path) -> Problem:
    source = PurePosixPath(moved.card.source)
    message = say(
        "its address was {address} when it was published, and nothing is there now",
        address=moved.before.address,
    )
    return Problem(source, _line(source, root), Severity.WARNING, CODE, message, _fix(moved))


def _fix(moved: Moved) -> Saying:
    if moved.before.kind != moved.card.kind:
        return say("put the file back in {folder}", folder=f"posts/{moved.before.kind}/")
    if moved.alias is None:  # posts stand below their year
        home, _ = parted(moved.before.address)
        year = slug_at(home)
        return say("write a date in {year} again, and the day of the change in updated", year=year)
    aliases = map(slug_at, moved.card.aliases)
    return say(
        "write aliases: [{slugs}], or run newsroom check --fix",
        slugs=", ".join([*aliases, moved.alias]),
    )


def _line(source: PurePosixPath, root: Path) -> int | None:
    """Where the address of a piece is written, or would be."""
    from newsroom.content.front.front_matter import (  # most builds have nothing to tell
        NOTHING,
        split,
    )
    from newsroom.content.front.notes import Notes

    front = split(on_disk(root, source).read_text(encoding="utf-8"), Notes(source)) or NOTHING
    return front.line("slug") or front.line("aliases") or front.line("title")


def _of_word(kind: Kind, old: str, new: str, number: int) -> Problem:
    message = say(
        "{number} pages that were published below {old} are below {new} now",
        number=number,
        old=f"{old}/",
        new=f"{new}/",
    )
    fix = say("write paths: {{{section}: {word}}}", section=_SECTIONS[kind], word=old)
    return Problem(SITE, None, Severity.WARNING, CODE, message, fix)


def _of_gone(known: Published) -> Problem:
    message = say(
        '"{title}" was published at {address} and its file is gone, so nothing is there now',
        title=known.title,
        address=known.address,
    )
    return Problem(
        PurePosixPath(known.source), None, Severity.WARNING, CODE, message, _way_back(known)
    )


def _way_back(known: Published) -> Saying:
    if known.kind == Kind.EVENT:
        return say(
            "if that was not meant, bring the file back, and if the event is called off write "
            "status: cancelled in it"
        )
    return say(
        "if that was not meant, bring the file back; to say that it was withdrawn: "
        "newsroom withdraw {file}",
        file=known.source,
    )
