"""The first address of a site, written where the present one is."""

import pytest

from newsroom.content.site_yaml.first_url import with_first_url

OLD = "https://old.example.se"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            "name: N\nurl: https://x.test # ny\n",
            f"name: N\nfirst_url: {OLD}\nurl: https://x.test # ny\n",
        ),
        ("url: >-\r\n  https://x.test\r\n", f"first_url: {OLD}\r\nurl: >-\r\n  https://x.test\r\n"),
        ("source:\n  url: https://x.test\n", "source:\n  url: https://x.test\n"),
        ("{name: N, url: https://x.test}\n", "{name: N, url: https://x.test}\n"),
        ("first_url:\nurl: https://x.test\n", "first_url:\nurl: https://x.test\n"),
    ],
    ids=["above it", "line ends", "of something else", "not a line", "written already"],
)
def test_it_stands_above_the_present_one(text: str, mended: str) -> None:
    """Nothing else changes by a byte; where it cannot stand, nothing does."""
    assert with_first_url(text, OLD) == mended
