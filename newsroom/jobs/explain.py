"""Why a piece is, or is not, where its readers look for it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from newsroom.content.folder import Reading
from newsroom.errors import ContentError
from newsroom.model import (
    Addresses,
    Event,
    Issue,
    Newsroom,
    Piece,
    Post,
    Problem,
    Publication,
    Severity,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What readers see of one file at one time."""

    path: PurePosixPath
    public: bool
    since: datetime | None  # when it became, or will become, public; None without a date
    reason: str
    urls: tuple[str, ...]  # where it is, or will be


def explain(source: PurePosixPath, reading: Reading, now: datetime) -> Explanation:
    """What has become of the file `source` (`posts/news/…`, from the newsroom's root).

    Raises ContentError when the folder holds no such file.
    """
    errors = [
        problem
        for problem in reading.problems
        if problem.source == source and problem.severity is Severity.ERROR
    ]
    newsroom = reading.newsroom
    if newsroom is None:
        return _kept_out(source, "site.yaml has errors, so nothing is published")
    piece = next((piece for piece in newsroom.pieces() if piece.source == source), None)
    if piece is not None:
        return _explained(piece, newsroom, now)
    if errors:
        return _kept_out(source, _first(errors))
    raise ContentError(f"{source}: there is no piece in this file; name one in posts/")


def _kept_out(source: PurePosixPath, reason: str) -> Explanation:
    return Explanation(source, public=False, since=None, reason=reason, urls=())


def _first(errors: list[Problem]) -> str:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    line = f"line {errors[0].line}: " if errors[0].line else ""
    return f"it has an error, {line}{errors[0].message}; {errors[0].fix}{more}"


def _explained(piece: Piece, newsroom: Newsroom, now: datetime) -> Explanation:
    addresses = Addresses(newsroom.site)
    paths = [addresses.piece(piece)]
    if isinstance(piece, Event):
        paths.append(addresses.event_calendar(piece))
    return Explanation(
        path=piece.source,
        public=piece.is_public(now),
        since=_since(piece),
        reason=_reason(piece, now),
        urls=tuple(addresses.url(path) for path in paths),
    )


def _since(piece: Piece) -> datetime | None:
    match piece:
        case Post(published=moment) | Publication(published=moment) | Issue(published=moment):
            return moment
    return None


def _reason(piece: Piece, now: datetime) -> str:
    if piece.draft:
        return "it is a draft; take the line draft: true away to publish it"
    if piece.withdrawn:
        return f"it was withdrawn on {piece.withdrawn.date}: {piece.withdrawn.reason}"
    since = _since(piece)
    if since and since > now:
        return f"its date, {since:%Y-%m-%d %H:%M}, has not come"
    if isinstance(piece, Post) and piece.expires and piece.expires <= now:
        return f"it expired on {piece.expires:%Y-%m-%d %H:%M}"
    return f"its date, {since:%Y-%m-%d %H:%M}, has come" if since else "it is not a draft"
