"""Problems as people read them at the terminal."""

import sys

import click

from newsroom.cli.gathering import as_told
from newsroom.cli.language import said
from newsroom.model import Problem, Severity
from newsroom.model.saying import Saying, say


def print_problems(problems: tuple[Problem, ...]) -> None:
    """Each problem on a line of stderr, as `path:line: message; what to write`.

    Errors come first, then warnings, then notes. A person at a terminal sees a blank line between
    files, and the severities in colour.
    """
    shown = sys.stderr.isatty()
    problems = as_told(problems)
    for before, problem in zip((None, *problems), problems, strict=False):
        if shown and before and before.source != problem.source:
            click.echo(err=True)
        click.echo(f"{problem.place}: {in_words(problem)}{_mark(problem.severity)}", err=True)


def in_words(problem: Problem) -> str:
    """What is wrong and what to write instead, in the language of the desk."""
    return f"{said(problem.message)}; {said(problem.fix)}"


def _mark(severity: Severity) -> str:
    """What stands behind a problem that is no error."""
    if severity is Severity.ERROR:
        return ""
    word = said(say("warning") if severity is Severity.WARNING else say("note"))
    return click.style(f" [{word}]", fg="yellow" if severity is Severity.WARNING else "cyan")


def severities(problems: tuple[Problem, ...]) -> str:
    """How many problems there are of each severity: `1 error, 2 warnings, 0 notes`."""
    told = as_told(problems)
    errors, warnings, notes = (
        sum(problem.severity is severity for problem in told) for severity in Severity
    )
    words = (
        counted(errors, say("1 error"), say("{number} errors", number=errors)),
        counted(warnings, say("1 warning"), say("{number} warnings", number=warnings)),
        counted(notes, say("1 note"), say("{number} notes", number=notes)),
    )
    return ", ".join(said(word) for word in words)


def counted(number: int, one: Saying, more: Saying) -> Saying:
    """A number of things: `1 post`, `2 posts`."""
    return one if number == 1 else more
