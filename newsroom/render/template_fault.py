"""What is wrong with a template, in which file and line, and what to do."""

from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from newsroom.model.saying import Saying, say

if TYPE_CHECKING:
    from jinja2 import TemplateError


def template_fault(fault: "TemplateError", folders: Iterable[Path]) -> Saying:
    """A fault that was met in a template of one of these folders, told by its place."""
    file, line = _place(fault)
    for folder in folders:
        if file.is_relative_to(folder):
            file = folder.name / file.relative_to(folder)
    return say(
        "{file}:{line}: {fault}; mend it, or take it away and newsroom uses its own",
        file=file.as_posix(),
        line=line,
        fault=fault.message,
    )


def _place(fault: "TemplateError") -> tuple[Path, int]:
    """The file and line: a fault in writing has them, one that printing met leads there."""
    file, line = getattr(fault, "filename", None), getattr(fault, "lineno", None)
    if file and line:
        return Path(file), line
    frames = extract_tb(fault.__traceback__)
    met = next((f for f in reversed(frames) if not f.filename.endswith(".py")), frames[-1])
    return Path(met.filename), met.lineno or 0
