"""Bring the built site into a folder that a web server reads, all of it in one moment.

The folder is a link. What it leads to is never changed: the site is laid beside it as a release of
its own, and then the link is made to lead there, which is one step on every POSIX file system. So
the built site may lie on another disk, and whoever reads meanwhile has the old site or the new one.
Files that are as they were are shared between releases and keep their times, by which browsers
and feed readers know that nothing is new. What somebody else has put there is carried along.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.output.paths import WAITING


@dataclass(frozen=True, slots=True)
class Releases:
    """The folder that is read, and the one beside it with the releases.

    Each release has a list of what we put into it, written before anything is. One without a list
    is the real folder that stood in the place before the first switch.
    """

    place: Path

    @property
    def folder(self) -> Path:
        """Where the releases lie: on the disk of the folder that is read."""
        return self.place.with_name(f".{self.place.name}.releases")

    @property
    def current(self) -> Path | None:
        """What is read now; a folder that was no link yet is one, too.

        Where nothing can be read, it is the real folder whose switch was cut short, if there is
        one: it had left its place, and the link was not there yet.
        """
        return self.place.resolve() if self.place.is_dir() else self._moved_away()

    def numbers(self) -> list[int]:
        """The releases that lie there, begun ones too, the oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(int(path.name) for path in self.folder.iterdir() if path.name.isdigit())

    def _moved_away(self) -> Path | None:
        newest_first = (self.folder / str(number) for number in reversed(self.numbers()))
        return next((path for path in newest_first if not _list_of(path).exists()), None)


def switch_folder(public: Path, place: Path) -> bool:
    """Let a folder hold the built site and nothing of the one before; false when it does already.

    Raises OutsideError when the disk refuses, or a file stands there; all is then as it was.
    """
    require_folder(place)
    try:
        releases = Releases(_behind(place))
        current = releases.current
        if current and _is_as(public, current):
            return False
        number = max(releases.numbers(), default=0) + 1
        new = releases.folder / str(number)
        try:
            _lay(public, current, new)
            _lead(releases, new)
        except BaseException:
            if releases.current != new.resolve():
                _remove(new)
            raise
    except OSError as error:
        raise _refused(place, error) from error
    with suppress(OSError):  # the site is there; what is left over goes after the next switch
        _clear(releases, keep={number, _number_of(current, number - 1)})
    return True


def require_folder(place: Path) -> None:
    """Pass a folder that a site can be laid into. Raises OutsideError, and writes nothing."""
    if place.is_file():
        raise OutsideError(
            say("deploy: {place} is a file; name a folder in site.yaml, or move it", place=place)
        )
    try:
        beside = next(path for path in _behind(place).parents if path.exists())
        if not beside.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(beside))
        if not os.access(beside, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(beside))
    except OSError as error:
        raise _refused(place, error) from error


def _refused(place: Path, error: OSError) -> OutsideError:
    return OutsideError(
        say(
            "deploy: {place}: {why}; the site there is as it was. Give leave to write beside "
            "it, or name a folder inside it",
            place=error.filename2 or error.filename or place,
            why=why(error),
        )
    )


def _behind(place: Path) -> Path:
    """The folder itself, where somebody has put links of their own in front of it."""
    seen = set()
    while place.is_symlink() and not _is_ours(place):
        if place in seen:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place))
        seen.add(place)
        place = place.parent / place.readlink()
    return place


def _is_ours(link: Path) -> bool:
    return link.readlink().parts[:1] == (Releases(link).folder.name,)


def _is_as(public: Path, current: Path) -> bool:
    """Whether each of our files is there as it was built, and none that was ours is left over."""
    built = {path: _looks(public / path) for path in _files(public)}
    return _ours(current) == built.keys() and all(
        _looks(current / path) == looks for path, looks in built.items()
    )


def _lay(public: Path, current: Path | None, new: Path) -> None:
    """Lay a release: files that are as they were are links to them, the others are copied.

    Of a folder that was no release yet, whatever is not built again is taken for somebody else's.
    """
    names = sorted(_files(public))
    new.parent.mkdir(parents=True, exist_ok=True)
    _list_of(new).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    new.mkdir()
    for name in names:
        there = current / name if current else None
        _put(public / name, new / name, there if there and _same(there, public / name) else None)
    if current:
        ours = _ours(current) | {*names}
        for name in sorted(set(_files(current)) - ours):
            _put(current / name, new / name, current / name)


def _put(source: Path, target: Path, same: Path | None) -> None:
    """A file with its times: by another name for the one there is, where the disk can do that."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if same is not None:
        with suppress(OSError, NotImplementedError):  # another disk, or one without links
            os.link(same, target, follow_symlinks=False)
            return
    shutil.copy2(source, target, follow_symlinks=False)


def _lead(releases: Releases, new: Path) -> None:
    """Let the link lead to the new release; a real folder that stands in its place goes first."""
    link = releases.folder / f"{new.name}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(releases.folder.name, new.name), target_is_directory=True)
    if releases.place.is_dir() and not releases.place.is_symlink():
        before = releases.folder / str(int(new.name) - 1)
        _remove(before)
        releases.place.rename(before)  # only once: from now on a link stands here
        try:
            link.replace(releases.place)
        except OSError:
            before.rename(releases.place)
            raise
        return
    releases.place.parent.mkdir(parents=True, exist_ok=True)
    link.replace(releases.place)


def _number_of(current: Path | None, usual: int) -> int:
    """The number of the release that was read until now; a folder that was none has become one."""
    return int(current.name) if current and current.name.isdigit() else usual


def _clear(releases: Releases, keep: set[int]) -> None:
    """Remove older releases; the last one stays for whoever is still reading it."""
    for number in releases.numbers():
        if number not in keep:
            _remove(releases.folder / str(number))


def _remove(release: Path) -> None:
    shutil.rmtree(release, ignore_errors=True)
    _list_of(release).unlink(missing_ok=True)


def _list_of(release: Path) -> Path:
    """The names of the files that we have put into a release."""
    return release.with_name(f"{release.name}.files")


def _files(folder: Path) -> Iterator[str]:
    """The names of all files below a folder; those that a build has not finished are none."""
    for where, folders, files in os.walk(folder):
        below = Path(where).relative_to(folder)
        if WAITING in folders:
            folders.remove(WAITING)
        yield from ((below / name).as_posix() for name in files)
        yield from ((below / n).as_posix() for n in folders if Path(where, n).is_symlink())


def _ours(current: Path) -> set[str]:
    """The files that we put into a release; none where no list of them is."""
    try:
        return set(_list_of(current).read_text(encoding="utf-8").splitlines())
    except OSError:
        return set()


def _same(there: Path, built: Path) -> bool:
    return _looks(there) == _looks(built)


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat(follow_symlinks=False)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
