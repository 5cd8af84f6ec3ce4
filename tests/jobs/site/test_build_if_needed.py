"""A build that finds nothing to do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.jobs.site.build_if_needed import build_if_needed
from newsroom.output.build_receipt import BuildOrder
from newsroom.output.tally import Tally

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BUILT = Tally(pages=1, written=1, unchanged=0, removed=0)


@pytest.mark.parametrize("receipt", [None, "none.receipt", "a-file/none.receipt"])
def test_without_a_receipt_it_is_built(tmp_path: Path, receipt: str | None) -> None:
    """No order, no receipt, or one that cannot be looked at: each time the site is built."""
    (tmp_path / "a-file").touch()
    order = BuildOrder(b"seen", tmp_path / receipt) if receipt else None

    assert build_if_needed(order, lambda: BUILT, NOW) == BUILT
