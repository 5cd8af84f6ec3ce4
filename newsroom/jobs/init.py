"""Begin a newsroom: a folder with the sample in it, to be made one's own."""

import shutil
from pathlib import Path

from newsroom.errors import StateError

_IGNORED = "public/\nvar/\n.env\n"
_PACKAGE = Path(__file__).parent.parent


def starter() -> Path:
    """The folder that holds the sample: inside a wheel, else the top of the repository."""
    packaged = _PACKAGE / "packaged"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def begin(folder: Path) -> Path:
    """Copy the sample newsroom to `folder` and give that folder back.

    The templates stay in the package, so that an upgrade reaches them; the empty `templates/` is
    where a newsroom puts the few it replaces. Raises StateError when a newsroom is there already.
    """
    if (folder / "posts").exists():
        raise StateError(f"{folder}: there is a posts/ already; choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(starter() / "posts", folder / "posts")
    shutil.copy(starter() / "schedule.yaml", folder / "schedule.yaml")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return folder
