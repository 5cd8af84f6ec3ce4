"""Reading `schedule.yaml` into fields that know their line, and collecting its problems."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

import yaml

from newsroom.model import Problem, Severity
from newsroom.model.saying import Saying, say
from newsroom.schedule.nearness import nearest
from newsroom.schedule.other_names import OTHER_NAMES

# The C composer recurses without a limit: a file of 30 000 "[" kills the whole process.
_DEEPEST = 20
_FANCY_MARKS = "”“„’‘»«"  # which word processors put where one types " and '
_SHAPE = say("publish: {{every: 5 minutes}}")
_NO_SPACE = re.compile(r"(?P<name>[a-z_]+):(?P<value>\S.*)")


class Fault(Protocol):
    """A line of some YAML, counted from 0, and what is wrong with it."""

    @property
    def line(self) -> int:
        """Where it begins."""
        ...

    @property
    def message(self) -> Saying:
        """What it is."""
        ...

    @property
    def fix(self) -> Saying:
        """What to do about it."""
        ...


class FaultOf(Protocol):
    """What an error of the YAML parser comes from, in words for whoever wrote the file."""

    def __call__(self, error: yaml.MarkedYAMLError, text: str) -> Fault:
        """The fault that an error in this text is."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """One `name: value` of the file. The name is the whole way there: `newsletter.var.at`."""

    name: str
    line: int
    node: yaml.Node

    @property
    def text(self) -> str:
        """The value as it is written; YAML's own idea of 10:30 (630) never comes in."""
        return _text(self.node)

    @property
    def is_list(self) -> bool:
        """Whether several values stand where one is meant to."""
        return isinstance(self.node, yaml.SequenceNode)

    def as_written(self, value: str) -> str:
        """The field with another value, as it may be pasted where this one stands."""
        name = self.name.rpartition(".")[2]
        return say("{name}: {example}", name=name, example=value) if name else value


class Findings:
    """The problems of one file, collected so that all are told at once."""

    def __init__(self, source: PurePosixPath, *, swedish: bool) -> None:
        self._source = source
        self._problems: list[Problem] = []
        self.swedish = swedish  # whether a word is rather meant in Swedish

    def add(  # noqa: PLR0913 (what a problem is made of)
        self,
        line: int,
        code: str,
        message: str,
        words: str,
        severity: Severity = Severity.ERROR,
        *,
        otherwise: str | None = None,
    ) -> None:
        """Keep one problem, and the words to write instead, as they stand in a file."""
        fix = say("write {words}", words=words)
        if otherwise is not None:
            fix = say("write {words}, or {otherwise}", words=words, otherwise=otherwise)
        self.advise(line, code, message, fix, severity)

    def advise(
        self, line: int, code: str, message: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Keep one problem that is mended by doing something else than writing some words."""
        self._problems.append(Problem(self._source, line, severity, code, message, fix))

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def in_order(self) -> tuple[Problem, ...]:
        """All of them, from the top of the file to its end."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def read_sheet(text: str, fault_of: FaultOf, findings: Findings) -> Field | None:
    """The whole file as one field without a name; None when it is empty, or no YAML (reported)."""
    try:
        if not _is_shallow(text, findings):
            return None
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        fault = fault_of(error, text)
        findings.advise(fault.line + 1, "not-yaml", fault.message, fault.fix)
        return None
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position]  # the C parser counts bytes
        message = say("there is a control character (U+{code:04X})", code=error.character)
        line = before.count(b"\n") + 1
        findings.advise(line, "not-yaml", message, say("write the line anew"))
        return None
    return None if node is None else Field("", 1, node)


def parts(
    whole: Field, known: Collection[str] | None, example: str, findings: Findings
) -> dict[str, Field] | None:
    """The fields inside a field, by name; None if it is no mapping, which is reported.

    Unknown and repeated names are reported and left out; every name is known if `known` is None.
    """
    if not isinstance(whole.node, yaml.MappingNode):
        _tell_no_mapping(whole, example, findings)
        return None
    found: dict[str, Field] = {}
    for key_node, value in whole.node.value:
        key = _text(key_node)
        part = Field(f"{whole.name}.{key}".lstrip("."), key_node.start_mark.line + 1, value)
        if key in found:
            message = say(
                '"{field}" is written twice, on line {line} too',
                field=part.name,
                line=found[key].line,
            )
            findings.advise(part.line, "repeated-key", message, say("keep one of them"))
        elif known is not None and key not in known:
            fix = _known_name(key, known) or say("one of {names}", names=", ".join(known))
            message = say('"{field}" is not known here', field=part.name)
            findings.add(part.line, "unknown-key", message, fix)
        else:
            found[key] = part
    return found


def _tell_no_mapping(whole: Field, example: str, findings: Findings) -> None:
    if half := _NO_SPACE.fullmatch(whole.text):
        message = say('there is no space after the colon in "{written}"', written=whole.text)
        fix = say("{name}: {example}", name=half["name"], example=half["value"])
        findings.add(whole.line + 1, "not-a-mapping", message, fix)
        return
    message = say(
        '{field} "{written}" does not hold names with values',
        field=whole.name or say("the file"),
        written=whole.text,
    )
    findings.add(whole.line, "not-a-mapping", message, whole.as_written(example))


def _known_name(key: str, known: Collection[str]) -> str | None:
    """The name of a field that was meant by one in Swedish, or misspelt."""
    other = OTHER_NAMES.get(key.casefold())
    return other if other in known else nearest(key, known)


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip().strip(_FANCY_MARKS)
    return "{…}" if isinstance(node, yaml.MappingNode) else "[…]"


def _is_shallow(text: str, findings: Findings) -> bool:
    """Whether lists and mappings stay shallow, which is reported; this parser does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark: Any = event.start_mark  # the C parser's own kind of mark
            message = say("more than {count} levels inside each other", count=_DEEPEST)
            fix = say("write each job on a line of its own, such as {words}", words=_SHAPE)
            findings.advise(mark.line + 1, "not-yaml", message, fix)
            return False
    return True
