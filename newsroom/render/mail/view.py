"""What stands in one issue of the newsletter, gathered before it is written as HTML and as text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote, urlsplit

from newsroom.model import (
    Addresses,
    Contact,
    Event,
    EventStatus,
    Image,
    Issue,
    Newsroom,
    Piece,
    Post,
)
from newsroom.render.characters import one_line
from newsroom.render.event_changes import what_changed
from newsroom.render.event_title import event_title
from newsroom.render.links import Links
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.markdown_text import render_text
from newsroom.render.markdown import ANCHOR, Target, render_html, render_markdown
from newsroom.render.pictures import variants
from newsroom.render.plain import first_paragraph
from newsroom.render.words import Words

_P = TypeVar("_P", bound=Piece)
COLUMN = 552  # pixels that the text column is wide
THUMBNAIL = 168
_MAIL_PICTURES = {"image/jpeg", "image/png", "image/gif"}  # Word shows no WebP, Gmail no SVG
_PREHEADER = 90
_FOOTNOTES = (f"#{ANCHOR}fn:", f"#{ANCHOR}fnref:")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as it is shown."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Story:
    """A post in the letter."""

    id: str  # the post's, so that feed, page and letter name it alike
    lang: str
    category: str | None  # in the site's language
    date: str
    title: str
    summary: str
    url: str
    picture: Picture | None

    @property
    def kicker(self) -> str:
        """What kind of story it is, and of which day."""
        return " · ".join(part for part in (self.category, self.date) if part)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event in the letter."""

    id: str
    lang: str
    when: str
    title: str
    place: str | None
    deadline: str | None
    changed: tuple[str, ...]  # what is new about it since it was announced
    url: str
    calendar_url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask."""

    id: str
    lang: str
    name: str
    role: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """Everything that a letter shows."""

    words: Words
    site_lang: str
    issue_lang: str  # of title, subject, preheader and introduction
    subject: str
    preheader: str
    sender: str
    number: int | None
    title: str
    introduction_html: str
    introduction_text: str
    lead: Story | None
    stories: tuple[Story, ...]
    occasions: tuple[Occasion, ...]
    people: tuple[Person, ...]
    why: str  # this letter came to this reader
    postal_address: str
    host: str
    home_url: str
    web_url: str
    subscribe_url: str
    privacy_url: str
    leave_url: str  # a hole: filled for each reader


def letter_view(newsroom: Newsroom, issue: Issue, lang: str, now: datetime) -> LetterView:
    """The issue with what it names, as far as readers may see it at `now`."""
    shelf = _Shelf(newsroom, lang, now)
    site, addresses, words = newsroom.site, Addresses(newsroom.site), Words(lang)
    lead = [shelf.posts[issue.lead]] if issue.lead in shelf.posts else []
    named = dict.fromkeys(issue.stories)
    rest = [slug for slug in named if slug in shelf.posts and slug != issue.lead]
    resolve = shelf.resolver(issue)
    return LetterView(
        words=words,
        site_lang=site.language,
        issue_lang=issue.lang,
        subject=one_line(issue.subject or issue.title),
        preheader=one_line(issue.preheader or _shortened(shelf.opening(issue), _PREHEADER)),
        sender=one_line(site.name),
        number=issue.number,
        title=one_line(issue.title),
        introduction_html=render_html(issue.body, resolve),
        introduction_text=render_text(issue.body, resolve),
        lead=next((shelf.story(issue.told(post), COLUMN) for post in lead), None),
        stories=tuple(shelf.story(issue.told(shelf.posts[slug]), THUMBNAIL) for slug in rest),
        occasions=tuple(shelf.occasion(e) for e in _named(issue.events, shelf.events)),
        people=tuple(shelf.person(c) for c in _named(issue.contacts, shelf.contacts)),
        why=words.gettext(
            "You get this letter because you subscribe to the newsletter of {name}."
        ).format(name=one_line(site.name)),
        postal_address=one_line(site.postal_address),
        host=urlsplit(site.url).netloc,
        home_url=addresses.url(""),
        web_url=addresses.url(addresses.piece(issue)),
        subscribe_url=addresses.url(addresses.section("subscribe")),
        privacy_url=addresses.url(addresses.section("privacy")),
        leave_url=LEAVE,
    )


class _Shelf:
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


def _named(slugs: Iterable[str], pieces: dict[str, _P]) -> list[_P]:
    return [pieces[slug] for slug in slugs if slug in pieces]


def _shortened(text: str, most: int) -> str:
    """The text up to the last whole word that fits."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.:;–-") + " …"
