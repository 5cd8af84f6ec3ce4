"""The path of a file as the newsroom names it, from what somebody typed."""

import os
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from newsroom.content.folder.names import on_disk
from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say
from newsroom.model.unicode_form import composed
from newsroom.wiring import Desk


def source_of(desk: Desk, file: Path) -> PurePosixPath:
    """The file as the newsroom names it, whether given from here or from the root."""
    root = desk.settings.root
    for whole in (Path(os.path.normpath(file.absolute())), root / file):
        if whole.is_relative_to(root):
            source = PurePosixPath(composed(whole.relative_to(root).as_posix()))
            if on_disk(root, source).exists():
                return source
    raise SettingsError(_not_there(file, root))


def _not_there(file: Path, root: Path) -> Saying:
    """That a file is not there, with the names that are most like it."""
    names = {path.name: path for path in sorted((root / "posts").rglob("*")) if path.is_file()}
    likely = get_close_matches(file.name, names, n=3, cutoff=0.75)
    likely = likely or [name for name in names if file.stem in name][:3]
    if not likely:
        return say(
            "{file}: there is no such file in {root}; give one below posts/", file=file, root=root
        )
    shown = ", ".join(names[name].relative_to(root).as_posix() for name in likely)
    return say("{file}: there is no such file; perhaps you mean {names}", file=file, names=shown)
