"""Take a list of people who gave their consent elsewhere onto the list, all of it or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.database.turn import take_turn
from newsroom.errors import SettingsError, StateError
from newsroom.jobs.readers.candidates import ENDS, Candidate, Skipped, candidates_of, skip
from newsroom.jobs.readers.why_left_out import why_left_out
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import Saying, say
from newsroom.readers import consent, standing, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.lists import parse_list
from newsroom.readers.row_says import RowSays

_CHUNK = 400  # addresses asked about in one statement
_LONGEST_SOURCE = 200
_NAMED = 3  # headings
_OPEN = {SubscriberState.PENDING, SubscriberState.ACTIVE}


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of people, and what its owner says about it."""

    name: str
    content: bytes
    consent: str  # where and how these people agreed to the newsletter
    lang: str  # for those whose row names no language
    is_address_book: bool = False  # its owner says so, and that each in it has said yes


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A language that rows ask for and no letter comes in: its readers get the site's own."""

    language: str  # as written
    people: int  # of those added


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows = added + known + skipped."""

    rows: int
    added: int
    known: int  # were on the list already
    skipped: tuple[Skipped, ...]  # in the order of the file
    ended: int = 0  # of those skipped: written down as having left, or as unreachable
    lost: int = 0  # of those ended: got the newsletter until now
    columns: tuple[str, ...] = ()  # headings that addresses were read from; a plain list has none
    columns_unread: tuple[str, ...] = ()  # headings of other columns that hold addresses too
    unwritten: tuple[Unwritten, ...] = ()  # the commonest first
    contacts: tuple[str, ...] = ()  # headings that only an address book has


@dataclass(frozen=True, slots=True)
class _Proof:
    """What every entry in the consent log says about this import."""

    source: str
    wording: str
    now: datetime

    def of(self, act: Act, number: int) -> Consent:
        return Consent(number, act, self.now, "import", self.source, self.wording)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What became of some of the candidates."""

    added: int
    known: int
    skipped: tuple[Skipped, ...]
    ended: int
    lost: int
    unwritten: Counter[str]

    def __add__(self, other: "_Verdict") -> "_Verdict":
        return _Verdict(
            self.added + other.added,
            self.known + other.known,
            self.skipped + other.skipped,
            self.ended + other.ended,
            self.lost + other.lost,
            self.unwritten + other.unwritten,
        )


_NOBODY = _Verdict(0, 0, (), 0, 0, Counter())


def import_subscribers(  # noqa: PLR0913 (a file, and how it is to be taken)
    engine: Engine,
    keys: Sequence[bytes],
    file: ListFile,
    now: datetime,
    progress: Callable[[int, int], object] | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    """Import a list (see `parse_list`) in one transaction; a second run of it adds nobody.

    Whoever left, bounced or never confirmed, there or here, never becomes a reader. `progress` is
    told how many addresses of how many are done; a `dry_run` changes nothing. Raises SettingsError
    without a word about consent and ContentError when the file is not a list. An address book of
    which its owner does not know that it is one raises StateError, unless nothing is changed.
    """
    if not file.consent.strip():
        raise SettingsError(
            say("--consent is empty; write where these people agreed to the newsletter")
        )
    listed = parse_list(file.content, file.name)
    if listed.contacts and not (file.is_address_book or dry_run):
        raise StateError(address_book(file.name, listed.contacts))
    candidates, skipped = candidates_of(listed.people, file.lang)
    with transaction(engine) as connection:
        take_turn(connection)
        wording = consent.keep_wording(connection, file.consent.strip())
        proof = _Proof(file.name[:_LONGEST_SOURCE], wording, now)
        taken = sum(
            (_take(connection, keys, chunk, proof) for chunk in _chunks(candidates, progress)),
            _NOBODY,
        )
        if dry_run:
            connection.rollback()
    return Imported(
        rows=len(listed.people),
        added=taken.added,
        known=taken.known,
        skipped=tuple(sorted((*skipped, *taken.skipped), key=lambda one: one.row)),
        ended=taken.ended,
        lost=taken.lost,
        columns=listed.read,
        columns_unread=listed.unread,
        unwritten=tuple(Unwritten(lang, people) for lang, people in taken.unwritten.most_common()),
        contacts=listed.contacts,
    )


def address_book(name: str, headings: Sequence[str]) -> Saying:
    """That a file looks like an address book, by which headings, and what it takes."""
    return say(
        "{file} looks like an address book ({columns}): to stand in one is not to have said yes to "
        "a newsletter. When each of them has: --address-book",
        file=name,
        columns=", ".join(headings[:_NAMED]),
    )


def _take(
    connection: Connection, keys: Sequence[bytes], chunk: Sequence[Candidate], proof: _Proof
) -> _Verdict:
    """Put on the list those who may be, end what the file says has ended, skip the rest."""
    emails = [candidate.person.email for candidate in chunk]
    here = subscribers.known(connection, emails)
    kept_out = suppression.reasons(connection, keys, emails)
    skipped = tuple(
        skip(c.listed, reason)
        for c in chunk
        if (reason := why_left_out(c.person.email, c.listed.says, here, kept_out))
    )
    new = [c for c in chunk if _is_news(c) and c.person.email not in {*here, *kept_out}]
    _add(connection, new, proof)
    ending = [c for c in chunk if c.listed.says in ENDS]
    states = [each.state for c in ending if (each := here.get(c.person.email))]
    open_here = [state for state in states if state in _OPEN]
    _end(connection, ending, here, proof)
    added = [candidate for candidate in new if candidate.listed.says == RowSays.READER]
    return _Verdict(
        len(added),
        len(chunk) - len(added) - len(skipped),
        skipped,
        ended=len(new) - len(added) + len(open_here),
        lost=open_here.count(SubscriberState.ACTIVE),
        unwritten=Counter(c.unwritten for c in added if c.unwritten),
    )


def _is_news(candidate: Candidate) -> bool:
    """Whether the list says something of a stranger that we must know from now on."""
    return candidate.listed.says == RowSays.READER or candidate.listed.says in ENDS


def _add(connection: Connection, candidates: Sequence[Candidate], proof: _Proof) -> None:
    """Strangers enter in the state their list gives them: those who left as having left."""
    people = [candidate.person for candidate in candidates]
    numbers = subscribers.add(connection, people, proof.now)
    acts = [ENDS.get(c.listed.says, (None, Act.IMPORTED))[1] for c in candidates]
    consents = (proof.of(act, number) for act, number in zip(acts, numbers, strict=True))
    consent.record(connection, *consents)


def _end(
    connection: Connection,
    candidates: Iterable[Candidate],
    here: Mapping[str, Subscriber],
    proof: _Proof,
) -> None:
    """End the subscriptions that the list says have ended elsewhere.

    Of somebody who bounced here a leaving is written down, for the day that this is taken back.
    """
    for candidate in candidates:
        person = here.get(candidate.person.email)
        if person is None:
            continue
        state, act = ENDS[candidate.listed.says]
        if person.state in _OPEN:
            subscribers.set_state(connection, person.id, state, proof.now)
            consent.record(connection, proof.of(act, person.id))
        elif act is Act.LEFT and not standing.has_left(connection, person):
            consent.record(connection, proof.of(act, person.id))


def _chunks(
    candidates: Sequence[Candidate], progress: Callable[[int, int], object] | None
) -> Iterator[Sequence[Candidate]]:
    for done in range(0, len(candidates), _CHUNK):
        if progress is not None:
            progress(done, len(candidates))
        yield candidates[done : done + _CHUNK]
