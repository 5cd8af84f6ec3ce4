"""Names that people give fields."""

import pytest

from newsroom.content.other_names import meant_by_name

CONTACT = ("name", "role", "email", "phone", "until")
EVENT = ("start", "end", "title", "place", "registration")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("rubrik", EVENT, "title"),
        ("Rubrik", CONTACT, "name"),
        ("E-post", CONTACT, "email"),
        ("sista anmälningsdag", ("cost", "deadline"), "deadline"),
        ("slut", EVENT, "end"),
        ("slut", CONTACT, "until"),
        ("featured_image", ("image",), "image"),
        ("rubrik", ("image",), None),
        ("rubriker", EVENT, None),
        ("", EVENT, None),
    ],
)
def test_another_name_means_a_field_that_the_piece_has(
    written: str, known: tuple[str, ...], meant: str | None
) -> None:
    """In Swedish, and as other programs have it; which one depends on the kind of piece."""
    assert meant_by_name(written, known) == meant
