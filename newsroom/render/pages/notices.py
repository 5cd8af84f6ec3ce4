"""The notices of changed events, where pages and feeds list them among the posts."""

from newsroom.render.event_news import Notice, notices
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Teaser


def public_notices(library: Library) -> tuple[Notice, ...]:
    """What readers are told of events that were changed, newest first."""
    told = {
        slug: tuple(card.since for card in cards) for slug, cards in library.posts_by_event.items()
    }
    return notices(library.site, library.public.events, told, library.now)


def notice_teaser(notice: Notice) -> Teaser:
    """The notice as it stands in a list of news; it leads to the page of the event."""
    return Teaser(
        title=notice.title,
        address=notice.address,
        lang=notice.lang,
        published=notice.published,
        category=None,
        summary=notice.summary,
        picture=None,
    )
