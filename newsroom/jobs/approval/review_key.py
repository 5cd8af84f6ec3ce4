"""Whose key to the review page it is, and whether it still opens anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsroom.delivery.approval.review_token import holder
from newsroom.jobs.approval.approvers import approvers_of
from newsroom.model import Contact, Newsroom


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody whom a key was mailed to."""

    person: Contact
    has_expired: bool
    may_approve: bool  # not when they are an approver no longer, or their task is over


def who_holds(
    newsroom: Newsroom, keys: Sequence[bytes], issue: str, token: str, now: datetime
) -> KeyHolder | None:
    """The holder of a key to the page of an issue; None when we never made it."""
    people = {contact.slug: contact for contact in newsroom.contacts}
    found = holder(keys, token, issue, people)
    if found is None:
        return None
    slug, expires = found
    able = {contact.slug for contact in approvers_of(newsroom, now)}
    return KeyHolder(people[slug], now >= expires, slug in able)
