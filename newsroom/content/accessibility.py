"""The `accessibility` lines of site.yaml: what the statement says, and when it is out of date."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from newsroom.content.breach import SITE
from newsroom.content.fields import Fields
from newsroom.model import Accessibility, Deficiency, Problem, Severity, Site
from newsroom.model.saying import say

_REVIEWED_EVERY = timedelta(days=365)


class _Status(StrEnum):
    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


def read_accessibility(site: Fields) -> Accessibility:
    """What the accessibility statement says."""
    fields = site.nested("accessibility", "accessibility: {assessed: 2026-09-01, status: partly}")
    if fields is None:
        return Accessibility()
    statement = Accessibility(
        assessed=fields.day("assessed"),
        updated=fields.day("updated"),
        status=fields.choice("status", _Status, _Status.PARTLY).value,
        method=fields.text("method"),
        known=_deficiencies(fields, "known"),
        burden=_deficiencies(fields, "burden"),
        outside=_deficiencies(fields, "outside"),
        contact=fields.email("contact"),
        phone=fields.text("phone"),
        answer=fields.text("answer"),
    )
    _check(statement, fields)
    return statement


def review_due(site: Site, now: datetime) -> Problem | None:
    """A reminder when the last review of the site is more than twelve months old; else None."""
    assessed = site.accessibility.assessed
    today = now.astimezone(site.timezone).date()
    if assessed is None or today - assessed <= _REVIEWED_EVERY:
        return None
    return Problem(
        SITE,
        None,
        Severity.WARNING,
        "old-review",
        say(
            "the accessibility of the site was last assessed on {day}, over a year ago",
            day=assessed,
        ),
        say("go through the site, mend accessibility.known, and write the new day in assessed"),
    )


def _deficiencies(fields: Fields, name: str) -> tuple[Deficiency, ...]:
    """A list in which each item says what, or what, why and until when."""
    example = f"{name}: [{{what: …, why: …, until: 2027-06-30}}]"
    return tuple(
        Deficiency(item)
        if isinstance(item, str)
        else Deficiency(item.required("what", "…"), item.text("why"), item.day("until"))
        for item in fields.mixed_list(name, example)
    )


def _check(statement: Accessibility, fields: Fields) -> None:
    """Note what contradicts itself."""
    if statement.status == _Status.FULLY and (statement.known or statement.burden):
        message = say("accessibility.status is fully, yet parts that are not accessible are named")
        fields.error(
            "status", "contradiction", message, say("write {words}", words="status: partly")
        )
    assessed, updated = statement.assessed, statement.updated
    if assessed and updated and updated < assessed:
        _note_early(fields, assessed, updated)


def _note_early(fields: Fields, assessed: date, updated: date) -> None:
    message = say(
        "accessibility.updated {updated} is before assessed {assessed}",
        updated=updated,
        assessed=assessed,
    )
    fix = say("write updated: {day}, or leave the line out", day=assessed)
    fields.error("updated", "bad-date", message, fix)
