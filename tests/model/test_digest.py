"""Digests: what has the same one, and what has another."""

from newsroom.model.digest import digest_of


def test_the_same_parts_have_the_same_digest() -> None:
    """However often it is asked for; and it is short."""
    assert digest_of("a", b"b", 1) == digest_of("a", b"b", 1)
    assert len(digest_of()) == 16


def test_no_parts_can_pass_for_others() -> None:
    """Where one part ends counts, and of what kind it is; letters that are none can be told too."""
    told = [("ab", "c"), ("a", "bc"), ("abc",), (b"abc",), ("1",), (1,), ("\ud800",), ()]

    assert len({digest_of(*parts) for parts in told}) == len(told)
