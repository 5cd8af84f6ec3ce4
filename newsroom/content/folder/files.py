"""What lies in the content folder: found without following a link out of it, read with care."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISLNK, S_ISREG
from struct import Struct
from unicodedata import is_normalized

from newsroom.content.front.notes import Notes, quoted
from newsroom.content.old_encodings import recoded
from newsroom.model import file_time
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.model.unicode_form import composed

_LARGEST_TEXT = 1_000_000  # bytes: a novel; anything longer is not a text somebody wrote here
_FACTS = Struct("=qqqQ")  # size, when its bytes and its name or rights changed, inode
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")

State = bytes  # of a file: while it is the same, so are the file's bytes
UNKNOWN = _FACTS.pack(0, 0, 0, 0)  # the state that no file is ever in


def find_files(root: Path) -> tuple[dict[str, State], Notes]:
    """The files below `posts/` by their path from the root, with their states; and what is refused.

    Their names are composed, however they are on the disk: `on_disk` tells where such a file is.
    Hidden files are passed over, and so is what vanishes meanwhile: somebody may be writing. A
    symbolic link that leads out of the folder is refused: it could put any file of the machine on
    the web. Of two files whose names differ in their form alone, the composed one is meant.
    """
    refused = Notes(PurePosixPath("posts"))
    inside = (root / "posts").resolve()
    found: dict[str, State] = {}
    folders = ["posts"]
    while folders:
        folder = folders.pop()
        with _entries(root / folder, refused) as entries:
            folders += _look_through(entries, folder, inside, found, refused)
    return _composed(found), refused


def _composed(found: dict[str, State]) -> dict[str, State]:
    for name in sorted(name for name in found if not is_normalized("NFC", name)):
        found.setdefault(composed(name), found.pop(name))
    return found


def _look_through(
    entries: Iterable["os.DirEntry[str]"],
    folder: str,
    inside: Path,
    found: dict[str, State],
    refused: Notes,
) -> list[str]:
    """Add the files of one folder to those found; gives the folders in it."""
    folders = []
    for entry in entries:  # ten thousand pass here each time
        name = entry.name
        if name[0] == ".":
            continue
        if (not name.isprintable() or "\\" in name) and _is_unfit(name, folder, refused):
            continue
        source = f"{folder}/{name}"
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            _note_unreadable(refused, name, error)
            continue
        if S_ISLNK(facts.st_mode):
            facts = _behind(Path(entry.path), source, inside, refused) or facts
        if S_ISREG(facts.st_mode):
            found[source] = _state(facts)
        elif S_ISDIR(facts.st_mode):
            folders.append(source)
    return folders


def is_settled(state: State, moment: int) -> bool:
    """Whether a file in this state at `moment` (nanoseconds) can change only into another state."""
    _, written, changed, _ = _FACTS.unpack(state)
    return file_time.is_settled(max(written, changed), moment)


def _state(facts: os.stat_result) -> State:
    return _FACTS.pack(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


@contextmanager
def _entries(folder: Path, refused: Notes) -> Iterator[Iterable["os.DirEntry[str]"]]:
    """What a folder holds; nothing when it is gone, or cannot be looked into, which is noted."""
    try:
        entries = os.scandir(folder)
    except OSError as error:
        _note_unreadable(refused, folder.name, error)
        yield ()
    else:
        with entries:
            yield entries


def _is_unfit(name: str, folder: str, refused: Notes) -> bool:
    """Whether a name cannot be printed, or linked to, as it is, which is noted."""
    unfit = _UNFIT.search(name) is not None
    if unfit:
        message = say("the name {name} holds signs that no address can", name=ascii(name))
        fix = say("name the file, or folder, in {folder} with letters and digits", folder=folder)
        refused.error(None, "bad-name", message, fix)
    return unfit


def _behind(link: Path, name: str, inside: Path, refused: Notes) -> os.stat_result | None:
    """The file that a link leads to inside the folder; a folder could lead round in circles."""
    try:
        target = link.resolve(strict=True)
        facts = target.stat()
        if S_ISREG(facts.st_mode) and target.is_relative_to(inside):
            return facts
    except (OSError, RuntimeError):  # nowhere, or round in circles
        pass
    message = say("{name} is a symbolic link out of the folder, or to a folder", name=name)
    refused.error(None, "outside-posts", message, say("put the file itself here"))
    return None


def read_text(path: Path, notes: Notes) -> str | None:
    """The text of a file; None when it is gone, or cannot be read as UTF-8, which is noted."""
    content = read_content(path, notes)
    return None if content is None else as_text(content, notes)


def read_content(path: Path, notes: Notes) -> bytes | None:
    """The bytes of a file, as many as a text may have and one more; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_TEXT + 1)
    except OSError as error:
        _note_unreadable(notes, path.name, error)
        return None


def as_text(content: bytes, notes: Notes) -> str | None:
    """The text that these bytes are; None, and a note of why, when they are none."""
    if len(content) > _LARGEST_TEXT:
        message = say("the file has more than {limit} bytes", limit=_LARGEST_TEXT)
        fix = say("divide the text, or attach it as a document")
        notes.error(None, "too-large", message, fix)
        return None
    try:
        return composed(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = say("save the file again as UTF-8")
        if found := recoded(content):
            message = say(
                "the file is saved as {encoding} ({word}), and not as UTF-8",
                encoding=found.encoding,
                word=quoted(found.word),
            )
            fix = say("run newsroom check --fix, or save the file again with the encoding UTF-8")
        else:
            byte = f"0x{content[error.start]:02X}"
            message = say("the text is not UTF-8 (byte {byte})", byte=byte)
        notes.error(line, "not-utf-8", message, fix)
        return None


def as_meant(content: bytes) -> str | None:
    """The text that these bytes most likely are in an older encoding; None when nobody knows."""
    found = recoded(content) if len(content) <= _LARGEST_TEXT else None
    return found.text if found else None


def _note_unreadable(notes: Notes, name: str, error: OSError) -> None:
    if isinstance(error, FileNotFoundError):  # it is gone: somebody is writing here
        return
    message = say("{name} cannot be read ({reason})", name=name, reason=why(error))
    notes.error(None, "unreadable", message, say("look at its rights"))
