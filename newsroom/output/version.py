"""Which program and which templates: when either changes, every page is made again."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from newsroom.output.sight import below
from newsroom.program import MAKE_PAGES, release


def version(templates: Iterable[Path]) -> str:
    """A digest of the release, of all code that decides what a page says, and of every template.

    Their bytes count, not when they were written: the same program, fetched anew, is the same.
    """
    digest = sha256(repr(release()).encode())
    for folder in (*MAKE_PAGES, *templates):
        for path, facts in below(folder, through_links=True):
            name = path[len(str(folder)) :]
            if S_ISREG(facts.st_mode) and not name.endswith((".pyc", ".po")) and "/." not in name:
                with open(path, "rb") as file:  # noqa: PTH123 (each build reads them all)
                    content = file.read()
                digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
