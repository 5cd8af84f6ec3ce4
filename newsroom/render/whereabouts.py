"""All places on the site where a piece appears, for `newsroom explain`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.model import (
    Addresses,
    Contact,
    Event,
    Issue,
    Kind,
    Member,
    Newsroom,
    Page,
    Piece,
    Post,
    Publication,
)
from newsroom.model.feed_format import FORMATS
from newsroom.model.filing import kind_of
from newsroom.model.saying import Saying, say
from newsroom.render.pages.embed import NEWEST
from newsroom.render.pages.front import on_front
from newsroom.render.pages.library import Library
from newsroom.render.pages.people import ON_PAGE


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the site, and what it is to its readers."""

    what: Saying
    path: str  # below the site's root
    own: bool = False  # the piece's own page or file, which exists for nothing else


def whereabouts(piece: Piece, newsroom: Newsroom, now: datetime) -> Iterator[Place]:
    """Everywhere that readers meet a public piece at `now`, its own page first.

    Of a piece that is not public, where it is for certain when it is.
    """
    addresses = Addresses(newsroom.site)
    yield Place(say("its page"), addresses.piece(piece), own=True)
    if isinstance(piece, Event):
        yield Place(say("its calendar file"), addresses.event_calendar(piece), own=True)
    yield from _lists(piece, addresses)
    yield from _tags(piece, addresses)
    yield from _members(piece, newsroom, now)
    if piece.is_public(now):
        yield from _newest(piece, newsroom.public(now))
        yield Place(say("the sitemap"), "sitemap.xml")
    yield from _naming(piece, newsroom, now)


def _lists(piece: Piece, addresses: Addresses) -> Iterator[Place]:
    """The lists that a piece stands in for as long as it is public."""
    match piece:
        case Post(published=day):
            yield Place(
                say("the archive of {month}", month=f"{day:%Y-%m}"),
                addresses.archive(day.year, day.month),
            )
        case Event():
            yield Place(say("the calendar"), addresses.section("events"))
            yield Place(say("the calendar that people subscribe to"), "calendar.ics")
        case Member():
            yield Place(say("the list of members"), addresses.section("members"))
        case Publication():
            yield Place(say("the list of publications"), addresses.section("publications"))
        case Issue():
            yield Place(say("the list of issues"), addresses.section("issues"))
        case Page() | Contact():
            pass


def _tags(piece: Piece, addresses: Addresses) -> Iterator[Place]:
    if not isinstance(piece, Post | Event):
        return
    for tag in piece.tags:
        yield Place(say("the topic {tag}", tag=tag), addresses.tag(tag))
        if isinstance(piece, Event):
            yield Place(
                say("the calendar of the topic {tag}", tag=tag), f"{addresses.tag(tag)}calendar.ics"
            )
        else:
            yield Place(
                say("the feed of the topic {tag}", tag=tag), f"{addresses.tag(tag)}feed.xml"
            )


def _members(piece: Piece, newsroom: Newsroom, now: datetime) -> Iterator[Place]:
    """Beside each public member that a piece names: its page, its feed or calendar."""
    if not isinstance(piece, Post | Event) or not piece.members:
        return
    library = Library(newsroom, now)
    told, addresses = library.register.posts_by_member, library.addresses
    for member in library.public.members:
        if member.slug not in piece.members:
            continue
        page, title = addresses.piece(member), member.title
        if isinstance(piece, Event):
            yield Place(say("the page of {title}", title=title), page)
            yield Place(say("the calendar of {title}", title=title), f"{page}calendar.ics")
            continue
        sources = [card.source for card in told.get(member.slug, ())]
        newer = sources.index(str(piece.source)) if str(piece.source) in sources else 0
        if newer < ON_PAGE:
            yield Place(say("the page of {title}", title=title), page)
        if newer < library.site.feed.limit:
            yield Place(say("the feed of {title}", title=title), f"{page}feed.xml")
        if newer < NEWEST:
            path = f"embed/{addresses.section('members')}{member.slug}.html"
            yield Place(say("what {title} can show on its own site", title=title), path)


def _newest(piece: Piece, public: Newsroom) -> Iterator[Place]:
    """The places that show a post only while it is among the newest."""
    if not isinstance(piece, Post):
        return
    newest = public.posts[: max(public.site.feed.limit, len(on_front(public.posts)))]
    sources = [post.source for post in newest]
    if piece.source in sources[: len(on_front(sources))]:
        yield Place(say("the front page"), "")
    if piece.source in sources[: public.site.feed.limit]:
        yield from (Place(say("the feed {name}", name=one.path), one.path) for one in FORMATS)
    if piece.source in sources[:NEWEST]:
        yield Place(say("what others can show on their own sites"), "embed/latest.html")


def _naming(piece: Piece, newsroom: Newsroom, now: datetime) -> Iterator[Place]:
    """The people it names, and the pages of those that name it: issues, the event it is about."""
    addresses, kind = Addresses(newsroom.site), kind_of(piece)
    for person in newsroom.contacts:
        if person.slug in piece.contacts and person.is_public(now):
            yield Place(say("its contact {name}", name=person.title), addresses.piece(person))
    for other in replace(newsroom, posts=()).pieces():
        if piece.slug not in _named(other, kind):
            continue
        if isinstance(other, Issue):  # drafts too: what is planned is what one wants to know
            yield Place(say("the issue {title}", title=other.title), addresses.piece(other))
        elif other.is_public(now):
            yield Place(say("the page of {title}", title=other.title), addresses.piece(other))
    for event in newsroom.events:
        if isinstance(piece, Post) and piece.event == event.slug and event.is_public(now):
            yield Place(say("the page of {title}", title=event.title), addresses.piece(event))


def _named(piece: Piece, kind: Kind) -> tuple[str, ...]:
    """The pieces of a kind that a piece names."""
    match piece, kind:
        case Issue(stories=stories, lead=lead), Kind.NEWS:
            return (*stories, lead) if lead else stories
        case Issue(events=events), Kind.EVENT:
            return events
        case _, Kind.CONTACT:
            return piece.contacts
    return ()
