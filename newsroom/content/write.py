"""The text of a piece: written anew, or changed in one field with everything else left as it is."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from uuid import uuid4

from newsroom.content.front.front_matter import Field, split, yaml_fault
from newsroom.content.front.notes import Notes
from newsroom.errors import ContentError
from newsroom.model.saying import say

Value = str | Sequence[str] | Mapping[str, str]

# What needs no quotation marks in YAML, here or in any other program's reading.
_PLAIN = re.compile(
    r"[^\W\d_][\w ./,()+’–-]*(?::[\w/][\w./:+-]*)*(?<! )|[0-9]{4}-[0-9T:+-]+|[0-9]{1,9}"
)
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*\r?")
_MOST_QUOTED = 30  # lines of one file: YAML tells of one at a time
_WORDS_OF_YAML = frozenset(
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
)


def new_id() -> str:
    """An id that nothing else has (RFC 9562, version 4)."""
    return uuid4().urn


def piece_text(fields: Mapping[str, Value], body: str) -> str:
    """A file with these fields, in this order, and this body."""
    lines = [f"{name}: {as_yaml(value)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", body.strip("\n"), ""])


def as_yaml(value: Value) -> str:
    """A value as YAML on one line; in quotation marks unless it is plain in every reading."""
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name}: {_inside(text)}" for name, text in value.items())
        return f"{{{inside}}}"
    return f"[{', '.join(map(_inside, value))}]"


def set_fields(text: str, values: Mapping[str, Value | None], source: PurePosixPath) -> str:
    """The text of `source` with these fields set, or taken away where the value is None.

    Every other line stays as it is, comments and line ends too; a new field comes last. Raises
    ContentError when the text has no front matter that can be read, or none that has lines for
    its fields.
    """
    for name, value in values.items():
        text = set_lines(text, name, [] if value is None else [f"{name}: {as_yaml(value)}"], source)
    return text


def field_lines(text: str, name: str, source: PurePosixPath) -> list[str]:
    """The lines that a field of `source` stands on; none when it is not written."""
    lines, start, end = _stands(text, name, source)
    return [line.removesuffix("\r") for line in lines[start:end]]


def set_lines(text: str, name: str, lines: Sequence[str], source: PurePosixPath) -> str:
    """The text of `source` with these lines in place of a field's; a new field comes last.

    Raises ContentError as `set_fields` does.
    """
    written, start, end = _stands(text, name, source)
    written[start:end] = _ended(lines, written)
    return _read_back("\n".join(written), text, {name: bool(lines)}, source)


def add_lines(text: str, name: str, lines: Sequence[str], source: PurePosixPath) -> str:
    """The text of `source` with these lines behind a field's own."""
    written, _, end = _stands(text, name, source)
    written[end:end] = _ended(lines, written)
    return _read_back("\n".join(written), text, {}, source)


def quoted_where_needed(text: str) -> str:
    """The text with the quotation marks that YAML misses: around a colon, or at a text's end.

    It is unchanged when the front matter cannot be made readable by them alone.
    """
    mended = text
    for _ in range(_MOST_QUOTED):
        if split(mended, Notes(PurePosixPath())) is not None:
            return mended
        fault = yaml_fault(mended)
        if fault is None or fault.quoted is None:
            return text
        lines = mended.split("\n")
        ending = "\r" if lines[fault.line].endswith("\r") else ""
        lines[fault.line] = f"{fault.quoted}{ending}"
        mended = "\n".join(lines)
    return text


def _fields(text: str, source: PurePosixPath) -> Mapping[str, Field]:
    notes = Notes(source)
    front = split(text, notes)
    if front is None:
        raise ContentError(notes.problems[0].sentence)
    return front.fields


def _read_back(
    written: str, before: str, changed: Mapping[str, bool], source: PurePosixPath
) -> str:
    """A changed text, once it is certain that it has the fields it had, and what was written."""
    expected = {**dict.fromkeys(_fields(before, source), True), **changed}
    front = split(written, Notes(source))
    if front is None or set(front.fields) != {
        name for name, is_there in expected.items() if is_there
    }:
        raise ContentError(
            say(
                "{source}: its fields cannot be changed one by one; write each on a line of its "
                "own, as name: value",
                source=source,
            )
        )
    return written


def _stands(text: str, name: str, source: PurePosixPath) -> tuple[list[str], int, int]:
    """The lines of a file, and where a field begins and ends in them, or is to stand."""
    lines = text.split("\n")
    close = next((n for n, line in enumerate(lines) if n and _CLOSE.fullmatch(line)), 0)
    starts = {name: field.line - 1 for name, field in _fields(text, source).items()}
    start = starts.get(name, close)
    end = _end(lines, start, name, starts, close)
    if end is None:
        raise ContentError(
            say(
                '{source}:{line}: "{name}" does not begin a line; write each field on a line of '
                "its own",
                source=source,
                line=start + 1,
                name=name,
            )
        )
    return lines, start, end


def _ended(lines: Sequence[str], written: Sequence[str]) -> list[str]:
    """Lines with the end that those of the file have."""
    ending = "\r" if written[0].endswith("\r") else ""
    return [f"{line}{ending}" for line in lines]


def _end(
    lines: Sequence[str], start: int, name: str, starts: Mapping[str, int], close: int
) -> int | None:
    """The line after a field's last; comments and blank lines below it belong to what follows.

    None when the field does not begin its line, so that the line cannot be taken away.
    """
    if name not in starts:
        return start
    if not re.match(rf"[\"']?{re.escape(name)}[\"']?\s*:", lines[start].removeprefix("\ufeff")):
        return None
    end = min((other for other in starts.values() if other > start), default=close)
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _inside(text: str) -> str:
    """A value inside brackets, where a comma would end it."""
    return json.dumps(text, ensure_ascii=False) if "," in text else as_yaml(text)
