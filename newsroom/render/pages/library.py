"""Everything readers may see, by name, and how it is cut into the parts that pages show."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from newsroom.model import (
    Addresses,
    Attachment,
    Contact,
    Deploy,
    Event,
    Image,
    Issue,
    Member,
    Newsroom,
    Page,
    Piece,
    Post,
    Publication,
    Sending,
    Site,
)
from newsroom.render.feed_entries import Entry, entry
from newsroom.render.links import Links
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose, Teaser
from newsroom.render.words import Words

# Wherever Markdown or HTML can name an address; what is found too much does no harm.
_ADDRESS = re.compile(
    r"\]\(\s*<?([^\n]*?)>?(?:\s+[\"'(][^\n]*?)?\)"  # [words](address "title")
    r"|^\s*\[[^\]\n]+\]:\s*<?([^\s>]+)"  # [name]: address
    r"|(?:href|src|cite)\s*=\s*[\"']?([^\"'\s>]+)",
    re.MULTILINE,
)


class Library:
    """The public newsroom at `now`, looked up by slug and by file."""

    def __init__(self, newsroom: Newsroom, now: datetime) -> None:
        self.everything = newsroom  # drafts too: only for where links lead and what was withdrawn
        self.public = newsroom.public(now)
        self.now = now
        self.site = newsroom.site
        self.words = Words(self.site.language)
        self.addresses = Addresses(self.site)
        self.base = f"{urlsplit(self.site.url).path}/"
        self.events = {event.slug: event for event in self.public.events}
        tagged = (*self.public.posts, *self.public.events)
        self._tags = frozenset(tag for piece in tagged for tag in piece.tags)
        self._links = Links(newsroom)
        self._entries: dict[PurePosixPath, Entry] = {}
        self._proses: dict[tuple[PurePosixPath, str], Prose] = {}
        self._assets = {asset.source: asset for asset in newsroom.assets}
        self._files = {self.base + quote(self.addresses.asset(a)): a for a in newsroom.assets}
        self._pieces = {self.base + self._page(piece): piece for piece in newsroom.pieces()}
        self._contacts = {contact.slug: contact for contact in self.public.contacts}
        self._teasers = {post.source: self._teaser(post) for post in self.public.posts}

    def entry(self, post: Post) -> Entry:
        """The post as feeds carry it, made once for all of them."""
        if post.source not in self._entries:
            self._entries[post.source] = entry(self.site, post, self._links)
        return self._entries[post.source]

    def teasers(self, posts: Iterable[Post]) -> tuple[Teaser, ...]:
        """The posts as they stand in lists."""
        return tuple(self._teasers[post.source] for post in posts)

    def occasion(self, event: Event) -> Occasion:
        """The event as it stands in lists."""
        return Occasion(
            title=event.title,
            address=self.addresses.piece(event),
            lang=event.lang,
            start=event.start,
            end=event.end,
            all_day=event.all_day,
            place=event.place.name if event.place else None,
            online=event.online is not None,
            status=event.status,
            summary=event.summary,
            over=event.is_over(self.now),
        )

    def occasions(self, events: Iterable[Event]) -> tuple[Occasion, ...]:
        """The events as they stand in lists."""
        return tuple(self.occasion(event) for event in events)

    def upcoming(self) -> tuple[Occasion, ...]:
        """The events that have not ended, the nearest first."""
        return self.occasions(e for e in self.public.events if not e.is_over(self.now))

    def people(self, slugs: Iterable[str]) -> tuple[Person, ...]:
        """The contacts of these names, in this order; those who are not public are left out."""
        found = (self._contacts[slug] for slug in slugs if slug in self._contacts)
        return tuple(
            Person(contact, self.addresses.piece(contact), self.picture(contact.photo))
            for contact in found
        )

    def tags(self, piece: Piece) -> tuple[Named, ...]:
        """The piece's tags that have a page, with the words shown for them."""
        return tuple(self.tag(tag) for tag in piece.tags if tag in self._tags)

    def tag(self, tag: str) -> Named:
        """A tag with the words shown for it."""
        words = self.site.tag_words(tag)
        return Named(words, self.addresses.tag(tag), self.site.language)

    def named(self, piece: Piece) -> Named:
        """The title and address of a piece."""
        return Named(piece.title, self.addresses.piece(piece), piece.lang)

    def picture(self, image: Image | None) -> Picture | None:
        """A picture of a piece; None when its file is missing, which reading has told of."""
        asset = self._assets.get(image.file) if image else None
        if image is None or asset is None:
            return None
        address = quote(self.addresses.asset(asset))
        return Picture(address, image.alt or "", asset.width, asset.height, asset.media_type)

    def logo(self) -> Picture | None:
        """The site's logo, which says nothing beside the name."""
        logo = self.site.brand.logo
        return self.picture(Image(PurePosixPath("posts", logo), "")) if logo else None

    def files(self, attachments: Iterable[Attachment]) -> tuple[File, ...]:
        """The files of a piece that exist."""
        found = (self.file(attachment) for attachment in attachments)
        return tuple(file for file in found if file is not None)

    def file(self, attachment: Attachment) -> File | None:
        """A file to download; None when it is missing, which reading has told of."""
        asset = self._assets.get(attachment.file)
        if asset is None:
            return None
        address = quote(self.addresses.asset(asset))
        return File(attachment.title, address, asset.size, asset.media_type)

    def prose(self, text: str, source: PurePosixPath) -> Prose:
        """A text of the file `source`, with where each address in it leads."""
        known = self._proses.get((source, text))
        if known is None:
            resolve = self._links.resolver(source, self.base)
            known = Prose(text, tuple((found, resolve(found)) for found in _addresses(text)))
            self._proses[source, text] = known
        return known

    def cited(self, posts: Iterable[Post]) -> Newsroom:
        """A newsroom of these posts and what they point to, no more: all that a feed of them needs.

        What it cites stands in the order of its files, so that the same posts cite the same.
        """
        posts = tuple(posts)
        files = {a.file for post in posts for a in (*post.attachments, post.image) if a}
        links = {
            target.url.partition("#")[0]
            for post in posts
            for _, target in self.prose(post.body, post.source).targets
        }
        pieces = [self._pieces[link] for link in sorted(links & self._pieces.keys())]
        files |= {self._files[link].source for link in links & self._files.keys()}
        return Newsroom(
            site=shown(self.site),
            posts=(*posts, *(p for p in pieces if isinstance(p, Post) and p not in posts)),
            events=tuple(p for p in pieces if isinstance(p, Event)),
            contacts=tuple(p for p in pieces if isinstance(p, Contact)),
            members=tuple(p for p in pieces if isinstance(p, Member)),
            publications=tuple(p for p in pieces if isinstance(p, Publication)),
            issues=tuple(p for p in pieces if isinstance(p, Issue)),
            pages=tuple(p for p in pieces if isinstance(p, Page)),
            assets=tuple(self._assets[f] for f in sorted(files & self._assets.keys())),
        )

    def files_shown(self) -> Iterator[tuple[PurePosixPath, str]]:
        """Each file that a public piece shows or offers, and where it is put on the site."""
        found = set(self._named_files())
        for piece in self.public.pieces():
            for text in _texts(piece):
                links = (target.url for _, target in self.prose(text, piece.source).targets)
                found.update(self._files[link].source for link in links if link in self._files)
        placed = {
            self.addresses.asset(self._assets[f]): f for f in sorted(found) if f in self._assets
        }
        for path, source in sorted(placed.items()):  # twins have one address
            yield source, path

    def _named_files(self) -> Iterator[PurePosixPath]:
        """The files that front matter and site.yaml name."""
        if self.site.brand.logo:
            yield PurePosixPath("posts", self.site.brand.logo)
        for piece in self.public.pieces():
            yield from (attachment.file for attachment in piece.attachments)
            yield from (image.file for image in _images(piece) if image)
        yield from (publication.file for publication in self.public.publications)

    def _page(self, piece: Piece) -> str:
        return self.addresses.piece(piece).partition("#")[0]

    def _teaser(self, post: Post) -> Teaser:
        return Teaser(
            title=post.title,
            address=self.addresses.piece(post),
            lang=post.lang,
            published=post.published,
            category=self.site.category_word(post.category) if post.category else None,
            summary=post.summary,
            picture=self.picture(post.image),
        )


def shown(site: Site) -> Site:
    """The site without what no page shows, so that a new sending pace leaves every page alone."""
    return replace(site, sending=Sending(), checks=(), deploy=Deploy(), approvers=())


def _images(piece: Piece) -> Iterator[Image | None]:
    """The pictures that a piece's front matter names."""
    yield piece.image
    match piece:
        case Contact(photo=picture) | Member(logo=picture):
            yield picture


def _texts(piece: Piece) -> Iterator[str]:
    """The Markdown texts of a piece."""
    yield piece.body
    if isinstance(piece, Event):
        yield from (text for text in (piece.program, piece.documentation) if text)


def _addresses(text: str) -> list[str]:
    """The addresses written in a text that may lead to the newsroom's own files, sorted."""
    found = {next(filter(None, groups), "").strip() for groups in _ADDRESS.findall(text)}
    return sorted(a for a in found if a and not a.startswith("#") and "://" not in a)
