"""What is taken out of the folder is nowhere after the next build: not in caches, nor in archives.

Personal data are to be erased, not only hidden (GDPR, article 17).
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put
from tests.photographs import saved, scene

WORDS = ("qvistrup", "Qvistrup", "QVISTRUP", "070-123 45 67", "pumpernickel")
CONTACT = (
    "---\nid: urn:x:dorthe\nname: Dorthe Qvistrup\nemail: dorthe.qvistrup@example.se\n"
    "phone: 070-123 45 67\nphoto: {file: qvistrup.jpg, alt: Dorthe Qvistrup}\n---\n\n"
    "Dorthe bakar pumpernickel.\n"
)
POST = (
    "---\nid: urn:x:{name}\ntitle: Dorthe Qvistrup {name}\ndate: {day}\ntags: [qvistrup]\n"
    "contacts: [dorthe-qvistrup]\nattachments: [{{file: qvistrup.pdf, title: CV}}]\n---\n\n"
    "Dorthe Qvistrup bakar pumpernickel. Ring 070-123 45 67.\n"
)
EVENT = (
    "---\nid: urn:x:kurs\ntitle: Kurs med Dorthe Qvistrup\nstart: 2027-02-10T10:00\n"
    "place: {name: Qvistrups bageri}\nspeakers: [{name: Dorthe Qvistrup}]\n---\n\nKom.\n"
)
A_MONTH_LATER = "2026-12-24T09:00"
DAYS = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 17)]


def write_person(root: Path) -> list[Path]:
    """A person with a portrait, who is named in an event and in posts of a year's archive."""
    picture = root / "posts/contacts/qvistrup.jpg"
    picture.write_bytes(saved(scene((1200, 900)), "JPEG"))
    paper = root / "posts/news/qvistrup.pdf"
    paper.write_bytes(b"%PDF-1.4 Dorthe Qvistrup bakar pumpernickel")
    texts = {
        "posts/contacts/dorthe-qvistrup.md": CONTACT,
        "posts/events/2027-02-10-qvistrup.md": EVENT,
        **{f"posts/news/{day}-p{i}.md": POST.format(name=i, day=day) for i, day in enumerate(DAYS)},
    }
    return [picture, paper, *(put(root, name, text) for name, text in texts.items())]


def tellers(root: Path) -> Iterator[str]:
    """The files of a newsroom that hold any of the words, packed or not, and those named so."""
    for path in root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        content += json.dumps(str(path.relative_to(root))).encode()
        if any(word.encode() in content for word in WORDS):
            yield str(path.relative_to(root))


def test_a_person_who_is_taken_out_is_nowhere(terminal: Terminal) -> None:
    """Pages, feeds and their archive, calendars, search, caches and memories: all forget.

    That a page is missed is remembered for a month, in which its file may be brought back.
    """
    written = write_person(terminal.root)
    terminal.do("build", "--now", NOW)
    told = set(tellers(terminal.root))
    assert {"public/archive/2025-01.xml", "public/calendar.ics", "var/builds/events.json"} <= told
    assert {"public/kontakt/index.html", "var/cache/catalogue.db"} <= told

    for path in written:
        path.unlink()
    terminal.do("build", "--now", NOW, "--yes")

    assert list(tellers(terminal.root)) == ["var/builds/published.json"]
    terminal.do("build", "--now", A_MONTH_LATER)
    assert list(tellers(terminal.root)) == []
