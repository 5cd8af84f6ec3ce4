"""Pages that were published and are no longer where readers, links and search engines look.

What was published is known on this machine only: what is said of it is advice, and never changes
what is built.
"""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from newsroom.content.folder.names import on_disk
from newsroom.model import Card, Kind, Newsroom, Standing
from newsroom.model.address import parted
from newsroom.model.filing import all_cards
from newsroom.output.published import Published, holds, recall

_KEPT = attrgetter("id", "address", "title", "kind", "source")
_MISSED = timedelta(days=30)  # as long as backups should reach back
_LATELY = timedelta(days=7)
_PERSON = Kind.CONTACT.value


@dataclass(frozen=True, slots=True)
class Moved:
    """A piece whose page was published elsewhere, where nothing is now."""

    card: Card
    before: Published

    @property
    def alias(self) -> str | None:
        """The earlier slug that leads on from there; None when no slug can."""
        home, slug = parted(self.before.address)
        return slug if home == parted(self.card.address)[0] else None


@dataclass(frozen=True, slots=True)
class Lost:
    """What is not where it was, what is new, and what is to be remembered from now on."""

    moved: tuple[Moved, ...] = ()
    gone: tuple[Published, ...] = ()  # with their files, since the last build
    missed: tuple[Published, ...] = ()  # with their files, for some time
    new: tuple[Published, ...] = ()  # what readers have not had before
    changed: tuple[Published, ...] = ()  # what they had with another text, or other fields
    held: tuple[Published, ...] = ()  # whose files are there and have faults
    had: int = 0  # texts that readers had before
    memory: tuple[Published, ...] | None = None  # None: it is right as it is

    def gone_lately(self, now: datetime) -> tuple[Published, ...]:
        """Those whose files went within a week: somebody may not know of it yet."""
        week = (p for p in self.missed if now - datetime.fromisoformat(p.gone) < _LATELY)
        return (*self.gone, *week)


class _Folder(NamedTuple):
    """What the folder holds now."""

    cards: dict[str, Card]  # by id
    unusable: frozenset[str]  # ids of those whose files have faults
    root: Path

    def read(self) -> frozenset[str]:
        """The files that could be read without a fault."""
        return frozenset(
            card.source for id_, card in self.cards.items() if id_ not in self.unusable
        )


def lost_addresses(
    newsroom: Newsroom,
    memory: Path,
    now: datetime,
    root: Path,
    unusable: Collection[Card] = (),
) -> Lost:
    """What was published, as `memory` has it, and is not where it was.

    An address that another piece has by now, as its own or as an alias, is not lost. A piece stays
    as it was known while its old address is lost, or while it is a draft, waits, is `unusable` or
    cannot be read at all.
    One whose file is gone is told of for a month, in which it may be brought back, and then
    forgotten: what is erased is to be remembered nowhere.
    One that readers should have, by all that can be read of its file, is `held`.
    """
    cards, moment = all_cards(newsroom), now.timestamp()
    here = _published(cards, moment)
    if holds(memory, here):
        return Lost()
    before, same = recall(memory), frozenset(here)
    digests = {known.id: known.digest for known in before if not known.gone}
    new = tuple(piece for piece in here if piece.id not in digests)
    changed = tuple(piece for piece in here if digests.get(piece.id, "") not in {"", piece.digest})
    missing = [known for known in before if known not in same]
    if not missing:
        return Lost(new=new, changed=changed, memory=here)
    folder = _Folder(
        {card.id: card for card in (*unusable, *cards)},
        frozenset(card.id for card in unusable).difference(card.id for card in cards),
        root,
    )
    lost = _sorted_out(missing, here, folder, now)
    return replace(lost, new=new, changed=changed, had=len(digests))


def _published(cards: Iterable[Card], now: float) -> tuple[Published, ...]:
    """Each piece that has a page of its own; what was withdrawn still has one, people have not."""
    shown = (card for card in cards if card.has_page(now) and card.kind != _PERSON)
    return tuple(Published._make((*_KEPT(card), card.digest.hex(), "")) for card in shown)


def _sorted_out(
    missing: Iterable[Published],
    here: Iterable[Published],
    folder: _Folder,
    now: datetime,
) -> Lost:
    moment = now.timestamp()
    memory = {piece.id: piece for piece in here}
    taken = {piece.address for piece in memory.values()}
    taken.update(alias for id_ in memory for alias in folder.cards[id_].aliases)
    read = folder.read()
    moved, gone, held = list[Moved](), list[Published](), list[Published]()
    missed = list[Published]()
    for known in missing:
        card = folder.cards.get(known.id)
        if known.address in taken or (card and _has_expired(card, moment)):
            continue
        if card is None and not _is_unread(known, read, folder.root):
            if missing_since := _missing_since(known, now):
                (missed if known.gone else gone).append(known)
                memory[known.id] = known._replace(gone=missing_since)
            continue
        latest = known._replace(source=card.source if card else known.source, gone="")
        if card and card.id in memory:
            moved.append(Moved(card, known))
        elif card is None or (card.id in folder.unusable and _is_for_readers(card, moment)):
            held.append(latest)
        memory[known.id] = latest
    return Lost(
        tuple(moved),
        tuple(gone),
        tuple(missed),
        held=tuple(held),
        memory=tuple(memory.values()),
    )


def _missing_since(known: Published, now: datetime) -> str | None:
    """Since when a file is missed; None once that is long ago."""
    since = datetime.fromisoformat(known.gone) if known.gone else now
    return since.isoformat() if now - since < _MISSED else None


def _has_expired(card: Card, now: float) -> bool:
    """Whether its time is over; an end before its beginning is a slip, and no end."""
    return card.standing(now) is Standing.EXPIRED and card.since <= card.until


def _is_for_readers(card: Card, now: float) -> bool:
    """Whether the file of a piece with a fault says that readers should have it now."""
    return card.has_come(now) and not card.withdrawn


def _is_unread(known: Published, read: Container[str], root: Path) -> bool:
    """Whether the file is there and cannot be read now."""
    return known.source not in read and on_disk(root, known.source).is_file()
