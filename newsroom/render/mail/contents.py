"""What stands in one issue of the newsletter, gathered from the newsroom."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from newsroom.model import Addresses, Issue, Newsroom, Piece
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.markdown_text import render_text
from newsroom.render.mail.shelf import COLUMN, THUMBNAIL, Shelf
from newsroom.render.mail.view import LetterView
from newsroom.render.text.characters import one_line
from newsroom.render.text.markdown import render_html, render_markdown
from newsroom.render.text.plain import plain_lines
from newsroom.render.words import Words

_P = TypeVar("_P", bound=Piece)
_PREHEADER = 90  # characters that lists of letters have room for


def letter_view(newsroom: Newsroom, issue: Issue, lang: str, now: datetime) -> LetterView:
    """The issue with what it names, as far as readers may see it at `now`."""
    shelf = Shelf(newsroom, lang, now)
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
        preheader=one_line(issue.preheader or _shortened(_first_words(issue, shelf))),
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
        my_data_url=addresses.url(addresses.section("my_data")),
        leave_url=LEAVE,
    )


def _named(slugs: Iterable[str], pieces: dict[str, _P]) -> list[_P]:
    return [pieces[slug] for slug in dict.fromkeys(slugs) if slug in pieces]


def _first_words(issue: Issue, shelf: Shelf) -> str:
    """What a letter begins with: its introduction, or the titles of its stories."""
    lines = plain_lines(render_markdown(issue.body))
    named = dict.fromkeys((issue.lead, *issue.stories))
    titles = [shelf.posts[slug].title for slug in named if slug in shelf.posts]
    return " ".join(lines) or " · ".join(titles)


def _shortened(text: str) -> str:
    """The text up to the last whole word that lists of letters have room for."""
    if len(text) <= _PREHEADER:
        return text
    return text[: _PREHEADER - 1].rsplit(" ", 1)[0].rstrip(" ,.:;–-") + " …"
