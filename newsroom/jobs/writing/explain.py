"""Why a piece is, or is not, where its readers look for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from newsroom.content.folder import Reading
from newsroom.content.rules.cards import cards_of
from newsroom.errors import ContentError
from newsroom.jobs.advice.lost_addresses import Moved
from newsroom.model import (
    Addresses,
    Card,
    Contact,
    Kind,
    Newsroom,
    Piece,
    Problem,
    Severity,
    Standing,
)
from newsroom.model.filing import kind_of, shelf_of
from newsroom.model.saying import Saying, joined, say
from newsroom.output.published import Published
from newsroom.render.whereabouts import whereabouts


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the site, and what it is to its readers."""

    what: Saying
    url: str
    own: bool = False  # the piece's own page or file


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What readers see of one file at one time."""

    path: PurePosixPath
    public: bool
    reason: Saying
    since: datetime | None = None  # when it became, or will become, public; None without a date
    until: datetime | None = None  # when it is taken off by itself
    kind: Kind | None = None  # None for what is no piece
    id: str | None = None
    title: str | None = None
    places: tuple[Found, ...] = ()  # where readers meet it, or will meet it; its own page first
    shown_by: tuple[PurePosixPath, ...] = ()  # of a picture or document: the pieces that have it
    problems: tuple[Problem, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """Its own addresses: where it is, or will be."""
        return tuple(place.url for place in self.places if place.own)


def explain(source: PurePosixPath, reading: Reading, now: datetime) -> Explanation:
    """What has become of the file `source` (`posts/news/…`, from the newsroom's root).

    The folder of a piece stands for the piece. Raises ContentError when there is no such file.
    """
    source = _file_meant(source, reading)
    problems = tuple(problem for problem in reading.problems if problem.source == source)
    newsroom = reading.newsroom
    if newsroom is None:
        reason = say("site.yaml has errors, so nothing is published")
        return Explanation(path=source, public=False, reason=reason, problems=problems)
    piece = _piece(source, newsroom)
    if piece is not None:
        return _explained(piece, newsroom, now, problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        return Explanation(path=source, public=False, reason=_first(errors), problems=problems)
    if source == PurePosixPath("posts/site.yaml"):
        reason = say("it holds the settings of the site, and no page is made of it")
        return Explanation(path=source, public=False, reason=reason, problems=problems)
    if problems:  # a text where no piece is looked for
        reason = joined("", [problems[0].message])
        return Explanation(path=source, public=False, reason=reason, problems=problems)
    return _file_explained(source, newsroom, now)


def is_address(file: str) -> bool:
    """Whether somebody named a place on the web, and not a file."""
    return file.startswith(("https://", "http://"))


def source_at(
    address: str,
    newsroom: Newsroom,
    moved: Iterable[Moved] = (),
    gone: Iterable[Published] = (),
) -> PurePosixPath:
    """The file that the page at an address is made from, or was when it was published there.

    Raises ContentError when nothing of the folder is there.
    """
    addresses = Addresses(newsroom.site)
    below = urlsplit(newsroom.site.url).path
    path = unquote(urlsplit(address).path).removeprefix(below)
    path = path.strip("/").removesuffix("index.html").rstrip("/")
    for asset in newsroom.assets:
        if addresses.asset(asset) == path:
            return asset.source
    wanted = {f"{path}/", path, f"{path}/#{urlsplit(address).fragment}"}
    for card in cards_of(newsroom):
        if wanted & {card.address, *card.aliases}:
            return PurePosixPath(card.source)
    for piece in moved:
        if piece.before.address in wanted:
            return PurePosixPath(piece.card.source)
    for known in gone:
        if known.address in wanted:
            raise ContentError(
                say(
                    '{address}: "{title}" was there, and its file {file} is gone',
                    address=address,
                    title=known.title,
                    file=known.source,
                )
            )
    raise ContentError(say("{address}: no file of the folder has a page there", address=address))


def _file_meant(source: PurePosixPath, reading: Reading) -> PurePosixPath:
    """The file of the piece, where its folder was named."""
    index = source / "index.md"
    known = {problem.source for problem in reading.problems}
    if reading.newsroom is not None:
        known.update(PurePosixPath(card.source) for card in cards_of(reading.newsroom))
    return index if index in known else source


def _piece(source: PurePosixPath, newsroom: Newsroom) -> Piece | None:
    for kind in newsroom.kinds():
        shelf = shelf_of(kind, newsroom.site)
        for card in shelf.cards:
            if card.source == str(source):
                return shelf.take(card)
    return None


def _first(problems: Sequence[Problem]) -> Saying:
    """The first problem of a file as the reason why it is not shown."""
    first = problems[0]
    what = say("{message}; {fix}", message=first.message, fix=first.fix)
    if first.line is None:
        return say("it has an error: {what}", what=what)
    return say("it has an error on line {line}: {what}", line=first.line, what=what)


def _explained(
    piece: Piece, newsroom: Newsroom, now: datetime, problems: tuple[Problem, ...]
) -> Explanation:
    url = Addresses(newsroom.site).url
    places = (Found(p.what, url(p.path), p.own) for p in whereabouts(piece, newsroom, now))
    standing = piece.standing(now)
    return Explanation(
        path=piece.source,
        public=standing is Standing.PUBLIC,
        reason=_reason(piece, standing),
        since=piece.span().since,
        until=piece.span().until,
        kind=kind_of(piece),
        id=piece.id,
        title=piece.title,
        places=tuple(place for place in places if place.own or standing.has_readers),
        problems=problems,
    )


def _reason(piece: Piece, standing: Standing) -> Saying:
    since, until = piece.span()
    match standing:
        case Standing.DRAFT:
            return say("it is a draft; take the line that begins with draft: away to publish it")
        case Standing.WITHDRAWN if taken := piece.withdrawn:
            return say("it was withdrawn on {day}: {reason}", day=taken.date, reason=taken.reason)
        case Standing.WAITING:
            return say("its date, {since:%Y-%m-%d %H:%M}, has not come", since=since)
        case Standing.EXPIRED if isinstance(piece, Contact):
            return say("the task ended at {until:%Y-%m-%d %H:%M}", until=until)
        case Standing.EXPIRED:
            return say("it expired on {expires:%Y-%m-%d %H:%M}", expires=until)
    if since:
        return say("its date, {since:%Y-%m-%d %H:%M}, has come", since=since)
    return say("it is not a draft")


def _file_explained(source: PurePosixPath, newsroom: Newsroom, now: datetime) -> Explanation:
    """What readers see of a picture or document."""
    if source.suffix == ".md":
        raise ContentError(say("{file}: there is no piece in this file", file=source))
    users = [card for card in cards_of(newsroom) if str(source) in _files_of(card)]
    if not (users or source.suffix):
        raise ContentError(
            say("{file}: no piece has this folder; name a file that is in it", file=source)
        )
    is_logo = source == PurePosixPath("posts", newsroom.site.brand.logo or "")
    public = is_logo or any(card.is_public(now.timestamp()) for card in users)
    addresses = Addresses(newsroom.site)
    homes = (addresses.asset(asset) for asset in newsroom.assets if asset.source == source)
    what = say("the file itself")
    return Explanation(
        path=source,
        public=public,
        reason=_use(public=public, is_logo=is_logo, used=bool(users)),
        places=tuple(Found(what, addresses.url(home), own=True) for home in homes),
        shown_by=tuple(PurePosixPath(card.source) for card in users),
    )


def _use(*, public: bool, is_logo: bool, used: bool) -> Saying:
    if is_logo:
        return say("it is the logo of the site")
    if public:
        return say("a public piece shows it, or links to it")
    if used:
        return say("no piece that shows it, or links to it, is public")
    return say("no piece shows it, or links to it")


def _files_of(card: Card) -> set[str | None]:
    """The files that a piece names in its fields, shows or links to."""
    return {file for _, file in card.files} | {meaning for _, _, meaning in card.links}
