"""What is doubtful in the fields of a piece, each of which is right by itself."""

from collections.abc import Iterator
from datetime import timedelta

from newsroom.content.front.days import is_known
from newsroom.content.front.notes import shortened
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.picture_checks import picture_of
from newsroom.model import Contact, Event, Image, Member, Piece, Post
from newsroom.model.saying import Saying, say

FieldFinding = tuple[tuple[str, ...], Finding]  # with the way to the field

_FEW_LETTERS = 8
_AT_HOME = """
    gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx proton protonmail
    telia comhem bredband spray passagen tele2 swipnet
"""
_PRIVATE = frozenset(_AT_HOME.split())
_MOMENT = timedelta(microseconds=1)  # an all-day event ends at the midnight after it


def field_findings(piece: Piece) -> Iterator[FieldFinding]:
    """Everything that is doubtful in the fields, each with the way to its field."""
    for name, image in _images(piece):
        if image is not None:
            yield from (((name, "alt"), finding) for finding in picture_of(image))
    letters = [c for c in piece.title if c.isalpha()]
    if len(letters) > _FEW_LETTERS and piece.title.isupper():
        message = say("the title is in capitals only, which screen readers may spell out")
        fix = say("write {words}", words=shortened(piece.title.capitalize()))
        yield ("title",), Finding(0, "capitals", message, fix)
    for way, message, fix in _orders(piece):
        yield way, Finding(0, "date-order", message, fix)
    if isinstance(piece, Contact) and piece.email and _is_private(piece.email):
        message = say("the address {email} looks private", email=piece.email)
        fix = say("write one that goes with the office, such as office@example.se")
        yield ("email",), Finding(0, "private-address", message, fix)


def _images(piece: Piece) -> Iterator[tuple[str, Image | None]]:
    yield "image", piece.image
    if isinstance(piece, Contact):
        yield "photo", piece.photo
    if isinstance(piece, Member):
        yield "logo", piece.logo


def _orders(piece: Piece) -> Iterator[tuple[tuple[str, ...], Saying, Saying]]:
    """Dates that come in an order they should not."""
    match piece:
        case Post(published=published, expires=expires, updated=updated):
            if expires and expires <= published:
                message = say(
                    "expires {expires:%Y-%m-%d %H:%M} is not after date, so it is never public",
                    expires=expires.replace(tzinfo=None),
                )
                yield ("expires",), message, say("write a later day, or take the line away")
            if updated and updated < published:
                message = say(
                    "updated {updated:%Y-%m-%d %H:%M} is before date",
                    updated=updated.replace(tzinfo=None),
                )
                yield ("updated",), message, say("write a later day, or take the line away")
        case Event(registration=registration, start=start, end=end) if is_known(start):
            deadline = registration.deadline if registration else None
            last = max(start, end - _MOMENT) if end else start
            if deadline and deadline.date() > last.date():
                message = say(
                    "the deadline {deadline:%Y-%m-%d} is after the event",
                    deadline=deadline.date(),
                )
                fix = say("write a day before {start:%Y-%m-%d}", start=start.date())
                yield ("registration", "deadline"), message, fix


def _is_private(email: str) -> bool:
    """Whether an address is of the kind that people have at home."""
    host = email.rpartition("@")[2].lower()
    return host.partition(".")[0] in _PRIVATE and host.count(".") == 1
