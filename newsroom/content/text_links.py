"""The links inside a piece's texts that mean files of the folder."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from newsroom.content.links import beside, local_path
from newsroom.content.lint import Passage, severity_of
from newsroom.content.notes import quoted, suggestion
from newsroom.model import Piece, Problem, Severity
from newsroom.model.saying import say

Link = tuple[int, str, str | None]  # line, as written, meaning
LinkedFile = tuple[int, str, PurePosixPath | None]  # line, path as written, what it means


def linked_files(piece: Piece, passages: Iterable[Passage]) -> Iterator[LinkedFile]:
    """Each file that a text links to or shows; None where the path leads out of posts/."""
    for passage in passages:
        for link in passage.markup.addresses():
            written = local_path(link.address or "")
            if written is not None:
                yield passage.line(link.at), written, beside(piece.source, written)


def broken_links(
    piece: Piece,
    linked: Iterable[LinkedFile],
    files: AbstractSet[PurePosixPath],
    severities: Mapping[str, Severity],
) -> Iterator[Problem]:
    """A problem for each link to a file that is not in the folder.

    A piece in a folder of its own may be linked to by that folder.
    """
    severity = severity_of("broken-link", severities, draft=piece.draft)
    for line, written, path in linked:
        if path is not None and (path in files or path / "index.md" in files):
            continue
        near = {_way(piece.source, file): file for file in files} if path else {}
        fix = suggestion(written, near, say("put the file there, or mend the link"))
        message = say("the link {address} leads to no file in posts/", address=quoted(written))
        yield Problem(piece.source, line, severity, "broken-link", message, fix)


def links_of(piece: Piece, passages: Iterable[Passage], site_url: str) -> Iterator[Link]:
    """Each link that stays on the site, as a card holds it.

    What it means is a file of the folder, by its path from the root; an address on the site, which
    begins with a slash; or None when its path leads out of posts/. A fragment alone means the file
    that it stands in.
    """
    for passage in passages:
        for link in passage.markup.addresses():
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
        return unquote(urlsplit(f"//x{whole}").path)
    except ValueError:
        return None


def _way(source: PurePosixPath, file: PurePosixPath) -> str:
    """How a link in `source` is written to reach `file`."""
    up = 0
    folder = source.parent
    while not file.is_relative_to(folder):
        folder, up = folder.parent, up + 1
    return "../" * up + str(file.relative_to(folder))
