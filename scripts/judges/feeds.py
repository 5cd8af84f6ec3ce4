"""Readers of feeds that are not ours: xmllint, feedparser, feedsmith, newsboat."""

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import feedparser

from scripts.judges.exhibit import Exhibit
from scripts.judges.opinion import Finding, Opinion, error
from scripts.judges.toolbox import Toolbox, heard, run

_ADDRESSES: Final = {"href", "src", "poster", "cite"}
_ABSOLUTE: Final = ("https://", "http://", "mailto:", "tel:")
# Escaped once too often. Texts about HTML show tags on purpose, but not one that ends a paragraph.
_SHOWN_TAG: Final = re.compile(r"&lt;/(?:p|li|h2)&gt;\s*(?:<|$)")
_NEEDED: Final = ("id", "title", "link", "published")


def well_formed(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """Every XML file, read by libxml2."""
    xmllint = tools.system_program("xmllint", package="libxml2-utils")
    files = exhibit.files(".xml", ".svg")
    said = run([xmllint, "--noout", "--nonet", *files])
    lines = [line for line in said.stderr.splitlines() if re.search(r":\d+: ", line)]
    faults = [line.partition(": ") for line in lines]
    findings = tuple(error(Path(place).name, words) for place, _, words in faults)
    return Opinion("xmllint", f"{len(files)} XML files", heard(said, findings))


def by_feedparser(exhibit: Exhibit, _tools: Toolbox) -> Opinion:
    """Every RSS and Atom feed: no complaint, whole entries, no relative address."""
    files = _feeds(exhibit)
    findings = tuple(finding for path in files for finding in _parsed(exhibit, path))
    return Opinion("feedparser", f"{len(files)} feeds", findings)


def by_feedsmith(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """Every RSS, Atom and JSON feed, each read as what it is."""
    tools.package("feedsmith")
    node = tools.system_program("node", package="nodejs")
    files = [*_feeds(exhibit), *exhibit.site.rglob("feed.json")]
    said = run([node, Path(__file__).with_name("feeds.mjs"), tools.folder.absolute(), *files])
    if said.returncode:
        return Opinion("feedsmith", "nothing", (error("feeds.mjs", said.stderr),))
    findings = tuple(
        error(exhibit.place(Path(one["file"])), one["fault"]) for one in json.loads(said.stdout)
    )
    return Opinion("feedsmith", f"{len(files)} feeds", findings)


def by_newsboat(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """The main feeds over HTTP, in a reader: as many articles as entries, each with a text."""
    newsboat = tools.system_program("newsboat", package="newsboat")
    feeds = [path for path in _feeds(exhibit) if path.parent == exhibit.site]
    findings = [fault for path in feeds for fault in _shown(exhibit, path, newsboat)]
    return Opinion("newsboat", f"{len(feeds)} feeds over HTTP", tuple(findings))


def _feeds(exhibit: Exhibit) -> list[Path]:
    return [
        path
        for path in exhibit.files(".xml")
        if re.search(rb"<(rss|feed)[ >]", path.read_bytes()[:2_000])
    ]


def _parsed(exhibit: Exhibit, path: Path) -> Iterator[Finding]:
    place, feed = exhibit.place(path), feedparser.parse(path.read_bytes(), sanitize_html=False)
    if feed.bozo:
        yield error(place, str(feed.bozo_exception))
    seen: set[str] = set()
    for entry in feed.entries:
        yield from _entry(place, entry)
        if entry.get("id") in seen:
            yield error(place, f"two entries have the id {entry.id}")
        seen.add(entry.get("id", ""))


def _entry(place: str, entry: Any) -> Iterator[Finding]:  # noqa: ANN401 (feedparser has no types)
    for name in _NEEDED:
        if not dict.get(entry, name):  # its own way to look guesses one date from another
            yield error(place, f"an entry has no {name}: {entry.get('title', '')}")
    for part in (*entry.get("content", ()), entry.get("summary_detail", {"value": ""})):
        if _SHOWN_TAG.search(part["value"]):
            yield error(place, f"readers would see the tags of {entry.get('title', '')}")
        for address in _Relative.of(part["value"]):
            yield error(place, f'relative address "{address}" in {entry.get("title", "")}')


class _Relative(HTMLParser):
    """The addresses in a text that a reader could not follow from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, html: str) -> list[str]:
        """Those in a piece of HTML."""
        parser = cls()
        parser.feed(html)
        return parser.found

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at each address of an element."""
        values = [value or "" for name, value in attrs if name in _ADDRESSES]
        self.found += [value for value in values if not value.startswith(_ABSOLUTE)]


def _shown(exhibit: Exhibit, path: Path, newsboat: Path) -> Iterator[Finding]:
    """A cache for each feed: newsboat keeps one article for each id, in whichever feed it came."""
    with tempfile.TemporaryDirectory() as name:
        urls, cache, log = (Path(name) / file for file in ("urls", "cache.db", "log"))
        urls.write_text(f"{exhibit.served}/{path.name}\n", encoding="utf-8")
        own = ["-u", urls, "-c", cache, "-C", os.devnull]
        said = run([newsboat, *own, "-l", "2", "-d", log, "-x", "reload"])
        lines = log.read_text().splitlines() if log.is_file() else ()
        yield from heard(said, tuple(error(path.name, line) for line in lines))
        if not cache.is_file():  # it did not get as far
            return
        with closing(sqlite3.connect(cache)) as articles:
            rows = articles.execute("SELECT title, content, pubDate FROM rss_item").fetchall()
    sent = len(feedparser.parse(path.read_bytes()).entries)
    if len(rows) != sent:
        yield error(exhibit.place(path), f"{len(rows)} articles are shown of {sent}")
    for title, content, published in rows:
        if not (title and content and published):
            yield error(exhibit.place(path), f'"{title}" has no title, text or time')
