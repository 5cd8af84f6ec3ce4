"""Which paths can stand side by side below the site's root."""

from collections.abc import Collection, Container, Sequence

from newsroom.errors import StateError
from newsroom.model.saying import say

WAITING = ".newsroom.new"  # the folder in the site where new files wait to be put in place
_LONGEST = 255  # bytes in the name of a file or folder, on every disk that is in use


def check_paths(wanted: Collection[str], known: Container[str]) -> None:
    """Raise StateError, naming the paths, when not all of them can be made.

    What is known was looked at when it was new; clashes are looked for among all.
    """
    for path in wanted:
        if path not in known and not is_below_root(path):
            raise StateError(
                say(
                    '"{path}" is no path below the site\'s root; mend the slug it is made of',
                    path=path,
                )
            )
    names = _by_lower_case(wanted)
    for folder, inside in _folders(names).items():
        if folder in names:
            raise StateError(
                say(
                    '"{path}" would be a file, and a folder for "{inside}"; mend the slug of one '
                    "of them",
                    path=names[folder],
                    inside=inside,
                )
            )


def is_below_root(path: str) -> bool:
    """Whether the path stays below the site's root on every system, and is not our own folder's."""
    names = path.split("/")
    return (
        names[0] != WAITING
        and not {"", ".", ".."}.intersection(names)
        and not {"\\", "\0"}.intersection(path)
        and all(len(name.encode(errors="replace")) <= _LONGEST for name in names)
        and path.encode(errors="replace").decode() == path  # no bytes that are no text
    )


def in_the_way(gone: Sequence[str], wanted: Collection[str]) -> list[str]:
    """Those of the files that go which stand where a file or its folder is to be."""
    folders = _folders({path: path for path in wanted}) if gone else {}
    return [
        path
        for path in gone
        if path in folders or not _folders({path: path}).keys().isdisjoint(wanted)
    ]


def _by_lower_case(wanted: Collection[str]) -> dict[str, str]:
    """The paths as disks and servers know them that do not tell A from a."""
    names: dict[str, str] = {}
    for path in wanted:
        other = names.setdefault(path.lower(), path)
        if other != path:
            raise StateError(
                say(
                    '"{other}" and "{path}" differ only in capitals, and many disks take them for '
                    "one; mend the slug of one of them",
                    other=other,
                    path=path,
                )
            )
    return names


def _folders(names: dict[str, str]) -> dict[str, str]:
    """Each folder that the paths need, with a path that needs it."""
    folders: dict[str, str] = {}
    for name, path in names.items():
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
    return folders
