"""Files whose names are in another form on the disk than in the texts: macOS takes å apart."""

import shutil
from pathlib import Path, PurePosixPath
from typing import Literal
from unicodedata import normalize

import pytest

from newsroom.content.folder import read
from newsroom.content.folder.names import on_disk

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
SAMPLE = Path(__file__).parents[3] / "posts"
SITE = SAMPLE / "site.yaml"
PICTURE = next(SAMPLE.rglob("*.jpg"))
HOLDER = PurePosixPath("posts/news/2026-01-02-på-ön")
POST = """\
---
title: På ön
id: urn:uuid:5d4b7f7c-6a3e-4ad6-8a5e-0f6f0a3c7d11
date: 2026-01-02
image: {{file: {picture}, alt: Torget}}
---

![Torget]({link}) och [en vän](../{friend})
"""
OTHER = """\
---
title: Vän
id: urn:uuid:5d4b7f7c-6a3e-4ad6-8a5e-0f6f0a3c7d12
date: 2026-01-01
---

Text.
"""


@pytest.mark.parametrize("in_text", FORMS)
@pytest.mark.parametrize("in_folder", FORMS)
@pytest.mark.parametrize("link", ["<bild på torget.jpg>", "bild%20pa%CC%8A%20torget.jpg"])
def test_names_meet_links_in_whatever_form(
    tmp_path: Path, in_text: Form, in_folder: Form, link: str
) -> None:
    """A picture, a post and a folder are found however their letters are put together."""
    folder = tmp_path / normalize(in_folder, str(HOLDER))
    folder.mkdir(parents=True)
    shutil.copy(SITE, tmp_path / "posts")
    shutil.copy(PICTURE, folder / normalize(in_folder, "bild på torget.jpg"))
    friend = folder.with_name(normalize(in_folder, "2026-01-01-vän.md"))
    friend.write_text(OTHER, encoding="utf-8")
    text = POST.format(picture="bild på torget.jpg", link=link, friend="2026-01-01-vän.md")
    (folder / "index.md").write_text(normalize(in_text, text), encoding="utf-8")

    reading = read(tmp_path)

    assert [p for p in reading.problems if p.source.is_relative_to("posts/news")] == []
    assert reading.newsroom is not None
    (picture,) = reading.newsroom.assets
    assert picture.source == HOLDER / "bild på torget.jpg"
    assert on_disk(tmp_path, picture.source).read_bytes() == PICTURE.read_bytes()
    assert [post.title for post in reading.newsroom.posts] == ["På ön", "Vän"]


def test_a_file_that_is_not_there_has_the_name_it_is_asked_for_by(tmp_path: Path) -> None:
    """Whoever opens it is told of that name."""
    assert on_disk(tmp_path, "posts/å/ä.md") == tmp_path / "posts/å/ä.md"


def test_of_two_forms_of_a_name_the_composed_one_is_meant(tmp_path: Path) -> None:
    """Both in one folder are one file, since no text can tell them apart."""
    for form in FORMS:
        (tmp_path / normalize(form, "på.md")).write_text(form, encoding="utf-8")

    assert on_disk(tmp_path, "på.md").read_text(encoding="utf-8") == "NFC"
