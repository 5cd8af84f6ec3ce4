"""The house's arrows: a module imports lower levels only (docs/architecture.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "newsroom"

LEVELS = {
    "errors": 0,
    "model": 0,
    "program": 0,
    "whole_file": 0,
    "settings": 0,
    "workers": 0,
    "content": 1,
    "render": 1,
    "schedule": 1,
    "bounces": 1,
    "dkim": 1,
    "domains": 1,
    "content.folder": 2,
    "output": 2,
    "database": 2,
    "readers": 2,
    "delivery": 2,
    "outside": 2,
    "engine": 2,
    "jobs": 3,
    "clock": 4,
    "wiring": 4,
    "web": 4,
    "cli": 5,
}
PURE = {"content", "render", "schedule", "bounces", "dkim", "domains"}
# Files that the package itself brings are as much a part of it as its code: the same version has
# the same ones. These modules read them, and are the only ones in the pure rooms that read at all.
READS_PACKAGED_FILES = {
    "newsroom.content.starter",  # what a new piece begins as
    "newsroom.render.mail.support",  # what mail programs show
    "newsroom.render.sayings",  # the desk's catalogue
    "newsroom.render.templates",  # templates, a newsroom's own in front of them
    "newsroom.render.words",  # catalogues
}
DOES_INPUT_AND_OUTPUT = {
    "os",
    "socket",
    "sqlite3",
    "subprocess",
    "shutil",
    "tempfile",
    "httpx",
    "smtplib",
    "sqlalchemy",
}
FILE_CALLS = {
    *("open", "read_bytes", "read_text", "write_bytes", "write_text"),
    *("exists", "glob", "is_dir", "is_file", "iterdir", "rglob", "stat"),
    *("mkdir", "rename", "rmdir", "touch", "unlink"),
}
OWN_DOORS = {
    "dbos": "engine",
    "apscheduler": "clock",
    "dns": "outside",
    "httpx": "outside",
    "imap_tools": "outside",
    "smtplib": "delivery",
}


def room_of(module: str) -> str:
    """The room a module stands in: the package `newsroom.content.folder` is a room of its own."""
    inside = module.removeprefix("newsroom").removeprefix(".").removeprefix("__version__")
    first, *rest = inside.split(".")
    return "content.folder" if (first, *rest[:1]) == ("content", "folder") else first


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package, by its dotted name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[str]:
    """Every function or method a file calls, by its last name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield name


def may_import(room: str, other: str) -> bool:
    """Whether one room may import another."""
    if other in {room, ""}:
        return True
    if room == "content.folder" and other == "content":
        return True
    if LEVELS[other] == 0:
        return True
    if LEVELS[room] == LEVELS[other] == 2:
        return other == "database"
    return LEVELS[other] < LEVELS[room]


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: str(value)[-40:])
def test_arrows_point_down(module: str, path: Path) -> None:
    """A module imports its own room and rooms of lower levels only."""
    room = room_of(module)
    if room == "" or module == "newsroom.__main__":
        return
    ours = {name for name in imports(path) if name.split(".")[0] == "newsroom"}

    wrong = sorted(name for name in ours if not may_import(room, room_of(name)))

    assert not wrong, f"{module} (level {LEVELS[room]}) imports {wrong}"


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: str(value)[-40:])
def test_pure_rooms_do_no_input_or_output(module: str, path: Path) -> None:
    """Content, render, schedule, bounces, dkim and domains read no file, open no socket."""
    if room_of(module) not in PURE:
        return

    imported = sorted({name.split(".")[0] for name in imports(path)} & DOES_INPUT_AND_OUTPUT)
    called = sorted(set(calls(path)) & FILE_CALLS)

    assert not imported, f"{module} imports {imported}"
    assert not called or module in READS_PACKAGED_FILES, f"{module} calls {called}"


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: str(value)[-40:])
def test_each_heavy_library_has_one_door(module: str, path: Path) -> None:
    """DBOS, APScheduler, httpx, dnspython, imap-tools and smtplib each have one room only."""
    names = {name.split(".")[0] for name in imports(path)}

    wrong = sorted(n for n in names & OWN_DOORS.keys() if OWN_DOORS[n] != room_of(module))

    assert not wrong, f"{module} imports {wrong}"


def test_every_room_has_a_level() -> None:
    """A new room is given its level here before it is built."""
    rooms = {room_of(module) for module, _ in modules()} - {"", "__main__"}

    assert rooms <= LEVELS.keys()


def test_the_houses_plan_has_every_room() -> None:
    """docs/architecture.md has a row for each room, and each file that it names is there."""
    plan = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (\d) \|", plan, re.MULTILINE)
    levels = {
        name.rstrip("/").removesuffix(".py").replace("/", "."): int(level)
        for names, level in rows
        for name in re.findall(r"`(.+?)`", names)
    }
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)`", plan))

    assert levels == LEVELS
    assert not {n for n in named if not any((top / n).is_file() for top in (PACKAGE, REPOSITORY))}


def test_who_contributes_is_led_to_files_that_are_there() -> None:
    """CONTRIBUTING.md names each file and folder by its whole path, and it is there."""
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = r"(?:newsroom|tests|templates)/[A-Za-z_/]*/"
    named = re.findall(rf"`((?:[a-z_]+/)*[a-z_]+\.py|{folders})`", guide)

    assert named
    assert not {name for name in named if not (REPOSITORY / name).exists()}
