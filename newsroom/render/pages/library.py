"""Everything readers may see, by name, and how it is cut into the parts that pages show."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from newsroom.model import (
    Addresses,
    Asset,
    Attachment,
    Card,
    Deploy,
    Event,
    Image,
    Kind,
    Newsroom,
    Piece,
    Post,
    Sending,
    Site,
    slugify,
)
from newsroom.model.filing import card_of, shelf_of
from newsroom.model.lifecycle import changes
from newsroom.render.feed_entries import Entry, entry
from newsroom.render.links import Links, leads
from newsroom.render.markdown import Rendered, render_markdown
from newsroom.render.pages.leaf import digest_of
from newsroom.render.pages.parts import (
    File,
    Named,
    Occasion,
    Person,
    Picture,
    Prose,
    Teaser,
    picture_of,
)
from newsroom.render.words import Words

_OFFERED = ("attachments", "file")  # fields whose files readers save as they are


class Library:
    """The public newsroom at `now`, looked up by slug and by file."""

    def __init__(
        self,
        newsroom: Newsroom,
        now: datetime,
        rendered: Callable[[str], Rendered] = render_markdown,
    ) -> None:
        """`rendered` gives the rendering of a text, from where it is kept."""
        self._rendered = rendered
        newsroom = replace(newsroom, posts=shelf_of(newsroom, self._leads))
        self.everything = newsroom  # drafts too: only for where links lead and what was withdrawn
        self.public = newsroom.public(now)
        self.now = now
        self.site = newsroom.site
        self.words = Words(self.site.language)
        self.addresses = Addresses(self.site)
        self.base = f"{urlsplit(self.site.url).path}/"
        self.events = {event.slug: event for event in self.public.events}
        self.shelf = shelf_of(self.public, self._leads)
        tags = [card.tags for card in self.shelf.cards]
        tags += [event.tags for event in self.public.events]
        self._tags = frozenset(chain.from_iterable(tags))
        self._links = Links(newsroom, now)
        self._entries: dict[str, Entry] = {}
        self._proses: dict[tuple[PurePosixPath, str], Prose] = {}
        self._told: dict[tuple[str, str], bytes] = {}
        self._assets = {asset.source: asset for asset in newsroom.assets}
        self._contacts = {contact.slug: contact for contact in self.public.contacts}

    def _leads(self, post: Post) -> tuple[str, ...]:
        return leads(post.source, [self._rendered(post.body)])

    @cached_property
    def posts_by_tag(self) -> dict[str, tuple[Card, ...]]:
        """The posts of each tag, newest first."""
        found: dict[str, list[Card]] = {}
        for card in self.shelf.cards:
            for tag in self.spelt_alike(card.tags):
                found.setdefault(tag, []).append(card)
        return {tag: tuple(cards) for tag, cards in found.items()}

    @cached_property
    def posts_by_event(self) -> dict[str, tuple[Card, ...]]:
        """The posts about each event, newest first."""
        found: dict[str, list[Card]] = {}
        for card in self.shelf.cards:
            for field, slug, _ in card.names:
                if field == ("event",):
                    found.setdefault(slug, []).append(card)
        return {slug: tuple(cards) for slug, cards in found.items()}

    @cached_property
    def events_by_series(self) -> dict[str | None, tuple[Event, ...]]:
        """The events of each series, by start; those of none are nobody's companions."""
        found: dict[str | None, list[Event]] = {}
        for event in self.public.events:
            if event.series:
                found.setdefault(event.series, []).append(event)
        return {series: tuple(events) for series, events in found.items()}

    @cached_property
    def posts_by_slug(self) -> dict[str, Card]:
        """Each post by the name that issues call it by."""
        return {card.slug: card for card in reversed(self.shelf.cards)}

    def entry(self, card: Card) -> Entry:
        """The post as feeds carry it, made once for all of them."""
        if card.source not in self._entries:
            post = self.shelf.take(card)
            self._entries[card.source] = entry(self.site, post, self._links, self._rendered)
        return self._entries[card.source]

    def face(self, card: Card) -> bytes:
        """A digest of the post as it stands in lists."""
        return card.face + self._seen("file", card.image) if card.image else card.face

    def whole(self, card: Card) -> bytes:
        """A digest of a piece with all that its page shows of what it names and links to."""
        if not (card.names or card.files or card.leads):
            return card.digest
        named = (self._seen(kind, slug) for _, slug, kind in card.names)
        files = (self._seen("file", file) for _, file in card.files)
        led = (self._seen("lead", path) for path in card.leads)
        return digest_of(card.digest, *named, *files, *led)

    def _seen(self, kind: str, name: str) -> bytes:
        """A digest of what a page shows of a thing that it names."""
        key = kind, name
        if key not in self._told:
            self._told[key] = digest_of(repr(self._shown_of(kind, name)))
        return self._told[key]

    def _shown_of(self, kind: str, name: str) -> object:
        match kind:
            case "file":
                return self._assets.get(PurePosixPath(name))
            case "lead":
                return self._links.lead(name)
            case Kind.CONTACT.value:
                return self.people([name])
            case Kind.EVENT.value:
                return self.occasions([self.events[name]] if name in self.events else [])
            case Kind.MEMBER.value:
                return None  # their pages and feeds name the post, not the other way round
        raise ValueError(f'no page shows anything of a "{kind}"')

    def teaser(self, card: Card) -> Teaser:
        """The post as it stands in a list."""
        post = self.shelf.take(card)
        return Teaser(
            title=post.title,
            address=card.address,
            lang=post.lang,
            published=post.published,
            category=self.site.category_word(post.category) if post.category else None,
            summary=post.summary,
            picture=self.picture(post.image),
        )

    def teasers(self, cards: Iterable[Card]) -> tuple[Teaser, ...]:
        """The posts as they stand in lists."""
        return tuple(map(self.teaser, cards))

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
            changes=changes(event),
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

    def spelt_alike(self, tags: Iterable[str]) -> Iterable[str]:
        """Each tag once, as it is spelt on its page: `halsa` is `Hälsa` where somebody wrote so."""
        return dict.fromkeys(self._spellings[tag] for tag in tags)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Of all spellings that share a page the one in site.yaml, else the one with accents."""
        declared = dict(self.site.tags)
        pages: dict[str, str] = {}
        for tag in sorted(self._tags, key=lambda tag: (tag in declared, tag.casefold(), tag)):
            pages[slugify(tag)] = tag
        return {tag: pages[slugify(tag)] for tag in self._tags}

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
        return picture_of(asset, image.alt or "", self.addresses)

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
            rendered, resolve = self._rendered(text), self._links.resolver(source, self.base)
            known = Prose(text, rendered, tuple((a, resolve(a)) for a in rendered.addresses))
            self._proses[source, text] = known
        return known

    def assets_shown(self) -> tuple[Asset, ...]:
        """Each file that a public piece shows or links to, in the order of their names."""
        logo = self.site.brand.logo
        found = {f"posts/{logo}"} if logo else set()
        for card in self.cards():
            found.update(file for field, file in card.files if field[0] not in _OFFERED)
            found.update(card.leads)
        return self._those_there(found)

    def assets_offered(self) -> tuple[Asset, ...]:
        """Each file that a public piece offers to be saved, in the order of their names."""
        files = (file for card in self.cards() for file in card.files)
        return self._those_there({file for field, file in files if field[0] in _OFFERED})

    def _those_there(self, names: Iterable[str]) -> tuple[Asset, ...]:
        files = map(PurePosixPath, sorted(names))
        return tuple(self._assets[file] for file in files if file in self._assets)

    def cards(self) -> tuple[Card, ...]:
        """The card of each public piece."""
        return self.shelf.cards + self._other_cards

    def withdrawn(self) -> Iterator[Piece]:
        """The pieces that were public and have been taken back."""
        moment = self.now.timestamp()
        shelf = shelf_of(self.everything, self._leads)
        yield from shelf.only(lambda card: card.withdrawn and _has_come(card, moment))
        for piece in replace(self.everything, posts=()).pieces():
            if piece.withdrawn is not None and _has_come(card_of(piece, self.site), moment):
                yield piece

    @cached_property
    def _other_cards(self) -> tuple[Card, ...]:
        return tuple(
            card_of(piece, self.site, leads=leads(piece.source, map(self._rendered, _texts(piece))))
            for piece in replace(self.public, posts=()).pieces()
        )


def _has_come(card: Card, now: float) -> bool:
    """Whether a piece would be public by now, had it not been withdrawn."""
    return not card.draft and card.since <= now


def shown(site: Site) -> Site:
    """The site without what no page shows, so that a new sending pace leaves every page alone."""
    return replace(site, sending=Sending(), checks=(), deploy=Deploy(), approvers=())


def _texts(piece: Piece) -> Iterator[str]:
    """The Markdown texts of a piece."""
    yield piece.body
    if isinstance(piece, Event):
        yield from (text for text in (piece.program, piece.documentation) if text)
