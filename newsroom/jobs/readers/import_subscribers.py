"""Take a list of people who gave their consent elsewhere onto the list, all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.errors import AddressError, SettingsError
from newsroom.jobs.readers.why_left_out import why_left_out
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.readers import consent, standing, subscribers, suppression
from newsroom.readers.addresses import canonical
from newsroom.readers.consent import Act, Consent
from newsroom.readers.lists import Listed, parse_list
from newsroom.readers.row_says import RowSays
from newsroom.readers.subscribers import NewSubscriber, clean_name
from newsroom.readers.turn import take_turn

_CHUNK = 400  # addresses asked about in one statement
_LONGEST_SOURCE = 200
_SEVERITY = tuple(RowSays)  # in the order in which they forbid
_OPEN = {SubscriberState.PENDING, SubscriberState.ACTIVE}
_ENDS = {
    RowSays.LEFT: (SubscriberState.UNSUBSCRIBED, Act.LEFT),
    RowSays.BOUNCED: (SubscriberState.SUPPRESSED, Act.SUPPRESSED),
}


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of people, and what its owner says about it."""

    name: str
    content: bytes
    consent: str  # where and how these people agreed to the newsletter
    lang: str  # for those whose row names no language


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that did not become a reader, and why."""

    row: int  # as a spreadsheet counts: the headings are row 1
    email: str  # as written, control characters replaced
    reason: str  # a saying


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows = added + known + skipped."""

    rows: int
    added: int
    known: int  # were on the list already
    skipped: tuple[Skipped, ...]  # in the order of the file
    ended: int = 0  # of those skipped: written down as having left, or as unreachable
    lost: int = 0  # of those ended: got the newsletter until now


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row with an address that mail can be sent to."""

    listed: Listed
    person: NewSubscriber


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
    without a word about consent and ContentError when the file is not a list.
    """
    if not file.consent.strip():
        raise SettingsError(
            say("--consent is empty; write where these people agreed to the newsletter")
        )
    listed = parse_list(file.content, file.name)
    candidates, skipped = _candidates(listed, file.lang)
    with transaction(engine) as connection:
        take_turn(connection)
        wording = consent.keep_wording(connection, file.consent.strip())
        proof = _Proof(file.name[:_LONGEST_SOURCE], wording, now)
        verdicts = []
        for number, chunk in enumerate(_chunks(candidates)):
            if progress is not None:
                progress(number * _CHUNK, len(candidates))
            verdicts.append(_take(connection, keys, chunk, proof))
        if dry_run:
            connection.rollback()
    skipped += [skip for verdict in verdicts for skip in verdict.skipped]
    return Imported(
        rows=len(listed),
        added=sum(verdict.added for verdict in verdicts),
        known=sum(verdict.known for verdict in verdicts),
        skipped=tuple(sorted(skipped, key=lambda skip: skip.row)),
        ended=sum(verdict.ended for verdict in verdicts),
        lost=sum(verdict.lost for verdict in verdicts),
    )


def _candidates(listed: Iterable[Listed], lang: str) -> tuple[list[_Candidate], list[Skipped]]:
    """One candidate for each address: the first row of it, or the one that forbids most."""
    chosen: dict[str, _Candidate] = {}
    skipped = []
    for row in listed:
        try:
            candidate = _candidate(row, lang)
        except AddressError as error:
            skipped.append(_skip(row, error.sentence))
            continue
        other = chosen.setdefault(candidate.person.email, candidate)
        if other is not candidate:
            kept, dropped = sorted((other, candidate), key=_severity)
            chosen[candidate.person.email] = kept
            twin = say("the same address as row {number}", number=kept.listed.row)
            skipped.append(_skip(dropped.listed, twin))
    return list(chosen.values()), skipped


def _candidate(row: Listed, lang: str) -> _Candidate:
    state, _ = _ENDS.get(row.says, (SubscriberState.ACTIVE, None))
    return _Candidate(
        row,
        NewSubscriber(
            email=canonical(row.email),
            state=state,
            lang=row.lang or lang,
            name=clean_name(row.name),
            tags=row.tags,
        ),
    )


def _severity(candidate: _Candidate) -> int:
    """Most forbidding first; of equals the earlier row, since sorting is stable."""
    return -_SEVERITY.index(candidate.listed.says)


def _take(
    connection: Connection, keys: Sequence[bytes], chunk: Sequence[_Candidate], proof: _Proof
) -> _Verdict:
    """Put on the list those who may be, end what the file says has ended, skip the rest."""
    emails = [candidate.person.email for candidate in chunk]
    here = subscribers.known(connection, emails)
    kept_out = suppression.reasons(connection, keys, emails)
    skipped = tuple(
        _skip(c.listed, reason)
        for c in chunk
        if (reason := why_left_out(c.person.email, c.listed.says, here, kept_out))
    )
    new = [c for c in chunk if _is_news(c) and c.person.email not in {*here, *kept_out}]
    _add(connection, new, proof)
    ending = [c for c in chunk if c.listed.says in _ENDS]
    states = [each.state for c in ending if (each := here.get(c.person.email))]
    open_here = [state for state in states if state in _OPEN]
    _end(connection, ending, here, proof)
    added = sum(candidate.listed.says == RowSays.READER for candidate in new)
    return _Verdict(
        added,
        len(chunk) - added - len(skipped),
        skipped,
        ended=len(new) - added + len(open_here),
        lost=open_here.count(SubscriberState.ACTIVE),
    )


def _is_news(candidate: _Candidate) -> bool:
    """Whether the list says something of a stranger that we must know from now on."""
    return candidate.listed.says == RowSays.READER or candidate.listed.says in _ENDS


def _add(connection: Connection, candidates: Sequence[_Candidate], proof: _Proof) -> None:
    """Strangers enter in the state their list gives them: those who left as having left."""
    people = [candidate.person for candidate in candidates]
    numbers = subscribers.add(connection, people, proof.now)
    acts = [_ENDS.get(c.listed.says, (None, Act.IMPORTED))[1] for c in candidates]
    consents = (proof.of(act, number) for act, number in zip(acts, numbers, strict=True))
    consent.record(connection, *consents)


def _end(
    connection: Connection,
    candidates: Iterable[_Candidate],
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
        state, act = _ENDS[candidate.listed.says]
        if person.state in _OPEN:
            subscribers.set_state(connection, person.id, state, proof.now)
            consent.record(connection, proof.of(act, person.id))
        elif act is Act.LEFT and not standing.has_left(connection, person):
            consent.record(connection, proof.of(act, person.id))


def _chunks(candidates: Iterable[_Candidate]) -> Iterator[list[_Candidate]]:
    waiting = iter(candidates)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _skip(listed: Listed, reason: str) -> Skipped:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in listed.email)
    return Skipped(listed.row, shown, reason)
