"""The cabinet of the folder: pieces, lines and renderings, each taken out when somebody asks."""

import marshal
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from newsroom.content.folder.catalogue import Catalogue
from newsroom.content.folder.entry import Lines, Unread, digest_of, line_of
from newsroom.content.folder.files import UNKNOWN
from newsroom.content.folder.seal import are_whole, sealed
from newsroom.content.folder.stamp import as_read, site_stamp
from newsroom.errors import StateError
from newsroom.model import Card, Kind, Piece, Post, Sender, Site
from newsroom.render.markdown import Rendered, render_markdown

_SITE = "the site that texts are read for"
# Stands in for a site.yaml that never was without faults.
_STAND_IN = Site(
    name="",
    url="https://example.se",
    first_url="https://example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("", ""),
)


@dataclass(frozen=True, slots=True)
class Cabinet:
    """What is kept of one folder's texts. What is missing in the catalogue is read anew."""

    root: Path
    site: Site  # what in it decides how a text is read
    stamp: bytes  # a digest of that
    catalogue: Catalogue

    def piece(self, card: Card) -> Piece:
        """The piece of a card.

        Raises StateError when it is not in the catalogue and its text has changed meanwhile.
        """
        kept = self.catalogue.piece(card.source, card.digest)
        if kept is None or not are_whole([kept]):
            kept = self._anew(card)[0]
        return cast("Piece", pickle.loads(kept))  # noqa: S301 (whole, so ours)

    def post(self, card: Card) -> Post:
        """The post of a card. Raises what `piece` raises."""
        return cast("Post", self.piece(card))

    def line(self, card: Card, field: Iterable[str | int]) -> int | None:
        """The line of a field of a piece, or of the nearest one around it that is written."""
        kept = self.catalogue.lines(card.source, card.digest)
        if kept is None or not are_whole([kept]):
            kept = self._anew(card)[1]
        return line_of(cast("Lines", marshal.loads(kept)), field)  # noqa: S302 (whole, so ours)

    def rendered(self, text: str) -> Rendered:
        """The rendering of a Markdown text of the folder, or of any other.

        Raises ContentError when `objection` has something against the text.
        """
        kept = self.catalogue.rendering(digest_of(text.encode()))
        if kept is not None and are_whole([kept]):
            return cast("Rendered", pickle.loads(kept))  # noqa: S301 (whole, so ours)
        return render_markdown(text)

    def _anew(self, card: Card) -> tuple[bytes, bytes]:
        """A piece that is not as it was kept, and its lines; they are kept anew next time.

        Another process, or the disk, may have taken it out of the catalogue.
        """
        from newsroom.content.folder.sheet import read_entry

        self.catalogue.forget([card.source])
        unread = Unread(card.source, Kind(card.kind), UNKNOWN)
        entry = read_entry(self.root, self.site, self.stamp, unread)
        if entry and entry.digest == card.digest and entry.piece and entry.lines:
            return entry.piece, entry.lines
        raise StateError(
            f"{card.source}: the file was changed while the folder was read; run it again"
        )


def open_cabinet(root: Path, site: Site | None, catalogue: Catalogue) -> Cabinet:
    """The cabinet of a folder. Texts that were read for another site are out of the catalogue.

    While site.yaml has faults, texts are read as for the last site that had none: the faults of
    the pieces are told beside its own, and nothing has to be read again once it is mended.
    """
    kept = catalogue.about(_SITE)
    last: Site = pickle.loads(kept) if kept and are_whole([kept]) else _STAND_IN  # noqa: S301
    read_by = as_read(site or last)
    if read_by != last or kept is None:
        catalogue.forget_all()
        catalogue.keep_about(_SITE, sealed(pickle.dumps(read_by, 5)))
    return Cabinet(root, read_by, site_stamp(read_by), catalogue)
