"""Opens what the catalogue keeps of the folder: pieces, lines, renderings, when asked for."""

import marshal
import pickle
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from newsroom.content.folder.catalogue import Catalogue
from newsroom.content.folder.entry import Sheet, Unread, Way, digest_of, is_text, line_of
from newsroom.content.folder.files import UNKNOWN
from newsroom.content.folder.stamp import as_read, site_stamp
from newsroom.errors import StateError
from newsroom.model import Card, Kind, Piece, Sender, Site
from newsroom.model.saying import say
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.rendered import Rendered

_SITE = "site that texts are read for"
# Stands in for a site.yaml that never was without faults.
_STAND_IN = Site(
    name="",
    url="https://example.se",
    first_url="https://example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("", ""),
)


@dataclass(frozen=True)
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
        return cast("Piece", pickle.loads(self._sheet(card).piece))  # noqa: S301 (whole, so ours)

    def line(self, card: Card, field: Way) -> int | None:
        """The line of a field of a piece, or of the nearest one around it that is written.

        Raises what `piece` raises.
        """
        return line_of(self._sheet(card).lines, field)

    def rendered(self, text: str) -> Rendered:
        """The rendering of a Markdown text of the folder, or of any other.

        Raises ContentError when `objection` has something against the text.
        """
        digest = digest_of(text.encode())
        sheet = self.catalogue.sheet(self._holders.get(digest, ""))
        kept = sheet and Sheet._make(sheet).renderings.get(digest)
        if kept:
            return cast("Rendered", pickle.loads(kept))  # noqa: S301 (whole, so ours)
        return render_markdown(text)

    def put_away(self) -> None:
        """Let go of what only a reading asks for; pieces, lines and renderings are still there.

        Processes that print pages would each have a copy of it in memory.
        """
        _ = self._holders
        self.catalogue.rows.clear()

    @cached_property
    def _holders(self) -> dict[bytes, str]:
        """The file that each Markdown text stands in."""
        fronts = (row for source, row in self.catalogue.rows.items() if is_text(source))
        return {text: row[0] for row in fronts for text in row[3]}

    def _sheet(self, card: Card) -> Sheet:
        """The sheet of a piece. One that is not as it was kept is kept anew next time.

        Another process, or the disk, may have taken it out of the catalogue.
        """
        kept = self.catalogue.sheet(card.source)
        if kept and kept[0] == card.digest:
            return Sheet._make(kept)
        from newsroom.content.folder.sheet import read_entry

        self.catalogue.forget([card.source])
        unread = Unread(card.source, Kind(card.kind), UNKNOWN)
        entry = read_entry(self.root, self.site, self.stamp, unread)
        if entry and entry.sheet:
            sheet = Sheet._make(marshal.loads(entry.sheet))  # noqa: S302 (made just now)
            if sheet.digest == card.digest:
                return sheet
        raise StateError(
            say(
                "{source}: the file was changed while the folder was read; run it again",
                source=card.source,
            )
        )


def open_cabinet(root: Path, site: Site | None, catalogue: Catalogue) -> Cabinet:
    """The cabinet of a folder. Texts that were read for another site are out of the catalogue.

    While site.yaml has faults, texts are read as for the last site that had none: the faults of
    the pieces are told beside its own, and nothing has to be read again once it is mended.
    """
    kept = catalogue.rows.get(_SITE)
    last: Site = pickle.loads(kept[1]) if kept else _STAND_IN  # noqa: S301 (whole, so ours)
    read_by = as_read(site or last)
    if read_by != last or kept is None:
        catalogue.forget([source for source in catalogue.rows if is_text(source)])
        catalogue.keep({_SITE: (marshal.dumps((_SITE, pickle.dumps(read_by, 5))), b"")})
    return Cabinet(root, read_by, site_stamp(read_by), catalogue)
