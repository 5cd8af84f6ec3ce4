"""A small site with one of each kind of file, as a build leaves it."""

import os
from functools import partial
from pathlib import Path

from newsroom.output.tree import Tree
from newsroom.render.page import Page
from newsroom.render.redirects import redirect_pages

_SITE = """\
name: Nätverket Exempel
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket Exempel, email: nyhetsbrev@example.se}
"""
_LAST_YEAR = 1_750_000_000
LONG = "Vi har öppnat, och alla är välkomna. " * 200
RECORDING = bytes(range(256)) * 4096
FILES = {
    "index.html": f"<h1>Start</h1>{LONG}",
    "nyheter/2026/nu/index.html": f"<h1>Nu</h1>{LONG}",
    "nyheter/2026/da/index.html": "<h1>Flyttad</h1>",
    "nyheter/2026/tillbaka/index.html": f"<h1>Tillbakadragen</h1>{LONG}",
    "sok/index.html": "<h1>Sök</h1>",
    "prenumerera/index.html": '<form><input name="stamp" value=""></form>',
    "404.html": f"<h1>Sidan finns inte</h1>{LONG}",
    "feed.xml": f"<rss>{LONG}</rss>",
    "amnen/halsa/feed.xml": f"<rss>{LONG}</rss>",
    "atom.xml": f"<feed>{LONG}</feed>",
    "feed.json": f'{{"title": "{LONG}"}}',
    "archive/2025-04.xml": f"<feed>{LONG}</feed>",
    "archive/2025-04.json": f'{{"title": "{LONG}"}}',
    "calendar.ics": f"BEGIN:VCALENDAR\r\n{LONG}",
    "kalender/host.ics": "BEGIN:VCALENDAR\r\n",
    "sitemap.xml": f"<urlset>{LONG}</urlset>",
    "robots.txt": "User-agent: *\n",
    "style.css": f"/* {LONG} */",
    "embed/latest.html": "<ul></ul>",
    "bilder/0123456789ab/bild.webp": "RIFF",
    "bilder/0123456789ab/bild.avif": "ftypavif",
    "bilder/0123456789ab/karta.svg": f"<svg><!-- {LONG} --></svg>",
    "filer/rapport.pdf": "%PDF-1.7",
    ".well-known/security.txt": "Contact: mailto:kansli@example.se\n",
    "nyheter/.index.html.new": "secret",
    "tom/halv.txt": "a folder without a page",
}


def build(root: Path) -> None:
    """Make a newsroom's folder and its site, with a link out of it that somebody left there."""
    (root / "posts").mkdir()
    (root / "posts/site.yaml").write_text(_SITE, encoding="utf-8")
    moved = [
        ("nyheter/2026/da/", "nyheter/2026/nu/"),
        ("nyheter/2025/aldre/", "nyheter/2026/da/"),
        ("kalender/traff.ics", "kalender/host.ics"),
    ]
    gone = ["nyheter/2026/tillbaka/", "kalender/installt.ics"]
    public = root / "public"
    Tree(public, root / "var/builds/site.json", "1").write(
        [
            *(Page(path, (text,), partial(str.encode, text)) for path, text in FILES.items()),
            Page("filer/inspelning.mp4", (), lambda: RECORDING),
            *redirect_pages(moved, gone, "/{}".format),
        ],
        [],
    )
    (root / "hemligt").mkdir()
    (root / "hemligt/nyckel.txt").write_text("secret")
    (public / "ut").symlink_to(root / "hemligt")
    for file in public.rglob("*.*"):  # Apache calls the tag of a file of this second a weak one
        os.utime(file, (_LAST_YEAR, _LAST_YEAR))
