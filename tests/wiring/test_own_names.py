"""How the wiring is read: a call to a name is a call to what the reader thinks it is."""

import ast
from pathlib import Path

import pytest

import newsroom.wiring

MODULES = sorted(Path(newsroom.wiring.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_function_takes_in_another_of_its_name(path: Path) -> None:
    """Else the call of a job would read as if the function called itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrong = [
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom)
        and function.name in {name.asname or name.name for name in node.names}
    ]

    assert wrong == []
