"""Take a published piece back, so that a short page says so in its place."""

from datetime import datetime
from pathlib import Path, PurePosixPath

from newsroom.content.folder.names import on_disk
from newsroom.content.folder.save import replace
from newsroom.content.write import set_fields
from newsroom.errors import StateError
from newsroom.jobs.writing.one_piece import card_at
from newsroom.model import Card, Kind, Newsroom, Standing
from newsroom.model.saying import say


def withdraw(
    root: Path, source: PurePosixPath, newsroom: Newsroom, reason: str, now: datetime
) -> Card:
    """Write into a file that its piece was withdrawn, why, and on which day.

    Nothing else in the file changes. Raises ContentError when there is no piece in it; StateError
    when readers have not seen it, or when it is to be told in another way.
    """
    card = card_at(source, newsroom)
    _check(card, now)
    file = PurePosixPath(card.source)
    day = now.astimezone(newsroom.site.timezone).date()
    written = on_disk(root, file).read_bytes().decode()
    told = {"withdrawn": {"date": f"{day}", "reason": reason}}
    replace(on_disk(root, file), set_fields(written, told, file))
    return card


def _check(card: Card, now: datetime) -> None:
    standing = card.standing(now.timestamp())
    if standing is Standing.WITHDRAWN:
        raise StateError(say("{file}: it is withdrawn already", file=card.source))
    if standing in {Standing.DRAFT, Standing.WAITING}:
        raise StateError(
            say(
                "{file}: readers have not seen it, so there is nothing to take back; "
                "write draft: true, or delete the file",
                file=card.source,
            )
        )
    if card.kind == Kind.EVENT:
        raise StateError(
            say(
                "{file}: an event that is withdrawn stays in the calendars of those who have it; "
                "write status: cancelled, and calendars tell them",
                file=card.source,
            )
        )
    if card.kind == Kind.CONTACT:
        raise StateError(
            say(
                "{file}: a person has no page to leave a notice on; delete the file, or write "
                "until with the last day",
                file=card.source,
            )
        )
