"""What a delivery report says of each recipient (RFC 3464, in the field's many spellings)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom.bounces.addresses import reported
from newsroom.bounces.fields import Fields
from newsroom.bounces.stage import Stage
from newsroom.bounces.verdict import enhanced_status

_NAMED_BY = ("final-recipient", "original-recipient", "x-actual-recipient")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})")
_NOT_SAID = re.compile(r"[45]\.0\.0")  # "other": the words may say more (RFC 3463 section 3.1)
_TYPE = re.compile(r"^\s*[\w.-]{1,40}\s*;\s*")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one recipient."""

    email: str
    action: str  # failed, delayed, delivered, relayed, expanded (RFC 3464 section 2.3.3)
    status: str | None
    words: str
    stage: Stage = Stage.NOT_SAID


def told_in(reports: Sequence[Fields]) -> Iterator[Told]:
    """Each recipient that the blocks of a report tell of."""
    for block in reports:
        named = [reported(value) for name in _NAMED_BY for value in block.every(name)]
        email = next(filter(None, named), "")
        if not block.is_report and not email:
            continue
        words = _TYPE.sub("", block.first("diagnostic-code", "x-diagnostic-code"))
        status = _status(block.first("status"), words)
        action = _action(block.first("action"), status)
        yield Told(email, action, status, words, _stage(block))


def _stage(block: Fields) -> Stage:
    """What was refused, where PowerMTA says so: it judges from the whole conversation."""
    category = block.first("x-powermta-bouncecategory").lower()
    return Stage.RECIPIENT if category == "bad-mailbox" else Stage.NOT_SAID


def _status(given: str, words: str) -> str | None:
    """The status of the field, or that of the reply when it says more."""
    found = _STATUS.search(given)
    replied = enhanced_status(words)
    if found is None or (replied and _NOT_SAID.fullmatch(found[1]) and replied[0] == found[1][0]):
        return replied or (found[1] if found else None)
    return found[1]


def _action(given: str, status: str | None) -> str:
    """The action of the field; where there is none, what the status comes to."""
    action = re.sub(r"[^a-z].*", "", given.strip().lower())
    if action:
        return action
    return "delivered" if (status or "").startswith("2") else "failed"
