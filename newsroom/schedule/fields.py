"""`schedule.yaml` as fields that know their line, and the problems found in them."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

from newsroom.model import Problem, Severity
from newsroom.model.saying import say

# The C composer recurses without a limit: a file of 30 000 "[" kills the whole process.
_DEEPEST = 20

_SHAPE = say("each job as name: {{every: 5 minutes}}, on a line of its own")


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


class Findings:
    """The problems of one file, collected so that all are told at once."""

    def __init__(self, source: PurePosixPath) -> None:
        self._source = source
        self._problems: list[Problem] = []

    def add(
        self, line: int, code: str, message: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Keep one problem; the fix is what to write instead."""
        fix = say("write {words}", words=fix)
        self._problems.append(Problem(self._source, line, severity, code, message, fix))

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def in_order(self) -> tuple[Problem, ...]:
        """All of them, from the top of the file to its end."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def read_sheet(text: str, findings: Findings) -> Field | None:
    """The whole file as one field without a name; None when it is empty, or no YAML (reported)."""
    try:
        _refuse_depth(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        # An unclosed brace is missed only after the last line.
        line = min(line, text.rstrip().count("\n")) + 1
        findings.add(line, "not-yaml", say("this is not YAML: {why}", why=error.problem), _SHAPE)
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        findings.add(line, "not-yaml", say("this is not YAML: {why}", why=error.reason), _SHAPE)
        return None
    return None if node is None else Field("", 1, node)


def parts(
    whole: Field, known: Collection[str] | None, example: str, findings: Findings
) -> dict[str, Field] | None:
    """The fields inside a field, by name; None if it is no mapping, which is reported.

    Unknown and repeated names are reported and left out; every name is known if `known` is None.
    """
    if not isinstance(whole.node, yaml.MappingNode):
        message = say(
            '{field} "{written}" does not hold names with values',
            field=whole.name or say("the file"),
            written=whole.text,
        )
        fix = f"{whole.name}: {example}".removeprefix(": ")
        findings.add(whole.line, "not-a-mapping", message, fix)
        return None
    found: dict[str, Field] = {}
    for key_node, value in whole.node.value:
        key = _text(key_node)
        part = Field(f"{whole.name}.{key}".lstrip("."), key_node.start_mark.line + 1, value)
        if key in found:
            message = say('"{field}" is written twice', field=part.name)
            findings.add(part.line, "repeated-key", message, say("it once"))
        elif known is not None and key not in known:
            fix = nearest(key, known) or say("one of {names}", names=", ".join(known))
            message = say('"{field}" is not known here', field=part.name)
            findings.add(part.line, "unknown-key", message, fix)
        else:
            found[key] = part
    return found


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like this one, if any is like it at all."""
    return next(iter(difflib.get_close_matches(word.casefold(), known, n=1)), None)


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    return "{…}" if isinstance(node, yaml.MappingNode) else "[…]"


def _refuse_depth(text: str) -> None:
    """Raise MarkedYAMLError where lists and mappings go too deep; this parser does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            problem = say("more than {count} levels inside each other", count=_DEEPEST)
            mark: Any = event.start_mark  # the C parser's own kind of mark
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
