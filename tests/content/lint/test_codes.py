"""The codes of problems, as the guide tells them and as the source uses them."""

import ast
import re
from collections.abc import Iterator

from newsroom.content.lint.codes import CODES
from newsroom.model import Severity
from tests.processes import REPOSITORY

GUIDE = (REPOSITORY / "docs/write.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z-]+)` \| (error|warning|note) \| \S.*\|$", re.MULTILINE)
# Where each of these takes the code, counted from 0.
TAKES_A_CODE = {
    "error": 1,
    "warning": 1,
    "note": 1,
    "_of_site": 1,
    "Finding": 1,
    "Breach": 2,
    "Problem": 3,
}


def used() -> Iterator[str]:
    """Each code that the parsers, the rules and the lint use."""
    sources = [*(REPOSITORY / "newsroom/content").rglob("*.py")]
    sources += [REPOSITORY / "newsroom/jobs/advice/site_advice.py"]
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    yield from code_in(node, TAKES_A_CODE.get(name))


def code_in(call: ast.Call, place: int | None) -> Iterator[str]:
    """The code among the arguments of a call, when it is written there."""
    arguments: list[ast.expr] = []
    for argument in call.args:
        inside = argument.value if isinstance(argument, ast.Starred) else None
        arguments += inside.elts if isinstance(inside, ast.Tuple) else [argument]
    if place is not None and place < len(arguments):
        match arguments[place]:
            case ast.Constant(value=str(code)):
                yield code


def test_the_guide_tells_what_site_yaml_may_set() -> None:
    """Every code of the lint has a row, with what it usually is."""
    assert {code: Severity(severity) for code, severity in ROW.findall(GUIDE)} == CODES


def test_the_guide_tells_every_code() -> None:
    """Whoever reads `--json` finds each code in the guide."""
    section = GUIDE.partition("How much these matter")[2].partition("\n## ")[0]
    told = set(re.findall(r"`([a-z0-9-]+)`", section))

    assert set(used()) - told == set()
