"""Which slugs a piece may have."""

import pytest

from newsroom.content.rules.slug_rules import why_not
from newsroom.model import Kind
from tests.render.pieces import make_site

SITE = make_site()


@pytest.mark.parametrize(
    ("kind", "slug", "code"),
    [
        (Kind.PAGE, "nyheter", "taken-address"),
        (Kind.PAGE, "u", "taken-address"),
        (Kind.NEWS, "2026", "taken-address"),
        (Kind.EVENT, "a" * 201, "bad-slug"),
        (Kind.ISSUE, "a" * 101, "bad-slug"),
    ],
)
def test_what_no_piece_of_a_kind_may_be_called(kind: Kind, slug: str, code: str) -> None:
    """Addresses of the site's own, and names that are too long, are refused."""
    refusal = why_not(slug, kind, SITE)

    assert refusal is not None
    assert refusal.code == code


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        (Kind.NEWS, "nyheter"),
        (Kind.NEWS, "2026-val"),
        (Kind.EVENT, "2026"),
        (Kind.PAGE, "2026"),
        (Kind.PAGE, "news"),
        (Kind.NEWS, "a" * 200),
        (Kind.ISSUE, "a" * 100),
    ],
)
def test_what_is_in_nobodys_way(kind: Kind, slug: str) -> None:
    """A post stands in a folder of its section, and a page beside the archive's years."""
    assert why_not(slug, kind, SITE) is None


def test_a_site_with_words_of_its_own() -> None:
    """What site.yaml calls a section is taken, and what it would be called otherwise is free."""
    site = make_site(path_words=(("news", "aktuellt"),))

    assert why_not("aktuellt", Kind.PAGE, site) is not None
    assert why_not("nyheter", Kind.PAGE, site) is None
