"""Begin a newsroom: a folder with the sample in it, or with settings to be filled in."""

import shutil
from pathlib import Path

from newsroom.errors import StateError
from newsroom.model import Kind
from newsroom.model.saying import say
from newsroom.program import PACKAGE

LANGUAGES = ("sv", "en")  # those that an empty newsroom's settings are written in
_EMPTY = Path(__file__).parent / "empty"
_IGNORED = "public/\nvar/\n.env\n.restoring/\n"


def starter() -> Path:
    """The folder that holds the sample: inside a wheel, else the top of the repository."""
    packaged = PACKAGE / "packaged"
    return packaged if packaged.is_dir() else PACKAGE.parent


def settings_language(language: str) -> str:
    """The language of ours that comes nearest to a language (BCP 47): its own, else English."""
    own = language.partition("-")[0]
    return own if own in LANGUAGES else "en"


def begin(folder: Path, *, empty_in: str | None = None) -> Path:
    """Copy the sample newsroom to `folder` and give that folder back.

    `empty_in` is one of LANGUAGES: then nothing but settings, in that language, is there. The
    templates stay in the package, so that an upgrade reaches them; the empty `templates/` is
    where a newsroom puts the few it replaces. Raises StateError when a newsroom is there already.
    """
    if (folder / "posts").exists():
        raise StateError(
            say("{folder}: there is a posts/ already; choose another folder", folder=folder)
        )
    source = _EMPTY / empty_in if empty_in else starter()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source / "posts", folder / "posts")
    shutil.copy(source / "schedule.yaml", folder / "schedule.yaml")
    for kind in Kind:
        (folder / "posts" / kind.value).mkdir(exist_ok=True)
    (folder / "templates").mkdir(exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return folder
