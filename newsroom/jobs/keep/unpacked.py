"""A backup unpacked beside the newsroom, and put in its place: a step that can be cut anywhere.

What is unpacked lies in `.restoring`, on the disk of the texts that it takes the places of, since
`var` may be on another. A plan is written when all of it does. From then on the database decides:
once it is the backup's (it has the plan's token), the files follow, however often the machine stops
over it; until then everything is as it was, and what was unpacked is thrown away.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from newsroom import whole_file
from newsroom.errors import StateError
from newsroom.jobs.keep.archive import Readable, look_through
from newsroom.jobs.keep.contents import (
    DATABASE,
    KEYS,
    SECRETS,
    TOPS,
    UNPACKED,
    NewsroomFile,
    chunks,
    files,
    is_ours,
    leads_within,
)
from newsroom.jobs.keep.manifest import BackupManifest
from newsroom.jobs.keep.move import move, remove
from newsroom.jobs.keep.restored_secrets import SecretSource, take_over
from newsroom.model.saying import say
from newsroom.settings.secret import LinkSecret, read_secrets

_PLAN = "plan.json"
_OLD = "old"  # what made way, until it is moved aside
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What is to be put where."""

    token: str
    aside: str  # where what stands in the way is put, below `var`
    tops: tuple[str, ...]  # of the folders and files that editors write, those that are replaced
    secrets: SecretSource = SecretSource.SETTINGS


@dataclass(frozen=True, slots=True)
class UnpackedBackup:
    """The folder that a backup is unpacked into."""

    root: Path

    @property
    def folder(self) -> Path:
        """What is unpacked."""
        return self.root / UNPACKED

    def unpack(self, backup: Path) -> BackupManifest:
        """Unpack a backup, comparing every byte. Raises StateError for one that is damaged.

        Nothing of it lands outside the folder, whatever names it holds.
        """
        self.clear()
        self.folder.mkdir(parents=True, mode=0o700)
        manifest = look_through(backup, self._put)
        for name, target in manifest.links.items():
            link = NewsroomFile(name, self.folder / name, target)
            if not is_ours(name) or not leads_within(link):
                raise _strange(backup, name)
            link.path.parent.mkdir(parents=True, exist_ok=True)
            link.path.symlink_to(target)
        return manifest

    def sheet(self, table: str) -> Path:
        """The lines of one table."""
        return self.folder / DATABASE / f"{table}.jsonl"

    def secrets(self) -> tuple[LinkSecret, ...]:
        """The secrets that the backup's links hang on, newest first, and what is known of them."""
        return read_secrets((self.folder / SECRETS).read_text(encoding="utf-8"))

    def changed(self, manifest: BackupManifest) -> tuple[str, ...]:
        """Of what editors write, those folders and files that the backup has otherwise."""
        return tuple(top for top in TOPS if _there(self.root, top) != _meant(manifest, top))

    def require_movable(self, tops: Iterable[str]) -> None:
        """Pass when all of these can make way. Raises StateError for a disk of its own."""
        for current in (self.root / top for top in tops):
            if _is_there(current) and current.lstat().st_dev != self.root.stat().st_dev:
                raise StateError(
                    say(
                        "{folder} is a disk of its own, which a restore cannot put aside; nothing "
                        "was changed. Restore into an empty folder, and move the texts from there",
                        folder=current,
                    )
                )

    def decide(self, plan: RestorePlan) -> None:
        """Write the plan: from now on the unpacked files are whole, and the database decides."""
        os.sync()
        whole_file.write(self.folder / _PLAN, json.dumps(asdict(plan)).encode())

    def plan(self) -> RestorePlan | None:
        """The plan of a restoring that has not been finished; None when there is none."""
        try:
            said = json.loads((self.folder / _PLAN).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        source = SecretSource(said.get("secrets", SecretSource.SETTINGS))
        return RestorePlan(said["token"], said["aside"], tuple(said["tops"]), source)

    def put_in_place(self, plan: RestorePlan) -> None:
        """Put every unpacked file where it belongs. Done again, it goes on where it was cut."""
        if plan.secrets is not SecretSource.SETTINGS:
            take_over(self.root, plan.secrets, self.secrets())
        for top in plan.tops:
            self._replace(top)
        for new in sorted(self.folder.glob(f"{KEYS}/*")):
            target = self.root / KEYS / new.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not target.exists():  # a key that is in use stays
                move(new, target)
        for new in sorted(self.folder.glob("var/builds/*")):
            target = self.root / "var/builds" / new.name
            target.parent.mkdir(parents=True, exist_ok=True)
            move(new, target)
        aside = self.root / "var" / plan.aside
        for old in sorted(self.folder.glob(f"{_OLD}/*")):
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _is_there(aside / old.name):  # whole, so this is the rest of what was copied
                remove(old)
            else:
                move(old, aside / old.name)
        self.clear()

    def clear(self) -> None:
        """Throw away what was unpacked: the plan first, so that nobody follows half of it."""
        (self.folder / _PLAN).unlink(missing_ok=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _put(self, name: str, content: Readable) -> None:
        if not (name == SECRETS or _is_sheet(name) or is_ours(name)):
            raise _strange(self.folder, name)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _mode(name))
        with os.fdopen(descriptor, "wb") as file:
            while chunk := content.read(_CHUNK):
                file.write(chunk)

    def _replace(self, top: str) -> None:
        """Have what is there make way, and put the new one in its place, where there is one."""
        new, current, old = self.folder / top, self.root / top, self.folder / _OLD / top
        was_replaced = _is_there(old) and not new.exists()
        if not was_replaced and _is_there(current):
            old.parent.mkdir(exist_ok=True, mode=0o700)
            current.rename(old)
        if new.exists():
            new.rename(current)


def _is_there(path: Path) -> bool:
    """Whether there is a file, a folder, or a link, wherever that leads."""
    return path.exists() or path.is_symlink()


def _is_sheet(name: str) -> bool:
    path = PurePosixPath(name)
    return f"{path.parent}/" == DATABASE and path.suffix == ".jsonl"


def _mode(name: str) -> int:
    """Texts are as readable as any new file; secrets are their owner's."""
    return 0o666 if PurePosixPath(name).parts[0] in TOPS else 0o600


def _there(root: Path, top: str) -> dict[str, str]:
    """What a folder or a file of the newsroom holds: hashes of files, and where links lead."""
    found = (each for each in files(root) if _is_below(each.name, top))
    return {each.name: _said(each) for each in found}


def _said(found: NewsroomFile) -> str:
    """What a file is known by; what is shut to us is like nothing that a backup holds."""
    if found.link is not None:
        return f"-> {found.link}"
    try:
        return "shut" if found.is_shut else _digest(found.path)
    except PermissionError:
        return "shut"


def _meant(manifest: BackupManifest, top: str) -> dict[str, str]:
    """The same of the backup."""
    members = {name: one.sha256 for name, one in manifest.members.items()}
    links = {name: f"-> {target}" for name, target in manifest.links.items()}
    both: Mapping[str, str] = {**members, **links}
    return {name: said for name, said in both.items() if _is_below(name, top)}


def _is_below(name: str, top: str) -> bool:
    return name == top or name.startswith(f"{top}/")


def _digest(path: Path) -> str:
    digest = sha256()
    for chunk in chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _strange(place: Path, name: str) -> StateError:
    return StateError(
        say(
            "{place}: {name} has no place in a newsroom, so nothing of this backup is used",
            place=place,
            name=name,
        )
    )
