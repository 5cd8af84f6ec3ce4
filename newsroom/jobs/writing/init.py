"""Begin a newsroom: a folder with the sample in it, to be made one's own."""

import shutil
from pathlib import Path

from newsroom.errors import StateError
from newsroom.jobs.advice.sample_values import UNNAMED
from newsroom.model import Kind
from newsroom.model.saying import say
from newsroom.program import PACKAGE

_IGNORED = "public/\nvar/\n.env\n.restoring/\n"
_OF_THE_SAMPLE = ("approvers:", "menu:", "accessibility:", "privacy:", "tags:")
_ONLY_THERE = ("  logo:", "  reply_to:", "  bounces:")
_PAGES_OF_THE_SAMPLE = ", om, kontakt]"  # in its menu, beside what every site has
_NAMES = ("name:", "  name:")
_LEFT_EMPTY = ("description:", "postal_address:")


def starter() -> Path:
    """The folder that holds the sample: inside a wheel, else the top of the repository."""
    packaged = PACKAGE / "packaged"
    return packaged if packaged.is_dir() else PACKAGE.parent


def begin(folder: Path, *, empty: bool = False) -> Path:
    """Copy the sample newsroom to `folder` and give that folder back; `empty`: its settings only.

    The templates stay in the package, so that an upgrade reaches them; the empty `templates/` is
    where a newsroom puts the few it replaces. Raises StateError when a newsroom is there already.
    """
    if (folder / "posts").exists():
        raise StateError(
            say("{folder}: there is a posts/ already; choose another folder", folder=folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    if empty:
        _write_empty(folder / "posts")
    else:
        shutil.copytree(starter() / "posts", folder / "posts")
    shutil.copy(starter() / "schedule.yaml", folder / "schedule.yaml")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return folder


def _write_empty(posts: Path) -> None:
    """A folder for each kind, and the sample's settings without what only the sample has."""
    for kind in Kind:
        (posts / kind.value).mkdir(parents=True)
    sample = (starter() / "posts" / "site.yaml").read_text(encoding="utf-8")
    (posts / "site.yaml").write_text(_without_the_sample(sample), encoding="utf-8")


def _without_the_sample(settings: str) -> str:
    """The settings without the sample's facts, as far as a site can be built without them.

    A line that names a piece or a fact becomes a comment, a name a place to write one's own, and
    the rest is left empty. Two addresses stay, without which there is no site: each check tells
    of them until they are one's own.
    """
    lines, inside = [], False
    for line in settings.splitlines():
        if line[:1] not in {" ", "#", ""}:
            inside = line.startswith(_OF_THE_SAMPLE)
        named = inside or line.startswith(_ONLY_THERE)
        plain = not line or line.startswith("#")
        line = line.replace(_PAGES_OF_THE_SAMPLE, "]") if named else line  # noqa: PLW2901
        lines.append(f"# {line}" if named and not plain else _unfilled(line))
    return "\n".join(lines) + "\n"


def _unfilled(line: str) -> str:
    """A line of the sample's settings without what only the sample is called."""
    field, colon, _ = line.partition(":")
    if line.startswith(_NAMES):
        return f'{field}{colon} "{UNNAMED}"'
    return field + colon if line.startswith(_LEFT_EMPTY) else line
