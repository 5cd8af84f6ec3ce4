"""Posts of other systems, as their file names and headers say."""

from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.foreign.markdown import Foreign, name_of
from newsroom.model import Sender, Site

SITE = Site(
    name="Nätverket",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket", "brev@example.se"),
)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("2024-12-05-project-defaults.md", "2024-12-05-project-defaults"),
        ("2024-12-5-project-defaults.md", "2024-12-05-project-defaults"),
        ("project-defaults.markdown", "2024-12-05-project-defaults"),
    ],
)
def test_day_in_a_file_name_is_no_part_of_the_address(file: str, name: str) -> None:
    """A post keeps its slug, however its day was written in front of it."""
    text = "---\ntitle: X\ndate: 2024-12-05\n---\n\nText.\n"

    assert name_of(Foreign(PurePosixPath(file), text), SITE) == name
