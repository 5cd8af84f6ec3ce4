"""Ask every outside judge that is installed what it thinks of newsroom's sites.

    .venv/bin/python -m scripts.judge [--tools DIR] [--blog POSTS --assets DIR] [--quick]
        [--need all]

Three sites are judged: the sample, a newsroom of hostile texts, and a blog that was imported, where
one is named. A table is printed, then every finding in the judge's own words. The exit status is 1
when a judge calls something an error, and with `--need all` when one is not installed.
docs/judges.md tells how to get the judges.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.judges import calendars, feeds, lighthouse, links, nu
from scripts.judges.exhibit import Exhibit, exhibit, newsroom
from scripts.judges.opinion import MissingJudgeError, Opinion, Severity
from scripts.judges.toolbox import Toolbox

Judge = Callable[[Exhibit, Toolbox], Opinion]

_JUDGES: Final[tuple[Judge, ...]] = (
    *(nu.pages, nu.style),
    *(feeds.well_formed, feeds.by_feedparser, feeds.by_feedsmith, feeds.by_newsboat),
    *(calendars.by_icalendar, calendars.by_vobject, calendars.by_ical_js),
    links.by_linkinator,
)
_SLOW: Final[tuple[Judge, ...]] = (lighthouse.by_lighthouse,)  # on the sample only
_HOSTILE: Final = Path(__file__).parent / "judges" / "hostile"  # everything that broke a page once
_TOOLS: Final = Path("var/judges")
_MISSING: Final = "not installed"
_SHOWN: Final = 8  # findings of one judge about one site
_BLOG_SITE: Final = """\
name: Moved in
url: https://blog.example.org
language: en
timezone: America/New_York
description: What we learned.
sender: {name: Moved in, email: letter@example.org, bounces: bounces@example.org}
postal_address: 1800 F Street, Example
"""


def main() -> int:
    """0 when no judge found an error, and all that are needed were heard."""
    options = read_options()
    tools = Toolbox(options.tools)
    with tempfile.TemporaryDirectory(prefix="judges-") as folder:
        opinions = list(hear(sites(Path(folder), options), tools, quick=options.quick))
    print_findings(opinions, most=None if options.all else _SHOWN)
    return int(has_failed([opinion for _, opinion in opinions], need_all=options.need == "all"))


def has_failed(opinions: Sequence[Opinion], *, need_all: bool) -> bool:
    """Whether a judge found an error, or could not be heard although all are needed."""
    found = any(opinion.count(Severity.ERROR) for opinion in opinions)
    return found or (need_all and any(opinion.judge == _MISSING for opinion in opinions))


def read_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="What outside judges think of newsroom's sites.")
    parser.add_argument("--tools", type=Path, default=_TOOLS, help="a folder with node_modules")
    parser.add_argument("--blog", type=Path, help="a folder of Markdown to import and judge too")
    parser.add_argument("--assets", type=Path, help="the folder of its pictures")
    parser.add_argument("--quick", action="store_true", help="without Lighthouse")
    parser.add_argument("--need", choices=["all"], help="fail when a judge is not installed")
    parser.add_argument("--all", action="store_true", help="every finding, however many")
    return parser.parse_args()


def sites(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """The newsrooms that are judged, each in a folder of its own."""
    newsroom(folder, "init", str(folder / "sample"))
    yield "sample", folder / "sample"
    shutil.copytree(_HOSTILE, folder / "hostile")
    yield "hostile", folder / "hostile"
    if options.blog:
        moved_in(folder / "blog", options.blog, options.assets)
        yield "blog", folder / "blog"


def moved_in(root: Path, posts: Path, assets: Path | None) -> None:
    """A newsroom with the posts of another blog."""
    (root / "posts").mkdir(parents=True)
    (root / "posts" / "site.yaml").write_text(_BLOG_SITE, encoding="utf-8")
    pictures = ["--assets", str(assets)] if assets else []
    newsroom(root, "import", "markdown", str(posts), *pictures)


def hear(
    newsrooms: Iterator[tuple[str, Path]], tools: Toolbox, *, quick: bool
) -> Iterator[tuple[str, Opinion]]:
    """Each judge's opinion of each site, printed as it comes."""
    print(f"{'site':<10}{'judge':<18}{'errors':>8}{'warnings':>10}  looked at")
    for name, root in newsrooms:
        with exhibit(name, root) as shown:
            slow = _SLOW if name == "sample" and not quick else ()
            for judge in (*_JUDGES, *slow):
                opinion = ask(judge, shown, tools)
                print_row(name, opinion)
                yield name, opinion


def ask(judge: Judge, shown: Exhibit, tools: Toolbox) -> Opinion:
    """What a judge says; one that is not installed says how to get it."""
    try:
        return judge(shown, tools)
    except MissingJudgeError as missing:
        name = (judge.__doc__ or "").split(".")[0]
        return Opinion(_MISSING, f"{missing} ({name})")


def print_row(site: str, opinion: Opinion) -> None:
    """One line of the table."""
    errors, warnings = (opinion.count(each) for each in (Severity.ERROR, Severity.WARNING))
    print(
        f"{site:<10}{opinion.judge:<18}{errors:>8}{warnings:>10}  {opinion.looked_at}", flush=True
    )


def print_findings(opinions: Sequence[tuple[str, Opinion]], *, most: int | None) -> None:
    """What each judge found, the same words once, with how often and where first."""
    for site, opinion in opinions:
        alike = Counter((finding.severity, finding.message) for finding in opinion.findings)
        worst = sorted(alike.items(), key=lambda one: (one[0][0], -one[1]))[:most]
        for (severity, message), times in worst:
            place = next(each.place for each in opinion.findings if each.message == message)
            print(f"\n{site}, {opinion.judge}, {severity}, {times} x, {place}\n  {message}")
        if most is not None and len(alike) > most:
            print(f"\n{site}, {opinion.judge}: {len(alike) - most} others; --all shows them")


if __name__ == "__main__":
    sys.exit(main())
