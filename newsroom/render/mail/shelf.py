"""Looks up the public pieces that an issue names, and how each is shown in a letter."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from newsroom.model import Addresses, Contact, Event, EventStatus, Image, Newsroom, Piece, Post
from newsroom.render.calendars.event_changes import what_changed
from newsroom.render.calendars.event_title import event_title
from newsroom.render.mail.view import Occasion, Person, Picture, Story
from newsroom.render.pictures.pictures import variants
from newsroom.render.text.characters import one_line
from newsroom.render.text.links import Links
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.plain import first_paragraph
from newsroom.render.text.rendered import ANCHOR, Target
from newsroom.render.words import Words

COLUMN = 552  # pixels that the text column is wide
THUMBNAIL = 168
_MAIL_PICTURES = {"image/jpeg", "image/png", "image/gif"}  # Word shows no WebP, Gmail no SVG
_FOOTNOTES = (f"#{ANCHOR}fn:", f"#{ANCHOR}fnref:")


class Shelf:
    """The public pieces of the newsroom by slug, and how each looks in a letter."""

    def __init__(self, newsroom: Newsroom, lang: str, now: datetime) -> None:
        public = newsroom.public(now)
        self.posts = {post.slug: post for post in public.posts}
        self.events = {event.slug: event for event in public.events}
        self.contacts = {contact.slug: contact for contact in public.contacts}
        self._site = newsroom.site
        self._addresses = Addresses(newsroom.site)
        self._base = f"{newsroom.site.url}/"
        self._links = Links(newsroom, now)
        self._words = Words(lang)

    def resolver(self, piece: Piece) -> Callable[[str], Target]:
        """Where addresses in a piece's text lead, and pictures no wider than the column.

        Footnotes are in the letter itself.
        """
        resolve = self._links.resolver(piece.source, self._base, narrow=True)

        def fitted(address: str) -> Target:
            if address.startswith(_FOOTNOTES):
                return Target(address)
            target = resolve(address)
            if not target.width or not target.height:
                return target
            return Target(target.url, *_fit(target.width, target.height, COLUMN))

        return fitted

    def opening(self, piece: Piece) -> str:
        """The first words of a piece's text."""
        return first_paragraph(render_markdown(piece.body)) or ""

    def story(self, post: Post, width: int) -> Story:
        """A post, with its picture no wider than `width` pixels."""
        return Story(
            id=post.id,
            lang=post.lang,
            category=self._site.category_word(post.category) if post.category else None,
            date=self._words.date(post.published),
            title=one_line(post.title),
            summary=one_line(post.summary or self.opening(post)),
            url=self._base + self._addresses.piece(post),
            picture=self._picture(post.image, width),
        )

    def occasion(self, event: Event) -> Occasion:
        """An event, with what has changed since it was announced."""
        title = event_title(event, self._words)
        off = event.status in {EventStatus.CANCELLED, EventStatus.POSTPONED}
        deadline = event.registration.deadline if event.registration and not off else None
        return Occasion(
            id=event.id,
            lang=event.lang,
            when=self._words.span(event.start, event.end, all_day=event.all_day),
            title=title,
            place=self._place(event),
            deadline=self._words.date(deadline) if deadline else None,
            changed=what_changed(event, self._words),
            url=self._base + self._addresses.piece(event),
            calendar_url=self._base + self._addresses.event_calendar(event),
        )

    def person(self, contact: Contact) -> Person:
        """Somebody to ask."""
        return Person(
            id=contact.id,
            lang=contact.lang,
            name=one_line(contact.title),
            role=contact.role,
            email=contact.email,
            phone=contact.phone,
        )

    def _place(self, event: Event) -> str | None:
        if event.place is not None:
            return one_line(event.place.name)
        return self._words.gettext("Online") if event.online else None

    def _picture(self, image: Image | None, width: int) -> Picture | None:
        if image is None:
            return None
        asset = self._links.asset(image.file)
        if asset is None:
            return None
        small = variants(asset, self._addresses)[-1]
        if small.media_type not in _MAIL_PICTURES or not small.width or not small.height:
            return None
        url = self._base + quote(small.address)
        return Picture(url, image.alt or "", *_fit(small.width, small.height, width))


def _fit(width: int, height: int, most: int) -> tuple[int, int]:
    """A size no wider than `most`, of the same shape."""
    shown = min(width, most)
    return shown, max(1, round(height * shown / width))
