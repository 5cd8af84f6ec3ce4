"""newsroom's own share of the made-up corpus: events and people beside the posts, no warnings."""

from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from benchmarks.corpus import Event, Post, events

_PEOPLE: Final = ("ada", "bo", "cilla", "dag")
_SITE: Final = """\
name: Nätverket Exempel
url: https://bench.example.se
language: sv
timezone: Europe/Stockholm
description: Kommuner som mäter hur fort nyheter når ut.
sender: {name: Nätverket Exempel, email: brev@example.se, bounces: retur@example.se}
postal_address: Nätverket, Storgatan 1, 123 45 Storstad
approvers: [ada, bo]
categories: {nyhet: Nyhet, rapport: Rapport}
menu: [nyheter, kalender, kontakt]
accessibility: {assessed: 2026-09-01, status: fully, contact: hjalp@example.se}
"""


def write_folder(folder: Path, count: int) -> None:
    """Everything but the posts: an event for every fifth of them, and four people."""
    posts = folder / "posts"
    (posts / "contacts").mkdir(parents=True)
    (posts / "events").mkdir()
    (posts / "site.yaml").write_text(_SITE, encoding="utf-8")
    for person in _PEOPLE:
        (posts / "contacts" / f"{person}.md").write_text(_contact(person), encoding="utf-8")
    for event in events(count // 5):
        name = f"{event.day}-mote-{event.number + 1}.md"
        (posts / "events" / name).write_text(_event(event), encoding="utf-8")


def newsroom_head(post: Post) -> dict[str, object]:
    """The front matter of a post: the id that `newsroom new` would mint, a category, a person."""
    return {
        "title": post.title,
        "id": _identity(post.slug),
        "date": post.day,
        "category": "rapport" if post.number % 7 == 0 else "nyhet",
        "tags": list(post.tags),
        "contacts": [_PEOPLE[post.number % len(_PEOPLE)]],
        "summary": post.summary,
    }


def _contact(person: str) -> str:
    return (
        f"---\nname: {person.title()} Exempel\nid: {_identity(person)}\nrole: Samordnare\n"
        f"email: {person}@example.se\ngroups: [kansli]\n---\n"
    )


def _event(event: Event) -> str:
    end = event.day + timedelta(days=event.number % 2)
    return (
        f"---\ntitle: {event.title}\nid: {_identity(event.title)}\n"
        f"start: {event.day}T09:00\nend: {end}T16:00\n"
        f"place: {{name: Folkets hus, address: Hamnplan 2}}\n"
        f"contacts: [{_PEOPLE[event.number % len(_PEOPLE)]}]\n---\n\n{event.body}\n"
    )


def _identity(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn
