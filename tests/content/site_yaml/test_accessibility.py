"""The accessibility and privacy lines of site.yaml."""

from datetime import date
from pathlib import PurePosixPath

import pytest

from newsroom.content.site_yaml.site import parse_site
from newsroom.model import Accessibility, Deficiency
from tests.content.site_yaml.test_site import LEAST, read


def statement(lines: str) -> Accessibility:
    """What site.yaml says, which must be without a fault."""
    site, problems = read(LEAST + lines)
    assert problems == []
    assert site is not None
    return site.accessibility


def test_all_that_the_law_asks_can_be_written() -> None:
    """Days, status, method, what is not accessible and why, what is excepted, whom to tell."""
    found = statement("""\
accessibility:
  assessed: 2026-09-01
  updated: 2026-10-15
  status: not
  method: Granskad av Exempelbyrån.
  known:
    - Kartan saknar text.
    - {what: Filmerna saknar syntolkning, why: Vi har inte hunnit, until: 2027-06-30}
  burden: [{what: Protokoll före 2015, why: Det skulle kosta mer än vår budget}]
  outside: [Kartor i planhandlingar]
  contact: kansli@x.test
  phone: 010-123 45 67
  answer: inom fem arbetsdagar
""")

    assert found == Accessibility(
        assessed=date(2026, 9, 1),
        updated=date(2026, 10, 15),
        status="not",
        method="Granskad av Exempelbyrån.",
        known=(
            Deficiency("Kartan saknar text."),
            Deficiency("Filmerna saknar syntolkning", "Vi har inte hunnit", date(2027, 6, 30)),
        ),
        burden=(Deficiency("Protokoll före 2015", "Det skulle kosta mer än vår budget"),),
        outside=(Deficiency("Kartor i planhandlingar"),),
        contact="kansli@x.test",
        phone="010-123 45 67",
        answer="inom fem arbetsdagar",
    )


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "accessibility: {status: fully, known: [Kartan]}",
            "accessibility.status is fully, yet parts that are not accessible are named; "
            "write status: partly",
        ),
        (
            "accessibility: {assessed: 2026-09-01, updated: 2026-08-31, known: [Kartan]}",
            "accessibility.updated 2026-08-31 is before assessed 2026-09-01; "
            "write updated: 2026-09-01, or leave the line out",
        ),
        (
            "accessibility: {known: Kartan}",
            "accessibility.known is not a list; "
            "write known: [{what: …, why: …, until: 2027-06-30}]",
        ),
        (
            "accessibility: {known: [[Kartan]]}",
            "an item of accessibility.known is not text; "
            "write known: [{what: …, why: …, until: 2027-06-30}]",
        ),
        (
            "accessibility: {known: [{why: Tid}]}",
            "accessibility.known.what is missing; write what: …",
        ),
        (
            "accessibility: {contact: kansli}",
            'accessibility.contact "kansli" is not a mail address; write it as name@example.se',
        ),
    ],
)
def test_a_statement_that_cannot_be_is_told(lines: str, problem: str) -> None:
    """What contradicts itself or cannot be read is named, with what to write."""
    site, problems = read(LEAST + lines + "\n")

    assert site is None
    assert problems == [f"site.yaml:6: {problem}"]


def test_privacy_names_the_log_the_providers_and_whom_to_ask() -> None:
    """What only the publisher knows about personal data is written in site.yaml."""
    lines = (
        "privacy:\n  contact: dso@x.test\n  logs: none\n"
        "  providers: [{name: Posten, does: skickar breven, where: Sverige}]\n"
    )

    parsed = parse_site(LEAST + lines, PurePosixPath("posts/site.yaml"))

    assert parsed.site is not None
    privacy = parsed.site.privacy
    assert privacy.contact == "dso@x.test"
    assert privacy.logs is not None
    assert not privacy.logs
    assert [provider.name for provider in privacy.providers] == ["Posten"]


def test_how_long_a_log_is_kept_is_a_length_of_time() -> None:
    """Anything else is told, with what to write."""
    _, problems = read(LEAST + "privacy: {logs: länge}\n")

    assert problems == [
        'site.yaml:6: privacy.logs "länge" is not a length of time; write 30 days, or none'
    ]
