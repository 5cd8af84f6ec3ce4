"""A folder for the files of one run (a rehearsal, say): what the last one left is removed first."""

import shutil
from pathlib import Path

from newsroom.errors import OutsideError, StateError
from newsroom.model.refusal import why
from newsroom.model.saying import say


class Drawer:
    """A folder that holds nothing else than what is put into it; only its owner may open it.

    The file `label` says that the folder is one of these: it is there from the beginning, and is
    written over last.
    """

    def __init__(self, folder: Path, label: str) -> None:
        """Empty the folder, or make it.

        Raises StateError when it holds something and has no label, OutsideError when the disk
        refuses.
        """
        self.folder = folder
        self._label = label
        if folder.exists() and any(folder.iterdir()) and not (folder / label).is_file():
            raise StateError(
                say("{folder}: there is something else in it; name another folder", folder=folder)
            )
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise _refused(folder, error) from error
        self.put(label, b"")

    def put(self, name: str, content: bytes) -> None:
        """Write a file; a name with a slash stands in a folder inside. Raises OutsideError."""
        place = self.folder / name
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        except OSError as error:
            raise _refused(place, error) from error


def _refused(place: Path, error: OSError) -> OutsideError:
    return OutsideError(say("{place}: cannot be written: {why}", place=place, why=why(error)))
