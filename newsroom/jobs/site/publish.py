"""Publish: build the site, bring it where it is read, tell who follows it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from newsroom.jobs.site.announce_attempt import Round
from newsroom.jobs.site.announce_words import lines_of
from newsroom.model import Severity
from newsroom.model.saying import Saying, joined, say
from newsroom.output.tally import Tally


@dataclass(frozen=True, slots=True)
class Published:
    """What was built, and what became of its announcements."""

    built: Tally
    announced: Round = field(default_factory=Round)

    @property
    def notes(self) -> tuple[Saying, ...]:
        """A line for each thing about announcements that somebody should know."""
        return lines_of(self.announced)

    @property
    def has_changed(self) -> bool:
        """Whether readers find anything else than before, or there is something to say of them."""
        written = self.built.written > 0 or self.built.removed > 0
        return written or bool(self.announced.made) or bool(self.notes)

    @property
    def to_mend(self) -> int:
        """How many errors the folder has."""
        return sum(problem.severity is Severity.ERROR for problem in self.built.problems)


def publish(
    build: Callable[[], Tally],
    deploy: Callable[[], None],
    announce: Callable[[], Round],
) -> Published:
    """Build, deploy, and announce what is then on the site, in this order.

    A deploy that fails raises OutsideError before anybody is told of what is not there yet.
    """
    built = build()
    deploy()
    return Published(built, announce())


def publishing_note(published: Published) -> Saying:
    """One line about it for the ledger."""
    built, announced = published.built, published.announced
    parts: list[Saying] = [
        say(
            "{pages} pages, {written} written, {removed} removed",
            pages=built.pages,
            written=built.written,
            removed=built.removed,
        )
    ]
    if announced.made:
        parts.append(say("{number} announced", number=len(announced.made)))
    if published.to_mend:
        parts.append(say("{number} to mend: newsroom check", number=published.to_mend))
    return joined("; ", (joined(", ", parts), *published.notes))
