"""The `accessibility` lines of site.yaml: what the statement says, and when it is out of date."""

from datetime import date
from enum import StrEnum

from newsroom.content.front.fields import Fields
from newsroom.model import Accessibility, Deficiency
from newsroom.model.saying import say


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
    if statement.assessed and statement.status != _Status.FULLY:
        _note_nothing_named(statement, fields)
    assessed, updated = statement.assessed, statement.updated
    if assessed and updated and updated < assessed:
        _note_early(fields, assessed, updated)


def _note_nothing_named(statement: Accessibility, fields: Fields) -> None:
    if statement.known or statement.burden:
        return
    message = say(
        "accessibility.status is {status}, and nothing that is not accessible is named",
        status=statement.status,
    )
    fix = say("write it in known, or status: fully when there is nothing")
    fields.warning("assessed", "contradiction", message, fix)


def _note_early(fields: Fields, assessed: date, updated: date) -> None:
    message = say(
        "accessibility.updated {updated} is before assessed {assessed}",
        updated=updated,
        assessed=assessed,
    )
    fix = say("write updated: {day}, or leave the line out", day=assessed)
    fields.error("updated", "bad-date", message, fix)
