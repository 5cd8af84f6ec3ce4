import re
from pathlib import PurePosixPath

import pytest

from newsroom.content.front.front_matter import split
from newsroom.content.front.notes import Notes
from newsroom.content.write import Value, new_id, piece_text, set_fields
from newsroom.errors import ContentError

SOURCE = PurePosixPath("posts/news/a.md")
TEXT = """\
---
# Titeln
title: "Hej"  # kort

tags:
- a
- b

# Utkast
draft: true
summary: |
  Rad ett

  # inte en kommentar
---

Text
"""


def fields_of(text: str) -> dict[str, object]:
    """The fields of a text, as they are written."""
    front = split(text, Notes(PurePosixPath("a.md")))
    assert front is not None
    return {name: field.value for name, field in front.fields.items()}


def test_ids_differ() -> None:
    """Every new id is another."""
    assert new_id().startswith("urn:uuid:")
    assert new_id() != new_id()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, TEXT),
        ({"draft": None}, TEXT.replace("draft: true\n", "")),
        ({"title": "Nytt: namn"}, TEXT.replace('title: "Hej"  # kort', 'title: "Nytt: namn"')),
        ({"tags": ["c, d", "e"]}, TEXT.replace("tags:\n- a\n- b\n", 'tags: ["c, d", e]\n')),
        ({"summary": None}, TEXT[: TEXT.index("summary")] + "---\n\nText\n"),
        (
            {"date": "2026-04-12T09:00+02:00"},
            TEXT.replace("\n---\n\n", "\ndate: 2026-04-12T09:00+02:00\n---\n\n"),
        ),
        ({"nothing": None}, TEXT),
        (
            {"draft": None, "date": "2026-04-12", "title": "B"},
            TEXT.replace("draft: true\n", "")
            .replace('"Hej"  # kort', "B")
            .replace("\n---\n\n", "\ndate: 2026-04-12\n---\n\n"),
        ),
    ],
)
def test_setting_a_field_leaves_everything_else(
    values: dict[str, Value | None], expected: str
) -> None:
    """Comments, blank lines, order and body stay as they were."""
    assert set_fields(TEXT, values, SOURCE) == expected


def test_windows_files_stay_windows_files() -> None:
    """Line ends and byte order mark are kept."""
    text = "\ufeff---\r\ntitle: Hej\r\ndraft: true\r\n---\r\n\r\nText\r\n"

    assert set_fields(text, {"draft": None, "id": "x"}, SOURCE) == (
        "\ufeff---\r\ntitle: Hej\r\nid: x\r\n---\r\n\r\nText\r\n"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Text", "posts/news/a.md:1: "),
        ("---\ntitle: [\n---\n", "posts/news/a.md:2: "),
        ("---\n{a: 1, title: x}\n---\n", "posts/news/a.md:2: "),
    ],
)
def test_what_cannot_be_changed_is_said(text: str, place: str) -> None:
    """A text without front matter line by line is left alone, and its place is told."""
    with pytest.raises(ContentError, match=f"^{re.escape(place)}"):
        set_fields(text, {"title": "y"}, SOURCE)


@pytest.mark.parametrize(
    "value",
    [
        *("Hej", "Hej: du", "# inte", "- streck", "true", "null", "~", "", " ", "10:30", "1_0"),
        *("a #b", "[x]", "{x}", "*a", "&a", "!a", "%a", "@a", "`a", '"a"', "'a'", "a\\b", "y", "é"),
        *("Å, ä & ö – ”ja”", "urn:uuid:1-2", "https://x.test/?a=b#c", "a: ", "a:", ": a", "0x1"),
        *("日本", "- ", "?", "? a", "|", ">", "2026-04-12", "2026-04-12T09:00+02:00", "12", "1e3"),
        *("=", "<<", "a\tb", "...", "---", "a, b"),
    ],
)
def test_whatever_is_written_is_read_back(value: str) -> None:
    """Every text survives the way through a file, inside lists and mappings too."""
    text = piece_text({"a": value, "b": [value], "c": {"d": value}}, "Text")
    front = split(text, Notes(PurePosixPath("a.md")))

    assert front is not None, text
    item, inside = front.fields["b"].value, front.fields["c"].value
    assert front.fields["a"].value == value
    assert isinstance(item, tuple)
    assert isinstance(inside, dict)
    assert (item[0].value, inside["d"].value) == (value, value)
    assert front.body == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "---\n{title: A, date: 2026-01-01}\n---\n",
        "---\n{title: A,\ndate: 2026-01-01}\n---\n",
        "---\n  title: A\n  date: 2026-01-01\n---\n",
    ],
)
@pytest.mark.parametrize("values", [{"id": "a"}, {"slug": "b", "id": "a"}])
def test_a_field_that_would_not_be_read_back_is_not_written(
    text: str, values: dict[str, Value]
) -> None:
    """Fields inside braces, or indented, take no line below them; what to write is said."""
    with pytest.raises(ContentError, match="cannot be changed one by one; write each on a line"):
        set_fields(text, values, SOURCE)
