"""Write down the ids that are only implied, so that renaming a file cannot change them."""

from pathlib import Path, PurePosixPath

from newsroom.content import folder
from newsroom.content.folder.save import replace
from newsroom.content.write import set_fields

MISSING = "missing-id"


def fix_ids(root: Path) -> tuple[PurePosixPath, ...]:
    """Write the id that each piece without one has had so far; gives back the files changed.

    A piece that cannot be read is left for its problem to be mended first.
    """
    reading = folder.read(root)
    missing = {problem.source for problem in reading.problems if problem.code == MISSING}
    pieces = reading.newsroom.pieces() if reading.newsroom else ()
    changed = sorted((piece.source, piece.id) for piece in pieces if piece.source in missing)
    for source, id_ in changed:
        path = root / source
        replace(path, set_fields(path.read_bytes().decode(), {"id": id_}, source))
    return tuple(source for source, _ in changed)
