import pytest

from newsroom.model.file_type import says_type, type_of


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("r.pdf", "PDF"),
        ("r.DOCX", "Word"),
        ("r.xls", "Excel"),
        ("r.pptx", "PowerPoint"),
        ("a.b.zip", "ZIP"),
    ],
)
def test_the_type_of_a_file(name: str, type_: str) -> None:
    """It is called as people call it."""
    assert type_of(name) == type_


@pytest.mark.parametrize(
    ("words", "name", "says"),
    [
        ("Rapporten (PDF)", "r.pdf", True),
        ("pdf-filen", "r.pdf", True),
        ("rapport.pdf", "r.pdf", True),
        ("Wordmallen", "r.docx", True),
        ("Excelark", "r.xlsx", True),
        ("ett PowerPoint_bildspel", "r.ppt", True),
        ("doc", "r.docx", True),
        ("An excellent report", "r.xlsx", False),
        ("Wording", "r.docx", False),
        ("Documents", "r.doc", False),
        ("Rapporten", "r.pdf", False),
        ("Rapporten (Word)", "r.pdf", False),
    ],
)
def test_words_that_tell_of_a_type(words: str, name: str, says: bool) -> None:  # noqa: FBT001
    """Its ending or its program tells, and no other word that begins like it."""
    assert says_type(words, name) is says
