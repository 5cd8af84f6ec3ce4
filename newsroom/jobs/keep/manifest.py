"""What a backup says of itself, in its last member: what is in it, and the hash of each file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of a backup."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """A backup in short."""

    version: str  # of the program that made it
    taken: datetime  # aware, UTC
    database: str  # sqlite or postgresql
    migration: str
    rows: Mapping[str, int]  # of each table, those that are referred to first
    members: Mapping[str, ArchivedFile]  # by name
    links: Mapping[str, str]  # symbolic links within the newsroom, and where they lead
    left_out: tuple[str, ...]  # files that could not be taken along
    format: int = FORMAT

    @property
    def texts(self) -> int:
        """How many texts of the newsroom are in it."""
        return sum(name.startswith("posts/") and name.endswith(".md") for name in self.members)


def written(manifest: BackupManifest) -> bytes:
    """A manifest as JSON."""
    said: dict[str, Any] = {
        "format": manifest.format,
        "version": manifest.version,
        "taken": manifest.taken.astimezone(UTC).isoformat(),
        "database": manifest.database,
        "migration": manifest.migration,
        "rows": dict(manifest.rows),
        "members": {name: [one.size, one.sha256] for name, one in manifest.members.items()},
        "links": dict(manifest.links),
        "left_out": list(manifest.left_out),
    }
    return json.dumps(said, indent=1).encode() + b"\n"


def read(raw: bytes) -> BackupManifest:
    """A manifest from JSON. Raises ValueError, KeyError or TypeError for what is none."""
    said = json.loads(raw)
    return BackupManifest(
        format=int(said["format"]),
        version=str(said["version"]),
        taken=datetime.fromisoformat(said["taken"]),
        database=str(said["database"]),
        migration=str(said["migration"]),
        rows={str(name): int(number) for name, number in said["rows"].items()},
        members={
            str(name): ArchivedFile(int(size), str(digest))
            for name, (size, digest) in said["members"].items()
        },
        links={str(name): str(target) for name, target in said["links"].items()},
        left_out=tuple(map(str, said["left_out"])),
    )
