"""What is wrong with a template, in which file and line, and what to do."""

from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb

from newsroom.model.saying import Saying, say

_CARRY_OUT = {"jinja2", "markupsafe"}  # the folders of those who do what a template says


def template_fault(fault: Exception, folders: Iterable[Path]) -> Saying | None:
    """A fault that was met in a template of one of these folders, told by its place.

    None when it was met in the program instead.
    """
    folders = tuple(folders)
    place = _place(fault)
    if place is None:
        return None
    file, line = place
    return say(
        "{file}:{line}: {fault}; mend it, or take it away and newsroom uses its own",
        file=_name(file, folders),
        line=line,
        fault=getattr(fault, "message", None) or str(fault),
    )


def letters_fault(file: Path, content: bytes, folders: Iterable[Path]) -> Saying | None:
    """Where a template's file is not in UTF-8; None when it is."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return say(
            "{file}:{line}: these letters are not UTF-8; save the file as UTF-8",
            file=_name(file, folders),
            line=content.count(b"\n", 0, wrong.start) + 1,
        )
    return None


def _place(fault: Exception) -> tuple[Path, int] | None:
    """The file and line: a fault in writing has them, one that printing met leads there."""
    from jinja2 import TemplateError

    file, line = getattr(fault, "filename", None), getattr(fault, "lineno", None)
    if file and line:
        return Path(file), line
    frames = [(Path(each.filename), each.lineno or 0) for each in extract_tb(fault.__traceback__)]
    met = [at for at, (file, _) in enumerate(frames) if file.suffix != ".py"]
    if isinstance(fault, TemplateError):
        return frames[met[-1] if met else -1]
    # Whatever a template asks for, such as a sum of words and numbers, Jinja tries to do.
    if met and all(_CARRY_OUT.intersection(file.parts) for file, _ in frames[met[-1] + 1 :]):
        return frames[met[-1]]
    return None


def _name(file: Path, folders: Iterable[Path]) -> str:
    """The file as the newsroom knows it: templates/mail/footer.html."""
    for folder in folders:
        if file.is_relative_to(folder):
            return (folder.name / file.relative_to(folder)).as_posix()
    return file.as_posix()
