"""The web that the tests visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.web.house import SITE, House, open_house


@pytest.fixture
def house(database: Engine, tmp_path: Path) -> Iterator[House]:
    """The web of a Swedish newsroom; nothing is built yet."""
    with open_house(database, tmp_path, SITE) as house:
        yield house
