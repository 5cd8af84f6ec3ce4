"""Give a piece another address, with the old one leading on to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from newsroom.content.folder.names import on_disk
from newsroom.content.folder.save import replace
from newsroom.content.links.aliases import with_alias
from newsroom.content.rules.slug_rules import why_not
from newsroom.content.write import field_lines, set_fields, set_lines
from newsroom.errors import StateError
from newsroom.jobs.writing.one_piece import card_at
from newsroom.model import Card, Kind, Newsroom, Site, is_slug, slugify
from newsroom.model.address import moved_to, slug_at
from newsroom.model.filing import all_cards
from newsroom.model.saying import joined, say


@dataclass(frozen=True, slots=True)
class Renamed:
    """Where a piece was, where it is, and the files in which it was named."""

    old: str  # address below the site's root
    new: str
    files: tuple[PurePosixPath, ...]  # its own first


def rename(
    root: Path, source: PurePosixPath, newsroom: Newsroom, slug: str, now: datetime
) -> Renamed:
    """Write another slug into a file, and into those that name its piece by the old one.

    What readers have seen keeps its old address as an alias. Nothing else in the files changes.
    Raises ContentError when there is no piece, or when a file's fields cannot be changed one by
    one; StateError when it cannot have that slug. Nothing is written then.
    """
    cards = all_cards(newsroom)
    card = card_at(source, newsroom)
    _check(card, slug, cards, newsroom.site)
    file = PurePosixPath(card.source)
    texts = {file: _own_text(root, card, slug, now)}
    texts |= _texts_that_name(root, card, slug, cards, texts)
    for path, text in texts.items():
        replace(on_disk(root, path), text)
    return Renamed(card.address, moved_to(card.address, slug), tuple(texts))


def _own_text(root: Path, card: Card, slug: str, now: datetime) -> str:
    """The piece's own file with its new slug, and with the one that readers have seen."""
    file = PurePosixPath(card.source)
    text = _read(root, file)
    aliases = list(map(slug_at, card.aliases))
    if slug in aliases:
        others = [alias for alias in aliases if alias != slug]
        text = set_fields(text, {"aliases": others or None}, file)
    if card.has_come(now.timestamp()):
        text = with_alias(text, card.slug, file)
    return set_fields(text, {"slug": slug}, file)


def _check(card: Card, slug: str, cards: Iterable[Card], site: Site) -> None:
    if card.kind in {Kind.CONTACT, Kind.ISSUE}:
        raise StateError(
            say(
                "{file}: a person has no page, and the ledger knows an issue by its name; "
                "neither can be renamed",
                file=card.source,
            )
        )
    if not is_slug(slug):
        likely = slugify(slug) or card.slug
        raise StateError(
            say('"{slug}" cannot stand in an address; write {likely}', slug=slug, likely=likely)
        )
    if refusal := why_not(slug, card.kind, site):
        raise StateError(joined("; ", (refusal.message, refusal.fix)))
    new = moved_to(card.address, slug)
    for other in cards:
        taken = (other.kind, other.slug) == (card.kind, slug)
        if taken or (other is not card and new in (other.address, *other.aliases)):
            raise StateError(
                say('"{slug}" is the name of {file}; choose another', slug=slug, file=other.source)
            )


def _texts_that_name(
    root: Path,
    card: Card,
    slug: str,
    cards: Iterable[Card],
    changed: Mapping[PurePosixPath, str],
) -> dict[PurePosixPath, str]:
    """The texts of those that name the piece, with the new slug where they have the old one."""
    whole = re.compile(rf"(?<![\w-]){re.escape(card.slug)}(?![\w-])")
    texts = {}
    for other in cards:
        named = [str(way[0]) for way, *name in other.names if name == [card.slug, card.kind]]
        if not named:
            continue
        file = PurePosixPath(other.source)
        text = changed.get(file) or _read(root, file)
        for field in dict.fromkeys(named):
            first, *more = field_lines(text, field, file)
            name, _, value = first.partition(":")
            lines = [f"{name}:{whole.sub(slug, value)}", *(whole.sub(slug, line) for line in more)]
            text = set_lines(text, field, lines, file)
        texts[file] = text
    return texts


def _read(root: Path, file: PurePosixPath) -> str:
    return on_disk(root, file).read_bytes().decode()
