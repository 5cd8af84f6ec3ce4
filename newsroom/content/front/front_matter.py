"""The front matter of a file: YAML between `---` lines, each value with the line it stands on."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import yaml

from newsroom.content.front.notes import Notes, quoted
from newsroom.content.front.quotes import yaml_fix
from newsroom.content.front.yaml_faults import Fault, fault_of, half_a_field
from newsroom.model.saying import Saying, say

# The base loader leaves every value as it is written: no 10:30 read as 630, no date objects.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PARTS = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)(?:[ \t]*\n)*",
    re.DOTALL | re.MULTILINE,
)
_FENCE_LIKE = re.compile(r"[-–—_*=]{1,9}")  # word processors make a dash of three hyphens
_GAP = re.compile(r"\n[ \t]*\n")
# What YAML takes for no text (YAML 1.2.2 section 5.1), and line breaks that no editor shows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_BEHIND = re.compile(r"[ ](#.*\S)")  # with two spaces before it, it is a remark
_IN_FULL = say("write the value out in full")
_LARGEST = 64_000  # characters; the front matter of a whole conference programme has a tenth
_DEEPEST = 12  # the C library would take the process with it on very deep nesting


@dataclass(frozen=True, slots=True)
class Field:
    """One value as written: text, a list, a mapping, or None where nothing stands."""

    line: int  # counted from 1: of the key when it has one
    value: "str | tuple[Field, ...] | Mapping[str, Field] | None"
    cut_off: str = ""  # what stands behind a # after one space, and so is none of the value


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file taken apart: its fields, and its body with the line that the body begins on."""

    fields: Mapping[str, Field]
    body: str
    body_line: int

    def line(self, *path: str | int) -> int | None:
        """The line of a value: `line("attachments", 2, "file")`; of the nearest one above it."""
        field = Field(1, self.fields)
        found: int | None = None
        for step in path:
            inner = _step(field, step)
            if inner is None:
                break
            field, found = inner, inner.line
        return found


NOTHING = FrontMatter({}, "", 1)


def split(text: str, notes: Notes) -> FrontMatter | None:
    """A file's fields and body; None, and a note of why, when it has no front matter to read."""
    text = _plain(text)
    parts = _PARTS.match(text)
    if parts is None:
        _note_missing_fence(text, notes)
        return None
    fields = read_mapping(parts["yaml"], notes, first_line=2)
    if fields is None:
        return None
    body_line = text.count("\n", 0, parts.end()) + 1
    return FrontMatter(fields, text[parts.end() :].rstrip(), body_line)


def yaml_fault(text: str) -> Fault | None:
    """What YAML stumbles over in the fields of a file, with the file's line counted from 0."""
    parts = _PARTS.match(_plain(text))
    if parts is None:
        return None
    try:
        deque(yaml.parse(parts["yaml"], Loader=_LOADER), maxlen=0)
    except yaml.MarkedYAMLError as error:
        fault = fault_of(error, parts["yaml"])
        return replace(fault, line=fault.line + 1)
    return None


def remains(text: str) -> FrontMatter:
    """What can be looked at of a text whose fields cannot be read.

    It is the body, and each line above it as if it were a field of its own.
    """
    text = _plain(text)
    parts = _PARTS.match(text)
    begins = parts.end() if parts else _after_first_gap(text)
    above = text[:begins].split("\n")
    lines = {str(number): Field(number, line) for number, line in enumerate(above, 1) if line}
    return FrontMatter(lines, text[begins:].rstrip(), len(above))


def read_mapping(text: str, notes: Notes, first_line: int = 1) -> Mapping[str, Field] | None:
    """A YAML mapping with the line of each value; None, and a note, when it is not one."""
    if len(text) > _LARGEST:
        message = say("the front matter has {count} characters", count=len(text))
        fix = say("move the text below the closing ---")
        notes.error(first_line, "too-large", message, fix)
        return None
    if _refuse_control(text, notes, first_line):
        return None
    try:
        return _Tree(text, notes, first_line).read()
    except _RefusedError as refused:
        notes.error(refused.line, "bad-yaml", refused.problem, refused.fix)
    except yaml.MarkedYAMLError as error:
        fault = fault_of(error, text)
        notes.error(fault.line + first_line, "bad-yaml", fault.message, fault.fix)
    return None


class _RefusedError(Exception):
    """Something that YAML allows and newsroom does not."""

    def __init__(self, line: int, problem: Saying, fix: Saying = _IN_FULL) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
        self.fix = fix


class _Tree:
    """The values of one YAML text, read from its events.

    Anchors and aliases are refused: they can make a small text unfold into a huge one.
    """

    def __init__(self, text: str, notes: Notes, first_line: int) -> None:
        self._text = text
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._notes = notes
        self._first_line = first_line

    def read(self) -> Mapping[str, Field] | None:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                field = self._field(event, depth=1)
                self._refuse_more()
                if isinstance(field.value, Mapping):
                    return field.value
                self._note_no_fields(field.line)
                return None
        return {}

    def _refuse_more(self) -> None:
        """Read to the end, where what follows may be no YAML, or begin anew after a line ---."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                problem = say("a line --- stands among the fields")
                raise _RefusedError(self._line(event), problem, say("take it away"))

    def _note_no_fields(self, line: int) -> None:
        message, fix = say("these are not fields"), say("write each as name: value")
        if half := half_a_field(self._text):
            line, message, fix = half.line + self._first_line, half.message, half.fix
        self._notes.error(line, "not-fields", message, fix)

    def _field(self, event: yaml.Event, depth: int) -> Field:
        line = self._line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(line, say("anchors (&) and aliases (*) are not read here"))
        if getattr(event, "tag", None):
            written = self._text.split("\n")[line - self._first_line]
            message = say("a text that begins with ! has no quotation marks")
            raise _RefusedError(line, message, yaml_fix(written))
        if depth > _DEEPEST:
            raise _RefusedError(
                line, say("values stand more than {count} levels deep", count=_DEEPEST)
            )
        if isinstance(event, yaml.ScalarEvent):
            return Field(line, self._scalar(event, line), self._cut_off(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Field(line, tuple(self._field(item, depth + 1) for item in self._until_end()))
        return Field(line, self._mapping(depth))

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str | None:
        """The text as written; None for an unquoted nothing, `~` or `null`."""
        is_plain = event.implicit[0]
        if is_plain and event.value in {"", "~", "null"}:
            return None
        _refuse_control(event.value, self._notes, line)
        return str(event.value)

    def _cut_off(self, event: yaml.ScalarEvent) -> str:
        """What a text without quotation marks loses to a # that is most likely meant as a sign."""
        if not event.implicit[0] or not event.value or event.end_mark is None:
            return ""
        line = self._text.split("\n")[event.end_mark.line] if "#" in self._text else ""
        found = _BEHIND.match(line, event.end_mark.column)
        return found[1] if found else ""

    def _mapping(self, depth: int) -> Mapping[str, Field]:
        fields: dict[str, Field] = {}
        for event in self._until_end():
            key = self._field(event, depth)
            value = self._field(next(self._events), depth + 1)
            name = key.value if isinstance(key.value, str) else ""
            if name in fields:
                message = say(
                    '"{field}" is written twice, on line {line} too',
                    field=name,
                    line=fields[name].line,
                )
                self._notes.error(key.line, "duplicate-field", message, say("keep one of them"))
            fields.setdefault(name, Field(key.line, value.value, value.cut_off))
        return fields

    def _until_end(self) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _after_first_gap(text: str) -> int:
    """Where a text goes on after the first blank line, if it begins with fields at all."""
    if not text.startswith("---"):
        return 0
    gap = _GAP.search(text)
    return gap.end() if gap else len(text)


def _refuse_control(text: str, notes: Notes, first_line: int) -> bool:
    control = _CONTROL.search(text)
    if control is None:
        return False
    line = first_line + text.count("\n", 0, control.start())
    message = say("there is a control character (U+{code:04X})", code=ord(control[0]))
    notes.error(line, "control-character", message, say("write the line anew"))
    return True


def _step(field: Field, step: str | int) -> Field | None:
    if isinstance(step, int):
        items = field.value if isinstance(field.value, tuple) else ()
        return items[step] if step < len(items) else None
    return field.value.get(step) if isinstance(field.value, Mapping) else None


def _note_missing_fence(text: str, notes: Notes) -> None:
    first = text.partition("\n")[0].strip()
    if _FENCE_LIKE.fullmatch(first) and first != "---":
        message = say("the first line is {written}, and not ---", written=quoted(first))
        fix = say("write --- there, and once more below the fields")
    elif text.startswith("---"):
        message = say("the front matter does not end")
        fix = say("write --- on a line of its own after it")
    else:
        message = say("there is no front matter")
        fix = say("begin with a line ---, the fields, and --- again")
    notes.error(1, "no-front-matter", message, fix)
