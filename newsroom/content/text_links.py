"""The links inside a piece's texts that mean files of the folder."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from newsroom.content.links import beside, local_path
from newsroom.content.lint import Passage, severity_of
from newsroom.content.notes import quoted, suggestion
from newsroom.model import Piece, Problem, Severity
from newsroom.model.saying import say

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
    severity = severity_of("broken-link", piece, severities)
    for line, written, path in linked:
        if path is not None and (path in files or path / "index.md" in files):
            continue
        near = {_way(piece.source, file): file for file in files} if path else {}
        fix = suggestion(written, near, say("put the file there, or mend the link"))
        message = say("the link {address} leads to no file in posts/", address=quoted(written))
        yield Problem(piece.source, line, severity, "broken-link", message, fix)


def _way(source: PurePosixPath, file: PurePosixPath) -> str:
    """How a link in `source` is written to reach `file`."""
    up = 0
    folder = source.parent
    while not file.is_relative_to(folder):
        folder, up = folder.parent, up + 1
    return "../" * up + str(file.relative_to(folder))
