"""The formats in which the news can be subscribed to."""

from typing import Final, NamedTuple


class FeedFormat(NamedTuple):
    """One format, and the document of all news in it."""

    path: str  # below the site's root; the feed of a topic is named so too
    media_type: str
    label: str  # beside the site's name, in lists of feeds; the first has none


RSS: Final = FeedFormat("feed.xml", "application/rss+xml", "")
ATOM: Final = FeedFormat("atom.xml", "application/atom+xml", "Atom")
JSON: Final = FeedFormat("feed.json", "application/feed+json", "JSON")
FORMATS: Final = (RSS, ATOM, JSON)
