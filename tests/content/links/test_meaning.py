from pathlib import PurePosixPath

import pytest

from newsroom.content.links.meaning import beside, is_web_address, local_path


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("a.md", "posts/news/x/a.md"),
        ("../../events/./b.md", "posts/events/b.md"),
        ("../../../posts/a.md", None),
        ("/a.md", None),
        ("..\\a.md", None),
        ("a\0.md", None),
    ],
)
def test_files_are_written_relative_to_the_one_they_are_named_in(
    written: str, path: str | None
) -> None:
    """Never further up than posts/."""
    found = beside(PurePosixPath("posts/news/x/index.md"), written)

    assert found == (PurePosixPath(path) if path else None)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("https://x.test/a?b#c", True),
        ("mailto:a@x.test", True),
        ("http://x.test", True),
        ("https://localhost", False),
        ("mailto:a", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://x.test/a b", False),
        ("https://[", False),
        ("www.x.test", False),
    ],
)
def test_addresses_on_the_web(text: str, whole: bool) -> None:  # noqa: FBT001 (a table of examples)
    """Whole, and of a kind that only leads somewhere."""
    assert is_web_address(text) is whole


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("b%20c.pdf?x#y", "b c.pdf"),
        ("#y", None),
        ("/a", None),
        ("https://x.test/a", None),
        ("//x.test/a", None),
        ("tel:112", None),
        ("https://[", None),
    ],
)
def test_links_that_mean_files(address: str, path: str | None) -> None:
    """A link without scheme, host or slash in front means a file of the folder."""
    assert local_path(address) == path
