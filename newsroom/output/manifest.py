"""What the last build made: by this a file is known to be ours, and to be as we left it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the site, as it was left."""

    inputs: str  # digest of what it was made from; "" when it is not known to be made
    size: int = -1
    modified: int = -1  # nanoseconds

    def is_untouched(self, path: Path) -> bool:
        """Whether the file is there as we left it: cheap to ask, and enough to see an edit."""
        try:
            found = path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.modified)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of the last build, by their path below the site's root."""

    version: str = ""  # of the program and the templates that made them
    files: Mapping[str, Made] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """The manifest kept at `path`; an empty one when there is none that can be read."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            files = {name: Made(*facts) for name, facts in kept["files"].items()}
            return cls(kept["version"], files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, path: Path) -> None:
        """Keep the manifest at `path`, in one step."""
        files = {name: [made.inputs, made.size, made.modified] for name, made in self.files.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps({"version": self.version, "files": files}), encoding="utf-8")
        draft.replace(path)


def made(path: Path, inputs: str) -> Made:
    """What to remember of a file that was just made."""
    found = path.stat()
    return Made(inputs, found.st_size, found.st_mtime_ns)
