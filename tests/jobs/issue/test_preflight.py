"""Pre-flight: what speaks against an issue before anybody gets it."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content.folder import read
from newsroom.errors import ContentError
from newsroom.jobs.issue.edition import make_proof
from newsroom.jobs.issue.preflight import preflight, require_ready
from newsroom.model import Problem, Severity
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.render.pieces import at
from tests.render.printed import packaged

LEAVES = at("2026-12-01T09:00")
HOST = "posts/newsletters/2026-host.md"
FINISHED = ISSUE.replace("sedan i våras.", "sedan i våras, i två korta nyheter.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small newsroom with an issue to send."""
    put(write_newsroom(tmp_path), HOST, FINISHED)
    return tmp_path


def findings(root: Path, told: dict[str, str] | None = None) -> tuple[Problem, ...]:
    """What is said of the autumn issue as it would leave."""
    reading, templates = read(root), packaged()
    assert reading.newsroom is not None
    proof = make_proof(reading.newsroom, "2026-host", LEAVES, templates, reading.problems)
    return preflight(reading, proof, (root / HOST).read_text(), templates, told)


def edit(root: Path, old: str, new: str, name: str = HOST) -> None:
    """Replace words in a file."""
    text = (root / name).read_text()
    assert old in text
    put(root, name, text.replace(old, new))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Each problem as `severity code`."""
    return [f"{problem.severity} {problem.code}" for problem in problems]


def test_an_issue_that_may_be_sent(root: Path) -> None:
    """Nothing is said of it, and it passes."""
    assert findings(root) == ()
    require_ready(())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[en sida](finns-inte.md)", "broken-link"),
        ("[en sida](/nyheter/2019/borta/)", "broken-link"),
        ("![](../news/bild.png)", "missing-alt"),
        ("#### Rubrik", "heading-order"),
        ("[Skriv några rader till läsarna här.]", "unfinished"),
        ("Ring Anna, 19121212-1212.", "personal-number"),
    ],
)
def test_what_a_draft_is_warned_of_forbids_sending(root: Path, written: str, code: str) -> None:
    """A dead link, no description, a skipped level, a placeholder: an error with its line."""
    edit(root, "Hej!", f"Hej!\n\n{written}")

    found = [each for each in findings(root) if each.code == code and each.line]

    assert [(each.severity, each.line) for each in found] == [(Severity.ERROR, 14)]


def test_a_dead_link_of_the_letter_itself(root: Path) -> None:
    """A link to a page that the site will not have is found in the letter, whoever put it there."""
    reading = read(root)
    assert reading.newsroom is not None
    proof = make_proof(reading.newsroom, "2026-host", LEAVES, packaged())
    letter = proof.letter
    page = "https://nyheter.natverket.test/nyheter/2026/sommar/"
    astray = replace(letter, html=letter.html.replace(page, f"{page}borta/"))

    found = preflight(reading, replace(proof, letters={"sv": astray}), FINISHED, packaged())

    dead = [str(each.message) for each in found if each.code == "broken-link"]
    assert dead == [f'the letter leads to "{page}borta/", which will not be there']


def test_a_fault_of_a_page_that_the_letter_leads_to(root: Path) -> None:
    """A dead link on the page of a story is what its readers meet: an error too."""
    edit(root, "Löven faller.", "[Löven](borta.md) faller.", "posts/news/2026-11-10-host.md")

    (problem,) = findings(root)

    assert (problem.code, str(problem.source)) == ("broken-link", "posts/news/2026-11-10-host.md")


def test_a_fault_elsewhere_is_none_of_the_issue(root: Path) -> None:
    """What is wrong with a post that the issue does not name keeps nobody from sending it."""
    edit(root, "God jul.", "[God jul](borta.md).", "posts/news/2026-12-24-jul.md")

    assert findings(root) == ()


def test_what_the_ledger_remembers(root: Path) -> None:
    """A story that the ledger knows to be told is told of, whatever the files say."""
    assert codes(findings(root, {"urn:x:host": "2025-extra"})) == ["warning told-before"]


def test_a_placeholder_is_told_where_it_stands(root: Path) -> None:
    """It stands in the file and in both letters, and is one thing to mend."""
    edit(root, "Hej!", "Hej!\n\nTODO: mer")

    assert codes(findings(root)) == ["error unfinished"]


def test_errors_come_first(root: Path) -> None:
    """What forbids sending stands above what is only advised."""
    edit(root, "stories: [host, sommar]", "stories: [sommar, host, host]")
    edit(root, "Hej!", "Hej {{ namn }}!")

    assert codes(findings(root)) == ["error unfinished", "warning listed-twice"]


def test_only_errors_forbid() -> None:
    """Every error is named at once; warnings and notes forbid nothing."""
    source = PurePosixPath(HOST)
    problems = tuple(
        Problem(source, number, severity, "code", f"fault {number}", "mend it")
        for number, severity in enumerate(
            (Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.ERROR), 1
        )
    )

    with pytest.raises(ContentError, match=r"(?s)md:1: fault 1.*md:4: fault 4") as refused:
        require_ready(problems)
    assert "fault 2" not in str(refused.value)
    require_ready(problems[1:3])
