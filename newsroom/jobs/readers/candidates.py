"""The rows of an imported list whose address can be used, one for each address."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.errors import AddressError
from newsroom.jobs.readers.read_language import language_meant
from newsroom.model import SubscriberState
from newsroom.model.printable import printable
from newsroom.model.saying import say
from newsroom.readers.addresses import canonical
from newsroom.readers.consent import Act
from newsroom.readers.lists import Listed
from newsroom.readers.row_says import RowSays
from newsroom.readers.subscribers import NewSubscriber, clean_name

_SEVERITY = tuple(RowSays)  # in the order in which they forbid
ENDS = {
    RowSays.LEFT: (SubscriberState.UNSUBSCRIBED, Act.LEFT),
    RowSays.BOUNCED: (SubscriberState.SUPPRESSED, Act.SUPPRESSED),
}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that did not become a reader, and why."""

    row: int  # as a spreadsheet counts: the headings are row 1
    email: str  # as written, control characters replaced
    reason: str  # a saying


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row with an address that mail can be sent to."""

    listed: Listed
    person: NewSubscriber
    unwritten: str | None  # the language asked for, where no letter comes in it


def candidates_of(listed: Iterable[Listed], lang: str) -> tuple[list[Candidate], list[Skipped]]:
    """One candidate for each address: the first row of it, or the one that forbids most."""
    chosen: dict[str, Candidate] = {}
    skipped = []
    for row in listed:
        try:
            candidate = _candidate(row, lang)
        except AddressError as error:
            skipped.append(skip(row, error.sentence))
            continue
        other = chosen.setdefault(candidate.person.email, candidate)
        if other is not candidate:
            kept, dropped = sorted((other, candidate), key=_severity)
            chosen[candidate.person.email] = kept
            twin = say("the same address as row {number}", number=kept.listed.row)
            skipped.append(skip(dropped.listed, twin))
    return list(chosen.values()), skipped


def _candidate(row: Listed, lang: str) -> Candidate:
    state, _ = ENDS.get(row.says, (SubscriberState.ACTIVE, None))
    meant = language_meant(row.lang, lang) if row.lang else lang
    return Candidate(
        row,
        NewSubscriber(
            email=canonical(row.email),
            state=state,
            lang=meant or lang,
            name=clean_name(row.name),
            tags=row.tags,
        ),
        unwritten=None if meant else printable(row.lang or ""),
    )


def _severity(candidate: Candidate) -> int:
    """Most forbidding first; of equals the earlier row, since sorting is stable."""
    return -_SEVERITY.index(candidate.listed.says)


def skip(listed: Listed, reason: str) -> Skipped:
    """That a row did not become a reader, as a terminal can show it."""
    return Skipped(listed.row, printable(listed.email), reason)
