"""`new`, `check` and `explain`: the writer's three."""

from pathlib import Path, PurePosixPath

import click

from newsroom.cli.desk import (
    at_desk,
    counted,
    has_errors,
    json_option,
    now_option,
    print_json,
    print_problems,
    problem_json,
)
from newsroom.errors import SettingsError
from newsroom.model import Kind, Problem, Severity
from newsroom.wiring import Desk

_KINDS = {
    "news": Kind.NEWS,
    "event": Kind.EVENT,
    "contact": Kind.CONTACT,
    "member": Kind.MEMBER,
    "page": Kind.PAGE,
    "issue": Kind.ISSUE,
}


@click.command("new")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("title")
@now_option
@at_desk
def new_command(desk: Desk, kind: str, title: str) -> None:
    """Begin a new piece: a file with an id and the fields to fill in."""
    from newsroom.jobs.new import new

    path = new(desk.settings.root, _KINDS[kind], title, desk.clock(), desk.site)
    click.echo(path.relative_to(desk.settings.root))


@click.command("check")
@click.option("--fix", is_flag=True, help="Write the ids that are missing.")
@json_option
@at_desk
def check_command(desk: Desk, fix: bool, as_json: bool) -> None:  # noqa: FBT001
    """Say everything that should be mended, with file, line and what to write instead."""
    if fix:
        from newsroom.jobs.fix_ids import fix_ids

        for source in fix_ids(desk.settings.root):
            click.echo(f"{source}: id written", err=True)
    problems = (*desk.read().problems, *desk.schedule_problems())
    if as_json:
        print_json([problem_json(problem) for problem in problems])
    else:
        print_problems(problems)
        click.echo(", ".join(_counted(problems, severity) for severity in Severity))
    if has_errors(problems):
        raise SystemExit(1)


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@now_option
@json_option
@at_desk
def explain_command(desk: Desk, file: Path, as_json: bool) -> None:  # noqa: FBT001
    """Say whether a file is public, since or from when, why, and where it appears."""
    from newsroom.jobs.explain import explain

    explanation = explain(_source(desk, file), desk.read(), desk.clock())
    if as_json:
        print_json(explanation)
        return
    click.echo(f"{explanation.path}: {'public' if explanation.public else 'not public'}")
    click.echo(f"  {explanation.reason}")
    for url in explanation.urls:
        click.echo(f"  {url}")


def _counted(problems: tuple[Problem, ...], severity: Severity) -> str:
    """How many there are of one severity: `2 warnings`."""
    return counted(sum(problem.severity is severity for problem in problems), severity.value)


def _source(desk: Desk, file: Path) -> PurePosixPath:
    """The file as the newsroom names it, whether given from here or from the root."""
    root = desk.settings.root
    for whole in (file.absolute(), root / file):
        if whole.exists() and whole.is_relative_to(root):
            return PurePosixPath(whole.relative_to(root).as_posix())
    raise SettingsError(f"{file}: there is no such file in {root}; give one below posts/")
