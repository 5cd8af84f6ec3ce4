"""Mend what needs no judgement, so that nothing else in the file changes by a byte."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from newsroom.content.folder import Reading
from newsroom.content.folder.names import on_disk
from newsroom.content.folder.save import replace
from newsroom.content.kinds.previously import with_entries
from newsroom.content.links.aliases import with_alias
from newsroom.content.old_encodings import recoded
from newsroom.content.rules.breach import SITE
from newsroom.content.site_yaml.first_url import with_first_url
from newsroom.content.write import quoted_where_needed, set_fields
from newsroom.errors import ContentError
from newsroom.jobs.advice.lost_addresses import Moved
from newsroom.jobs.advice.unsaid_changes import UnsaidChange
from newsroom.model import Newsroom, Problem, Site
from newsroom.model.saying import Saying, say

_UNQUOTED, _NO_ID, _NOT_UTF_8 = "bad-yaml", "missing-id", "not-utf-8"


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was changed, and what was done to it; or why it was left as it is."""

    path: PurePosixPath
    what: Saying


Compare = Callable[[Newsroom], tuple[UnsaidChange, ...]]
Recall = Callable[[Site], str | None]
Miss = Callable[[Newsroom], tuple[Moved, ...]]


def mend(
    root: Path,
    read: Callable[[], Reading],
    unsaid: Compare = lambda _newsroom: (),
    moved: Miss = lambda _newsroom: (),
    first_address: Recall = lambda _site: None,
) -> tuple[Mended, ...]:
    """Mend the folder, file by file; what cannot be mended for certain is left as it was.

    Encodings and quotation marks come first: with them a file can be read, and then its id is
    written too. `first_address` gives what ids were made from, where site.yaml has lost it;
    `unsaid` finds the changes of published events that their files do not tell of, `moved` the
    pieces that are no longer where they were published.
    """
    steps: tuple[Callable[[Reading], Iterable[Mended]], ...] = (
        lambda found: recode(root, found.problems),
        lambda found: _keep_address(root, found.newsroom, first_address),
        lambda found: _quote(root, _named(found.problems, _UNQUOTED)),
        lambda found: _write_ids(root, found),
        lambda found: _tell(root, unsaid(found.newsroom) if found.newsroom else ()),
        lambda found: _lead_on(root, moved(found.newsroom) if found.newsroom else ()),
    )
    reading, mended = read(), list[Mended]()
    for step in steps:
        done = tuple(step(reading))
        reading = read() if done else reading
        mended += done
    return tuple(mended)


def recode(root: Path, problems: Iterable[Problem]) -> Iterator[Mended]:
    """Save as UTF-8 what older programs saved otherwise, where it is certain what it was."""
    for source in _named(problems, _NOT_UTF_8):
        if meant := recoded(on_disk(root, source).read_bytes()):
            replace(on_disk(root, source), meant.text)
            yield Mended(source, say("saved as UTF-8"))


def _keep_address(root: Path, newsroom: Newsroom | None, before: Recall) -> Iterator[Mended]:
    """Write the address that ids were made from into site.yaml, before any id is written down."""
    address = before(newsroom.site) if newsroom else None
    if address is None:
        return
    written = (root / SITE).read_bytes().decode()
    mended = with_first_url(written, address)
    if mended != written:
        replace(root / SITE, mended)
        yield Mended(SITE, say("the first address is written"))


def _quote(root: Path, sources: Iterable[PurePosixPath]) -> Iterator[Mended]:
    """Write the quotation marks that YAML misses: around a colon, or at the end of a text."""
    for source in sources:
        written = on_disk(root, source).read_bytes().decode()
        mended = quoted_where_needed(written)
        if mended != written:
            replace(on_disk(root, source), mended)
            yield Mended(source, say("quotation marks written"))


def _write_ids(root: Path, reading: Reading) -> Iterator[Mended]:
    """Write the id that each piece without one has had so far, before a new name changes it."""
    missing = set(_named(reading.problems, _NO_ID))
    pieces = reading.newsroom.pieces() if reading.newsroom and missing else ()
    for source, id_ in sorted((p.source, p.id) for p in pieces if p.source in missing):
        change = partial(set_fields, values={"id": id_}, source=source)
        yield _rewrite(root, source, change, say("id written"))


def _tell(root: Path, changes: Iterable[UnsaidChange]) -> Iterator[Mended]:
    """Write what was announced of events before they were changed."""
    for change in changes:
        event, more = change.event, change.entries
        tell = partial(with_entries, there=event.previously, more=more, source=event.source)
        yield _rewrite(root, event.source, tell, say("what was announced before is written"))


def _lead_on(root: Path, moves: Iterable[Moved]) -> Iterator[Mended]:
    """Write the earlier slugs that there are, so that old addresses lead to the new ones."""
    for moved in moves:
        if moved.alias is None:
            continue
        source = PurePosixPath(moved.card.source)
        lead = partial(with_alias, slug=moved.alias, source=source)
        yield _rewrite(root, source, lead, say("the earlier address is written"))


def _rewrite(
    root: Path, source: PurePosixPath, change: Callable[[str], str], what: Saying
) -> Mended:
    """Change the fields of a file, unless they stand so that they cannot be changed for certain."""
    path = on_disk(root, source)
    try:
        replace(path, change(path.read_bytes().decode()))
    except ContentError:
        return Mended(source, say("left as it is; write each field on a line of its own"))
    return Mended(source, what)


def _named(problems: Iterable[Problem], code: str) -> tuple[PurePosixPath, ...]:
    """The files that have a problem of this code, each once."""
    return tuple(dict.fromkeys(p.source for p in problems if p.code == code))
