"""The guides say what there is, and what they say is so."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import click
import pytest
import yaml

from newsroom.cli.commands import newsroom
from newsroom.content.front.yaml_faults import fault_of
from newsroom.content.site_yaml.site import parse_site
from newsroom.schedule import parse_schedule
from tests.processes import REPOSITORY

PAGES = (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
GUIDES = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
_READERS = (
    *("site", "sending", "brand", "accessibility", "privacy", "review", "announce", "deploy"),
)
SITE_READERS = [REPOSITORY / f"newsroom/content/site_yaml/{name}.py" for name in _READERS]
ZONE = ZoneInfo("Europe/Stockholm")


def commands(
    group: click.Group = newsroom, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that lead to it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def site_keys() -> set[str]:
    """Each name that the readers of site.yaml ask for: `fields.text("name")`."""
    keys = set()
    for path in SITE_READERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and not is_report(node):
                words = (arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant))
                keys |= {str(word) for word in words if is_name(word)}
    return keys


def is_report(call: ast.Call) -> bool:
    """Whether a call notes a problem or says something: its words are no names then."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "say"
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"error", "warning"}


def is_name(word: object) -> bool:
    """Whether something can be a name in site.yaml."""
    return isinstance(word, str) and re.fullmatch(r"[a-z]+(_[a-z]+)*", word) is not None


def schedule_keys() -> set[str]:
    """Each name that schedule.yaml may hold, as its reader lists them to whoever misspells one."""
    keys: set[str] = set()
    for text in (
        "zzzz: 1",
        "publish: {zzzz: 1}",
        "backup: {zzzz: 1}",
        "newsletter: {var: {zzzz: 1}}",
        "catch_up: {newsletter: {zzzz: 1}}",
    ):
        _, problems = parse_schedule(text, PurePosixPath("schedule.yaml"), ZONE, fault_of)
        fixes = [problem.fix for problem in problems if problem.code == "unknown-key"]
        assert fixes, text
        keys.update(fixes[0].removeprefix("write one of ").split(", "))
    return keys


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Each block of code in the guides, with the page it stands on."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"^ *```(\w*)\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE):
            if found[1] == language:
                yield page.name, found[2]


def quoted() -> Iterator[tuple[str, str]]:
    """Each command line that the guides quote, with the page it stands on."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for inline in re.findall(r"`(newsroom [^`]+)`", text):
            yield page.name, " ".join(inline.split())
    for page_name, block in blocks(""):
        for line in block.splitlines():
            for part in line.split("&&"):
                found = re.search(r"(?:^|[ /])newsroom (?!-- ).*", part)  # an account, too
                if found and not part.strip().startswith("#"):
                    yield page_name, found[0].lstrip(" /")


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in commands()])
def test_each_command_is_in_the_guides(path: str) -> None:
    """Somebody who looks for a command finds it."""
    *group, name = path.split()
    whole = re.search(rf"newsroom {path}\b", GUIDES)
    among_others = re.search(rf"newsroom {' '.join(group)} [^`\n]*\b{name}\b", GUIDES)
    assert whole or (group and among_others), path


@pytest.mark.parametrize(("page", "line"), sorted(set(quoted())))
def test_each_quoted_command_is_one(page: str, line: str) -> None:
    """Each command line in the guides names a command and options that there are."""
    words = shlex.split(line, comments=True)[1:]
    context: click.Context = click.Context(newsroom)
    command: click.Command = newsroom
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"{page}: newsroom has no {words[0]}"
        command, words = found, words[1:]
    if words and words[0] != "…":
        command.make_context(command.name, words, resilient_parsing=True)


@pytest.mark.parametrize(
    "name",
    sorted(
        set(
            re.findall(
                r"NEWSROOM_[A-Z]+(?:_[A-Z]+)*(?![A-Z_])",  # no beginning of several
                "".join(
                    path.read_text(encoding="utf-8")
                    for path in sorted((REPOSITORY / "newsroom/settings").glob("*.py"))
                ),
            )
        )
    ),
)
def test_each_setting_is_in_the_guides(name: str) -> None:
    """Each variable of the environment that is read is in the table of settings."""
    assert f"| `{name}` |" in GUIDES


@pytest.mark.parametrize("key", sorted(site_keys()))
def test_each_line_of_site_yaml_is_in_the_guides(key: str) -> None:
    """Each name that site.yaml may hold is told of."""
    assert re.search(rf"(?<![\w-]){key}\b", (REPOSITORY / "docs/site.md").read_text()), key


@pytest.mark.parametrize("key", sorted(schedule_keys()))
def test_each_line_of_schedule_yaml_is_in_the_guides(key: str) -> None:
    """Each name that schedule.yaml may hold is told of."""
    assert re.search(rf"(?<![\w-]){key}\b", (REPOSITORY / "docs/run.md").read_text()), key


def test_the_site_yaml_of_the_guide_is_right() -> None:
    """Put together, the examples of the guide are a site.yaml without a fault."""
    whole = "".join(block for page, block in blocks("yaml") if page == "site.md")

    parsed = parse_site(whole, PurePosixPath("posts/site.yaml"))

    assert parsed.problems == ()
    assert parsed.site is not None


def test_the_defaults_of_the_guide_are_the_defaults() -> None:
    """What the guide calls the defaults of `sending` is what a site.yaml without it has."""
    first, *_, sending = (block for page, block in blocks("yaml") if page == "site.md")

    without = parse_site(first, PurePosixPath("posts/site.yaml")).site
    written = parse_site(first + sending, PurePosixPath("posts/site.yaml")).site

    assert without is not None
    assert written is not None
    assert written.sending == without.sending


@pytest.mark.parametrize("page", ["publish.md", "publicera.md"])
def test_each_template_that_the_guide_names_is_there(page: str) -> None:
    """What a newsroom may replace by a file of the same name has that name."""
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:site|mail|web)/[\w.]+)`", text)

    assert {"site/header.html", "site/footer.html"} <= set(named)
    assert [name for name in named if not (REPOSITORY / "templates" / name).is_file()] == []


def test_every_yaml_in_the_guides_is_yaml() -> None:
    """No example breaks when it is copied."""
    for _, block in blocks("yaml"):
        assert yaml.safe_load(block)


def test_the_schedule_of_the_guide_is_right() -> None:
    """The example of schedule.yaml is one without an error."""
    (text,) = (block for page, block in blocks("yaml") if page == "run.md")

    schedule, _ = parse_schedule(text, PurePosixPath("schedule.yaml"), ZONE, fault_of)

    assert schedule is not None


def test_every_link_between_the_guides_leads_somewhere() -> None:
    """A page or picture that a guide links to is there."""
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)#:]+)#?([^)]*)\)", prose_of(page)):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            assert not anchor or anchor in anchors(page.parent / target), f"{target}#{anchor}"


def prose_of(page: Path) -> str:
    """A page without what it quotes."""
    text = re.sub(
        r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"`[^`\n]+`", "", text)


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked by, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_guide_is_forgotten() -> None:
    """Each page is named in the README."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in PAGES[1:] if f"docs/{page.name}" not in readme] == []
