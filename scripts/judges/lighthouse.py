"""Lighthouse: a few pages as a slow telephone gets them."""

import json
import os
from collections.abc import Iterator
from typing import Any, Final

from scripts.judges.exhibit import Exhibit
from scripts.judges.opinion import Finding, Opinion, error, warning
from scripts.judges.toolbox import Toolbox, run

_CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
_GOOD: Final = 0.9  # Lighthouse's own line between green and orange
_FLAGS: Final = "--headless --no-sandbox --disable-gpu"


def by_lighthouse(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """The front page, the newest post, an event and how to subscribe, each with its four scores."""
    program = tools.node_program("lighthouse")
    chrome = tools.system_program("chromium", "chromium-browser", package="chromium")
    scores, findings = [], []
    for name, path in _pages(exhibit):
        said = run(
            [
                *(program, f"{exhibit.served}/{path}", "--quiet", "--output=json"),
                *("--only-categories=" + ",".join(_CATEGORIES), f"--chrome-flags={_FLAGS}"),
            ],
            {**os.environ, "CHROME_PATH": str(chrome)},
        )
        if said.returncode:
            findings.append(error(name, f"Lighthouse failed: {said.stderr[-300:]}"))
            continue
        report = json.loads(said.stdout)
        scores.append(f"{name} {_scores(report)}")
        findings += _findings(f"{exhibit.name}/{path}", report)
    return Opinion("Lighthouse", "; ".join(scores), tuple(findings))


def _pages(exhibit: Exhibit) -> Iterator[tuple[str, str]]:
    yield "front", ""
    feed = json.loads((exhibit.site / "feed.json").read_text(encoding="utf-8"))
    for item in feed["items"][:1]:
        yield "post", item["url"].removeprefix(feed["home_page_url"]).lstrip("/")
    for path in exhibit.files(".ics"):
        if path.with_suffix("").is_dir():
            yield "event", path.with_suffix("").relative_to(exhibit.site).as_posix() + "/"
            break
    for name in ("prenumerera", "subscribe"):
        if (exhibit.site / name).is_dir():
            yield "subscribe", f"{name}/"


def _scores(report: dict[str, Any]) -> str:
    scores = (report["categories"][name]["score"] for name in _CATEGORIES)
    return " ".join("?" if score is None else str(round(score * 100)) for score in scores)


def _findings(place: str, report: dict[str, Any]) -> Iterator[Finding]:
    """Every audit below green that counts in a score; those of speed are warnings."""
    for name in _CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < _GOOD:
                say = warning if name == "performance" else error
                yield say(place, f"{name}: {audit['title']} {audit.get('displayValue', '')}")
