"""The evidence of an issue as a page to read: tables with headings, in the desk's language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.delivery.ledger.chronicle import Step
from newsroom.delivery.ledger.evidence import FEW, Evidence, Share
from newsroom.model import Kind
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import in_words
from newsroom.model.saying import Saying, say

Say = Callable[[str], str]  # a saying in the language of the page
_STATES = {
    DeliveryState.PENDING: say("pending"),
    DeliveryState.CLAIMED: say("claimed"),
    DeliveryState.DEFERRED: say("deferred"),
    DeliveryState.ACCEPTED: say("accepted"),
    DeliveryState.REFUSED: say("refused"),
    DeliveryState.EXCLUDED: say("excluded"),
    DeliveryState.UNKNOWN: say("unknown"),
    DeliveryState.CANCELLED: say("cancelled"),
}
_KINDS = {Kind.NEWS: say("post"), Kind.EVENT: say("event")}
_STEPS = {
    Step.FROZEN: say("frozen: words and recipients fixed"),
    Step.HELD_BACK: say("held back before the first mail"),
    Step.RELEASED: say("published on the web; the first mail may leave"),
    Step.PAUSED: say("paused"),
    Step.RESUMED: say("resumed"),
    Step.CANCELLED: say("cancelled"),
    Step.SETTLED: say("unknown copies settled by hand"),
    Step.TRIED_AGAIN: say("tried again with those who were not reached"),
    Step.RESTORED: say("database brought back from a backup; what may have left since is unknown"),
    Step.DONE: say("done"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its heading."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything that the page shows."""

    lang: str
    title: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]
    links: frozenset[str]  # cells that are files beside the page


def evidence_page(
    found: Evidence, sums: Mapping[str, str], zone: ZoneInfo, lang: str, said: Say
) -> EvidencePage:
    """The page about an issue; `sums` has the SHA-256 of each file beside it."""

    def local(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"

    tables = (
        *_about_the_copies(found, said),
        *_about_the_issue(found, said, local),
        (say("Files"), (say("file"), say("SHA-256")), sorted(sums.items())),
    )
    sections = [
        Section(said(heading), tuple(map(said, columns)), tuple(rows))
        for heading, columns, rows in tables
    ]
    return EvidencePage(
        lang=lang,
        title=said(say("Evidence: {subject}", subject=found.subject)),
        paragraphs=tuple(map(said, _opening(found, local))),
        sections=tuple(section for section in sections if section.rows),
        links=frozenset(sums),
    )


def _opening(found: Evidence, local: Callable[[datetime], str]) -> Iterator[Saying]:
    yield say(
        "{issue} was frozen on {at} for {number} readers. It is {state} now.",
        issue=found.issue,
        at=local(found.frozen_at),
        number=found.recipients,
        state=in_words(found.state),
    )
    yield say("The text that was frozen has the SHA-256 {hash}.", hash=found.content_hash)
    yield (
        say("The states add up to the number that was frozen.")
        if found.adds_up
        else say("The states do not add up to the number that was frozen: the ledger is damaged.")
    )
    yield say(
        "Accepted means that the mail server took the message; whether it was read nobody knows. "
        "No reader's address is in these files, and a domain with fewer than {few} readers is not "
        "named. In the letters the words that end in newsroom-hole stand for what each reader had "
        "of their own.",
        few=FEW,
    )
    if found.without_doctor:
        yield say("It was sent without a good verdict: {why}", why=found.without_doctor)


_Table = tuple[Saying, tuple[Saying, ...], Iterable[tuple[str | int, ...]]]


def _about_the_copies(found: Evidence, said: Say) -> Iterator[_Table]:
    """The tables that count readers' copies."""
    states = [state for state in DeliveryState if found.totals.get(state)]
    heads = tuple(_STATES[state] for state in states)

    def rows(shares: Iterable[Share]) -> list[tuple[str | int, ...]]:
        return [(s.name, *(s.states.get(state, 0) for state in states)) for s in shares]

    counted = [(said(_STATES[state]), found.totals[state]) for state in states]
    yield say("Totals"), (say("state"), say("readers")), counted
    yield say("Day by day"), (say("day"), *heads), rows(found.days)
    domains = [*found.domains]
    if found.other_domains:
        name = say("{number} smaller domains together", number=found.other_domains.name)
        domains.append(Share(said(name), found.other_domains.states))
    yield say("By domain"), (say("domain"), *heads), rows(domains)
    reasons = [(said(_STATES[DeliveryState(s)]), said(why), n) for s, why, n in found.reasons]
    yield say("Why some do not have it"), (say("state"), say("why"), say("readers")), reasons
    yield say("Came back since"), (say("kind"), say("messages")), found.returned


def _about_the_issue(
    found: Evidence, said: Say, local: Callable[[datetime], str]
) -> Iterator[_Table]:
    """The tables of what was said and done about the issue as a whole."""
    approvals = [
        (each.by, local(each.at), each.content_hash, said(_held(each.was_sent, each.ended, local)))
        for each in found.approvals
    ]
    course = [(local(s.at), said(_STEPS[s.step]), said(s.note or "")) for s in found.course]
    told = [(said(_KINDS[Kind(m.kind)]), m.title, m.item) for m in found.told]
    by = (say("by"), say("at"), say("SHA-256 of the text"), say("what became of it"))
    yield say("Approvals"), by, approvals
    yield say("Course"), (say("at"), say("step"), say("why")), course
    yield say("What it told"), (say("kind"), say("title"), say("permanent id")), told


def _held(was_sent: bool, ended: datetime | None, local: Callable[[datetime], str]) -> Saying:  # noqa: FBT001
    if ended is not None:
        return say("ended on {at}", at=local(ended))
    return say("this text was sent") if was_sent else say("another text was sent")
