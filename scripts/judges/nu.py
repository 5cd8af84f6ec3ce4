"""The Nu HTML checker: every page, and the style sheet."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.judges.exhibit import Exhibit
from scripts.judges.opinion import Finding, Opinion, error, warning
from scripts.judges.toolbox import Toolbox, run

_AROUND = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title>'
    "</head><body><h1>A page</h1>\n"
)


def pages(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """Every page; fragments for other sites are put into a page first."""
    every = exhibit.files(".html")
    with tempfile.TemporaryDirectory() as folder:
        files = {_page(path, Path(folder)): exhibit.place(path) for path in every}
        said = _ask(tools, ["--also-check-svg"], [*files, *exhibit.files(".svg")])
        findings = [_finding(exhibit, files, message) for message in said]
    return Opinion("Nu HTML checker", f"{len(every)} pages", tuple(findings))


def style(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """The style sheet."""
    sheets = exhibit.files(".css")
    said = _ask(tools, ["--css"], sheets)
    findings = tuple(_finding(exhibit, {}, message) for message in said)
    return Opinion("Nu CSS checker", f"{len(sheets)} style sheets", findings)


def _ask(
    tools: Toolbox, options: Sequence[str], files: Sequence[Path]
) -> Iterator[dict[str, object]]:
    java = tools.system_program("java", package="default-jre-headless")
    jar = tools.package("vnu-jar") / "build" / "dist" / "vnu.jar"
    asked = [java, "-Xss2m", "-jar", jar, "--format", "json", "--exit-zero-always", *options]
    said = run([*asked, *files]).stderr
    answer, _ = json.JSONDecoder().raw_decode(said[said.index('{"') :])
    yield from answer["messages"]


def _page(path: Path, folder: Path) -> Path:
    """The file, or a page around it when it is a fragment."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().lower().startswith("<!doctype"):
        return path
    whole = folder / f"{path.parent.name}-{path.name}"
    whole.write_text(f"{_AROUND}{text}\n</body></html>\n", encoding="utf-8")
    return whole


def _finding(exhibit: Exhibit, files: dict[Path, str], message: dict[str, object]) -> Finding:
    path = Path(str(message["url"]).removeprefix("file:"))
    place = f"{files.get(path) or exhibit.place(path)}:{message.get('lastLine', '?')}"
    words = f"{message['message']} {message.get('extract', '')}"
    return (error if message["type"] == "error" else warning)(place, words)
