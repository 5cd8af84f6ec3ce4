"""What the lint can find, by code, and how much each matters unless somebody says otherwise."""

from collections.abc import Mapping

from newsroom.content.front.fields import Fields
from newsroom.model import Severity

CODES: Mapping[str, Severity] = {
    "missing-alt": Severity.ERROR,
    "poor-alt": Severity.WARNING,
    "remote-picture": Severity.WARNING,
    "broken-link": Severity.ERROR,
    "broken-anchor": Severity.WARNING,
    "hidden-link": Severity.WARNING,
    "wrapped-link": Severity.WARNING,
    "vague-link": Severity.WARNING,
    "empty-link": Severity.WARNING,
    "file-link": Severity.WARNING,
    "not-a-link": Severity.WARNING,
    "heading-order": Severity.WARNING,
    "top-heading": Severity.WARNING,
    "repeated-title": Severity.WARNING,
    "bold-heading": Severity.NOTE,
    "capitals": Severity.WARNING,
    "duplicate-anchor": Severity.WARNING,
    "table-header": Severity.WARNING,
    "broken-table": Severity.WARNING,
    "raw-html": Severity.WARNING,
    "list-start": Severity.WARNING,
    "pasted-list": Severity.WARNING,
    "garbled": Severity.WARNING,
    "text-language": Severity.WARNING,
    "weekday": Severity.WARNING,
    "date-order": Severity.WARNING,
    "far-date": Severity.WARNING,
    "private-address": Severity.WARNING,
    "unverified": Severity.NOTE,
    "contact-left": Severity.WARNING,
    "personal-number": Severity.ERROR,
    "unfinished": Severity.ERROR,
    "filler-text": Severity.ERROR,
    "placeholder": Severity.WARNING,
}


def read_checks(parent: Fields) -> tuple[tuple[str, Severity], ...]:
    """How much some findings matter, as `checks:` says it for the site or for one piece."""
    fields = parent.nested("checks", "checks: {missing-alt: warning}")
    if fields is None:
        return ()
    severities = [(code, fields.choice(code, Severity, usual)) for code, usual in CODES.items()]
    return tuple((code, severity) for code, severity in severities if fields.has(code))
