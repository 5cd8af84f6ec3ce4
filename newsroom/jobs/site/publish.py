"""Publish: build the site, bring it where it is read, tell who follows it."""

from collections.abc import Callable
from dataclasses import dataclass

from newsroom.errors import OutsideError
from newsroom.model import Severity
from newsroom.model.saying import Saying, joined, say
from newsroom.output.tally import Tally


@dataclass(frozen=True, slots=True)
class Published:
    """What was built, and what outside the house did not work."""

    built: Tally
    notes: tuple[str, ...]  # a line for each channel that could not be told

    @property
    def has_changed(self) -> bool:
        """Whether readers find anything else than before."""
        return self.built.written > 0 or self.built.removed > 0

    @property
    def to_mend(self) -> int:
        """How many errors the folder has."""
        return sum(problem.severity is Severity.ERROR for problem in self.built.problems)


def publish(
    build: Callable[[], Tally],
    deploy: Callable[[], None],
    announce: Callable[[], tuple[str, ...]],
) -> Published:
    """Build, deploy, and announce what is then on the site, in this order.

    A deploy that fails raises OutsideError before anybody is told of what is not there yet.
    """
    built = build()
    deploy()
    return Published(built, announce())


def publishing_note(published: Published) -> Saying:
    """One line about it for the ledger. Raises OutsideError when a channel could not be told."""
    built = published.built
    if published.notes:
        raise OutsideError(joined("; ", published.notes))
    line = say(
        "{pages} pages, {written} written, {removed} removed",
        pages=built.pages,
        written=built.written,
        removed=built.removed,
    )
    if not published.to_mend:
        return line
    to_mend = say("{number} to mend: newsroom check", number=published.to_mend)
    return joined(", ", (line, to_mend))
