"""A small newsroom for the tests of feeds, calendars and letters; tests replace what they mean."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.model import (
    Asset,
    Contact,
    Event,
    Issue,
    Member,
    Newsroom,
    Post,
    Publication,
    Sender,
    Site,
)

ZONE = ZoneInfo("Europe/Stockholm")
URL = "https://nyheter.example.se"


def at(text: str) -> datetime:
    """A civil time in Stockholm: 2026-04-12T10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def make_site(**other: Any) -> Site:  # noqa: ANN401
    """A site with everything a letter needs."""
    values: dict[str, Any] = {
        "name": "Nätverket Exempel",
        "url": URL,
        "first_url": URL,
        "language": "sv",
        "timezone": ZONE,
        "sender": Sender("Nätverket Exempel", "brev@example.se", "kansli@example.se"),
        "description": "Kommuner som arbetar för jämlik hälsa.",
        "postal_address": "Nätverket Exempel, Hamnplan 2, 999 10 Lövhamn",
        "categories": (("nyhet", "Nyhet"),),
    }
    return Site(**{**values, **other})


def make_post(slug: str = "ett", **other: Any) -> Post:  # noqa: ANN401
    """A post in a folder of its own, published on 12 April 2026."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/news/{slug}/index.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": f"Nyheten {slug}",
        "slug": slug,
        "lang": "sv",
        "body": "Första stycket.\n\nAndra stycket.",
        "published": at("2026-04-12T10:00"),
    }
    return Post(**{**values, **other})


def make_event(slug: str = "mote", **other: Any) -> Event:  # noqa: ANN401
    """An event on the afternoon of 21 October 2026."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/events/{slug}.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": f"Träffen {slug}",
        "slug": slug,
        "lang": "sv",
        "body": "",
        "start": at("2026-10-21T13:00"),
        "end": at("2026-10-21T15:00"),
    }
    return Event(**{**values, **other})


def make_contact(slug: str = "anna", **other: Any) -> Contact:  # noqa: ANN401
    """A person with an address and a telephone."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/contacts/{slug}.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": "Anna Ek",
        "slug": slug,
        "lang": "sv",
        "body": "",
        "role": "Samordnare",
        "email": "anna@example.se",
        "phone": "010-123 45 67",
    }
    return Contact(**{**values, **other})


def make_member(slug: str = "kvarnmo", **other: Any) -> Member:  # noqa: ANN401
    """An organisation that belongs to the network."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/members/{slug}.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": f"{slug.capitalize()} kommun",
        "slug": slug,
        "lang": "sv",
        "body": "",
    }
    return Member(**{**values, **other})


def make_publication(**other: Any) -> Publication:  # noqa: ANN401
    """A manual."""
    values: dict[str, Any] = {
        "source": PurePosixPath("posts/documents/handbok.md"),
        "body_line": 5,
        "id": "urn:uuid:handbok",
        "title": "Handboken",
        "slug": "handbok",
        "lang": "sv",
        "body": "Femton frågor.",
        "file": PurePosixPath("posts/documents/handbok.pdf"),
        "published": at("2026-04-12T00:00"),
    }
    return Publication(**{**values, **other})


def make_issue(**other: Any) -> Issue:  # noqa: ANN401
    """An issue without anything in it but an introduction."""
    values: dict[str, Any] = {
        "source": PurePosixPath("posts/newsletters/2026-var.md"),
        "body_line": 5,
        "id": "urn:uuid:2026-var",
        "title": "Nyhetsbrev våren 2026",
        "slug": "2026-var",
        "lang": "sv",
        "body": "Hej!\n\nVåren är här.",
        "preheader": "Allt som har hänt sedan i höstas, i tre korta stycken.",
    }
    return Issue(**{**values, **other})


def picture(slug: str, name: str, **other: Any) -> Asset:  # noqa: ANN401
    """A picture beside a post."""
    values: dict[str, Any] = {"media_type": "image/jpeg", "width": 1200, "height": 800}
    return Asset(
        PurePosixPath(f"posts/news/{slug}/{name}"), 81_234, "ab" * 32, **{**values, **other}
    )


def document(slug: str, name: str) -> Asset:
    """A PDF beside a post."""
    return Asset(PurePosixPath(f"posts/news/{slug}/{name}"), 123_456, "cd" * 32, "application/pdf")


def make_newsroom(**parts: Any) -> Newsroom:  # noqa: ANN401
    """A newsroom of the pieces given."""
    return Newsroom(**{"site": make_site(), **parts})
