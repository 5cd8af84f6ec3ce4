"""A file to its entry: parsed, checked and rendered, all that one text alone can tell."""

import logging
import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from newsroom.content.folder.entry import (
    Entry,
    Front,
    Sheet,
    Unread,
    Way,
    broken_entry,
    digest_of,
    entry_of,
    folded,
    sketch_entry,
    text_digest,
)
from newsroom.content.folder.files import as_meant, as_text, read_content
from newsroom.content.folder.names import on_disk
from newsroom.content.front.front_matter import Field, FrontMatter
from newsroom.content.front.notes import Notes
from newsroom.content.kinds.piece import parse_piece
from newsroom.content.kinds.sheet import slug_of_file
from newsroom.content.links.text_links import links_of
from newsroom.content.lint.lint import keeps_out, lint, markdown_of, passages
from newsroom.model import Piece, Problem, Severity, Site
from newsroom.model.filing import card_of
from newsroom.model.saying import say

log = logging.getLogger(__name__)


def read_entry(root: Path, site: Site, stamp: bytes, unread: Unread) -> Entry | None:
    """The entry of a file; None when it is gone. `stamp` is a digest of the site.

    What nobody foresaw concerns one text only: it is told of that file, and the others are read.
    A text that is too much to read is the editor's to mend, any other such failure is ours.
    """
    source = PurePosixPath(unread.source)
    notes = Notes(source)
    content = read_content(on_disk(root, source), notes)
    if content is None:
        return broken_entry(unread, slug_of_file(source), notes.problems) if notes.broken else None
    digest = text_digest(content, unread.source, stamp)
    text = as_text(content, notes)
    text = as_meant(content) if text is None else text  # the rest is to be checked all the same
    if text is None:
        return broken_entry(unread, slug_of_file(source), notes.problems, digest)
    try:
        return _read(text, site, unread, digest, notes.problems)
    except (RecursionError, MemoryError) as error:
        return lost_entry(unread, type(error).__name__)
    except Exception as error:
        log.exception(say("newsroom failed on {file}", file=unread.source))
        return _failed_entry(unread, f"{type(error).__name__}: {error}")


def lost_entry(unread: Unread, why: str) -> Entry:
    """The entry of a text that could not be read to its end."""
    source = PurePosixPath(unread.source)
    message = say("the text cannot be read: {why}", why=why)
    fix = say("divide it, or take away what is nested or repeated a great many times")
    problem = Problem(source, None, Severity.ERROR, "too-much", message, fix)
    return broken_entry(unread, slug_of_file(source), [problem])


def _failed_entry(unread: Unread, why: str) -> Entry:
    """The entry of a text that we cannot read, though nothing need be wrong with it."""
    source = PurePosixPath(unread.source)
    message = say("newsroom failed on this file: {why}", why=why)
    fix = say("tell its makers; the file stays as it is")
    problem = Problem(source, None, Severity.ERROR, "newsroom-failed", message, fix)
    return broken_entry(unread, slug_of_file(source), [problem])


def _read(
    text: str, site: Site, unread: Unread, digest: bytes, faults: tuple[Problem, ...]
) -> Entry:
    """The entry of a text; with `faults` of its file, however right it is, it is no piece."""
    from newsroom.render.text.links import leads
    from newsroom.render.text.markdown import render_markdown

    source = PurePosixPath(unread.source)
    parsed = parse_piece(unread.kind, text, source, site)
    piece, front = parsed.sketch, parsed.front
    if objections := tuple(_objections(piece, front)):
        problems = (*faults, *parsed.problems, *objections)
        return broken_entry(unread, slug_of_file(source), problems, digest)
    texts = passages(piece, front)
    findings = lint(piece, front, texts, site.checks)
    problems = (*faults, *parsed.problems, *findings)
    links = links_of(piece, texts, site.url)
    if parsed.piece is None or faults:
        card = card_of(piece, site, digest, links)
        lines = lines_of(front.fields)
        return sketch_entry(unread, slug_of_file(source), problems, card, lines)
    rendered = {written: render_markdown(written) for written, _ in markdown_of(piece, front)}
    anchors = sorted({name for rendering in rendered.values() for name in rendering.anchors})
    card = card_of(piece, site, digest, links, leads(source, rendered.values()))
    kept = {
        digest_of(written.encode()): pickle.dumps(rendering, 5)
        for written, rendering in rendered.items()
    }
    return entry_of(
        Front(
            source=unread.source,
            state=unread.state,
            digest=digest,
            texts=tuple(kept),
            card=card._replace(anchors=tuple(anchors), kept_out=keeps_out(findings)),
            missing=None,
            problems=folded(problems),
        ),
        Sheet(digest, pickle.dumps(piece, 5), lines_of(front.fields), kept),
    )


def _objections(piece: Piece, front: FrontMatter) -> Iterator[Problem]:
    """Texts that no page could be made of in reasonable time; their piece is kept out."""
    from newsroom.render.text.markdown import objection

    for text, line in markdown_of(piece, front):
        if why := objection(text):
            yield Problem(piece.source, line, Severity.ERROR, "too-much", why.message, why.fix)


def lines_of(fields: Mapping[str, Field]) -> dict[Way, int]:
    """The line of every field, those inside others too."""
    return dict(_lines(Field(1, fields), ()))


def _lines(field: Field, way: Way) -> Iterator[tuple[Way, int]]:
    match field.value:
        case Mapping() as inner:
            steps: Iterator[tuple[str | int, Field]] = iter(inner.items())
        case tuple() as items:
            steps = enumerate(items)
        case _:
            return
    for step, value in steps:
        yield (*way, step), value.line
        yield from _lines(value, (*way, step))
