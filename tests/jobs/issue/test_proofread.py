from newsroom.jobs.issue.edition import make_proof
from newsroom.jobs.issue.proofread import proofread
from tests.render.pieces import at, make_issue, make_newsroom, make_post
from tests.render.printed import packaged

NOW = at("2026-06-02T09:00")


def faults(**changes: str) -> list[str]:
    """What is said of an issue with one story."""
    issue = make_issue(stories=("ett",), **changes)
    newsroom = make_newsroom(posts=(make_post(),), issues=(issue,))
    return [str(each) for each in proofread(make_proof(newsroom, "2026-var", NOW, packaged()))]


def test_a_letter_without_fault() -> None:
    """Of an issue that is well written nothing is said."""
    assert faults() == []


def test_a_fault_in_every_language_is_told_once() -> None:
    """What the editor forgot stands in the Swedish letter and the English, and is one fault."""
    (fault,) = faults(body="TODO: skriv inledningen")

    assert fault.startswith("posts/newsletters/2026-var.md: ")
    assert '"TODO"' in fault
