"""What is known of a piece without opening it: all that other pieces, lists and rules need."""

from bisect import bisect_right
from math import inf
from typing import NamedTuple

from newsroom.model.publicity import Standing, standing

Field = tuple[str | int, ...]  # the way to a field of the front matter: ("attachments", 0, "file")


class Card(NamedTuple):
    """The card of one piece, in values that every cache can hold.

    A folder of ten thousand posts has ten thousand cards in memory and opens only the pieces that
    a changed page shows. Two cards with the same `digest` stand for the same piece and texts.
    """

    source: str  # relative to the newsroom's root
    kind: str  # the value of its Kind
    digest: bytes  # of the text, and of what in the site decides how it is read
    face: bytes  # of what lists show of it: title, address, day, category, summary, picture
    id: str
    slug: str
    title: str
    lang: str
    address: str  # of its page, below the site's root
    aliases: tuple[str, ...] = ()  # addresses it once had
    tags: tuple[str, ...] = ()
    category: str | None = None
    image: str | None = None  # the file of the picture that lists show
    since: float = -inf  # POSIX seconds: public from then,
    until: float = inf  # and no longer at this time
    draft: bool = False
    withdrawn: bool = False
    rank: float = 0.0  # its place among its kind, the first lowest: by time, or as editors order
    month: int = 0  # year and month in the site's zone, 202604; 0 for what has no day
    modified: str | None = None  # when its content last changed, as sitemaps write it
    over: float = inf  # POSIX seconds: an event has ended by then
    turns: tuple[float, ...] = ()  # POSIX seconds at which its page changes without an edit
    series: str | None = None  # of events
    altered: bool = False  # an event whose file tells that it was changed: that may be news
    names: tuple[tuple[Field, str, str], ...] = ()  # pieces it names: field, slug, kind
    files: tuple[tuple[Field, str], ...] = ()  # files its fields name: field, path from the root
    links: tuple[tuple[int, str, str | None], ...] = ()  # in its texts: line, as written, meaning
    leads: tuple[str, ...] = ()  # files of the folder that addresses in its rendered texts may mean
    anchors: tuple[str, ...] | None = None  # what links may name after a #; None: not known
    checks: tuple[tuple[str, str], ...] = ()  # severity by code, for this piece alone
    kept_out: bool = False  # of the site, for what was found in its text

    def standing(self, now: float) -> Standing:
        """Where the piece stands with its readers at `now`, in POSIX seconds."""
        return standing(
            draft=self.draft,
            withdrawn=self.withdrawn,
            since=self.since,
            until=self.until,
            now=now,
        )

    def is_public(self, now: float) -> bool:
        """Whether readers may see the piece at `now`, in POSIX seconds."""
        return self.standing(now) is Standing.PUBLIC

    def has_come(self, now: float) -> bool:
        """Whether its time has come, so that readers met it, or the word that it was withdrawn."""
        return not self.draft and self.since <= now

    def is_taken_back(self, now: float) -> bool:
        """Whether a page says that it was withdrawn: one where readers have met it."""
        return self.standing(now) is Standing.WITHDRAWN and self.has_come(now)

    def has_page(self, now: float) -> bool:
        """Whether a page stands at its address: its own, or the word that it was withdrawn."""
        return self.is_public(now) or self.is_taken_back(now)

    def turned(self, now: float) -> int:
        """How many of its `turns` have passed by `now`, in POSIX seconds."""
        return bisect_right(self.turns, now)
