"""The links inside a piece's texts that lead to other parts of the same site."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from newsroom.content.links.meaning import beside, local_path
from newsroom.content.lint.lint import Passage
from newsroom.model import Piece
from newsroom.model.unicode_form import composed

Link = tuple[int, str, str | None]  # line, as written, meaning


def links_of(piece: Piece, passages: Iterable[Passage], site_url: str) -> Iterator[Link]:
    """Each link that stays on the site, as a card holds it.

    What it means is a file of the folder, by its path from the root; an address on the site, which
    begins with a slash; or None when its path leads out of posts/. A fragment alone means the file
    that it stands in.
    """
    for passage in passages:
        for link in passage.markup.addresses:
            written = link.address or ""
            on_site = _on_site(written, site_url)
            if on_site is not None:
                yield passage.line(link.at), written, on_site
            elif (path := local_path(written)) is not None:
                meant = beside(piece.source, path)
                yield passage.line(link.at), written, str(meant) if meant else None
            elif len(written) > 1 and written.startswith("#"):
                yield passage.line(link.at), written, str(piece.source)


def _on_site(written: str, site_url: str) -> str | None:
    """The path of an address on the site, from its root; None when it is elsewhere."""
    if written.startswith("/") and not written.startswith("//"):
        whole = written
    else:
        host, own = re.sub(r"^https?:", "", written), re.sub(r"^https?:", "", site_url)
        whole = host.removeprefix(own) if host != written and host.startswith(own) else ""
        whole = "/" if host == own else whole
    if not whole.startswith("/"):
        return None
    try:
        return composed(unquote(urlsplit(f"//x{whole}").path))
    except ValueError:
        return None
