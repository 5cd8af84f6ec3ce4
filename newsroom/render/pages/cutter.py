"""Makes the parts that pages show of a piece: teasers, pictures, people, attachments."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from newsroom.model import Addresses, Attachment, Card, Image, Newsroom, Piece
from newsroom.model.filing import shelf_of
from newsroom.model.lifecycle import changes
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
from newsroom.render.text.links import Links
from newsroom.render.text.rendered import Rendered


class Cutter:
    """Cuts the pieces of a public newsroom, as they are at a time."""

    def __init__(
        self,
        public: Newsroom,
        now: datetime,
        links: Links,
        rendered: Callable[[str], Rendered],
    ) -> None:
        self._now = now
        self._site = public.site
        self._addresses = Addresses(public.site)
        self._base = f"{urlsplit(public.site.url).path}/"
        self._posts = shelf_of(public.posts, public.site)
        self._events = shelf_of(public.events, public.site)
        self._publications = shelf_of(public.publications, public.site)
        self._members = {member.slug: member for member in public.members}
        self._contacts = {contact.slug: contact for contact in public.contacts}
        self._links = links
        self._rendered = rendered

    def teaser(self, card: Card) -> Teaser:
        """The post as it stands in a list."""
        post = self._posts.take(card)
        return Teaser(
            title=post.title,
            address=card.address,
            lang=post.lang,
            published=post.published,
            category=self._site.category_word(post.category) if post.category else None,
            summary=post.summary,
            picture=self.picture(post.image),
        )

    def teasers(self, cards: Iterable[Card]) -> tuple[Teaser, ...]:
        """The posts as they stand in lists."""
        return tuple(map(self.teaser, cards))

    def publications(self, cards: Iterable[Card]) -> tuple[Teaser, ...]:
        """Publications as they stand in lists of what is told."""
        return tuple(map(self._publication, cards))

    def _publication(self, card: Card) -> Teaser:
        publication = self._publications.take(card)
        return Teaser(
            title=publication.title,
            address=card.address,
            lang=publication.lang,
            published=publication.published,
            category=None,
            summary=publication.summary,
            picture=self.picture(publication.image),
        )

    def occasion(self, card: Card) -> Occasion:
        """The event as it stands in lists."""
        event = self._events.take(card)
        return Occasion(
            title=event.title,
            address=card.address,
            lang=event.lang,
            start=event.start,
            end=event.end,
            all_day=event.all_day,
            place=event.place.name if event.place else None,
            online=event.online is not None,
            status=event.status,
            summary=event.summary,
            over=event.is_over(self._now),
            changes=changes(event),
        )

    def occasions(self, cards: Iterable[Card]) -> tuple[Occasion, ...]:
        """The events as they stand in lists."""
        return tuple(map(self.occasion, cards))

    def people(self, slugs: Iterable[str]) -> tuple[Person, ...]:
        """The contacts of these names, in this order; those who are not public are left out."""
        found = (self._contacts[slug] for slug in slugs if slug in self._contacts)
        return tuple(
            Person(contact, self._addresses.piece(contact), self.picture(contact.photo))
            for contact in found
        )

    def members(self, slugs: Iterable[str]) -> tuple[Named, ...]:
        """The members of these names, in this order; those who are not public are left out."""
        return tuple(self.named(self._members[slug]) for slug in slugs if slug in self._members)

    def named(self, piece: Piece) -> Named:
        """The title and address of a piece."""
        return Named(piece.title, self._addresses.piece(piece), piece.lang)

    def picture(self, image: Image | None) -> Picture | None:
        """A picture of a piece; None when its file is missing, which reading has told of."""
        asset = self._links.asset(image.file) if image else None
        if image is None or asset is None:
            return None
        return picture_of(asset, image.alt or "", self._addresses)

    def logo(self) -> Picture | None:
        """The site's logo, which says nothing beside the name."""
        logo = self._site.brand.logo
        return self.picture(Image(PurePosixPath("posts", logo), "")) if logo else None

    def files(self, attachments: Iterable[Attachment]) -> tuple[File, ...]:
        """The files of a piece that exist."""
        found = (self.file(attachment) for attachment in attachments)
        return tuple(file for file in found if file is not None)

    def file(self, attachment: Attachment) -> File | None:
        """A file to download; None when it is missing, which reading has told of."""
        asset = self._links.asset(attachment.file)
        if asset is None:
            return None
        address = quote(self._addresses.asset(asset))
        return File(attachment.title, address, asset.size, asset.media_type)

    def prose(self, text: str, source: PurePosixPath) -> Prose:
        """A text of the file `source`, with where each address in it leads."""
        rendered, resolve = self._rendered(text), self._links.resolver(source, self._base)
        return Prose(text, rendered, tuple((a, resolve(a)) for a in rendered.addresses))
