"""Results as JSON, for the programs that ask."""

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime

import click

from newsroom.cli.language import said
from newsroom.model import Problem


def print_json(value: object) -> None:
    """A result as JSON on stdout: times in UTC with a Z, everything else as it is."""
    click.echo(json_text(value))


def json_text(value: object) -> str:
    """The same as a text."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=2)


def spoken(value: object) -> object:
    """The same with each saying in the language of the desk."""
    match value:
        case str():
            return said(value)
        case dict():
            return {name: spoken(inner) for name, inner in value.items()}
        case list():
            return [spoken(inner) for inner in value]
    return value


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return utc(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def utc(moment: datetime) -> str:
    """A time as the machines read it: 2026-06-02T07:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem with the keys that others may rely on."""
    return {
        "path": str(problem.source),
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": said(problem.message),
        "fix": said(problem.fix),
    }
