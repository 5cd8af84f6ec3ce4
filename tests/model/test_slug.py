"""Slugs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import is_slug, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("EU väljer riktning", "eu-valjer-riktning"),
        ("Så här gör du: ö, Ä och Å!", "sa-har-gor-du-o-a-och-a"),
        ("Barn’s & ungas hälsa", "barns-ungas-halsa"),
        ("Smørrebrød, Straße, Æbler", "smorrebrod-strasse-aebler"),
        ("  14–15 mars 2026  ", "14-15-mars-2026"),
        ("a\u0308", "a"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_slugs_of_titles(title: str, slug: str) -> None:
    """Letters lose what is not a–z, words are joined by hyphens, everything else goes."""
    assert slugify(title) == slug


@given(st.text())
def test_a_slug_is_one(text: str) -> None:
    """What comes out is a slug or empty, and its own slug."""
    slug = slugify(text)

    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


@pytest.mark.parametrize("text", ["", "A", "a b", "å", "-a", "a-", "a--b", "../x", "a/b", "a\n"])
def test_what_is_no_slug(text: str) -> None:
    """Capitals, spaces, dots, slashes, line ends and hyphens at an edge are refused."""
    assert not is_slug(text)
