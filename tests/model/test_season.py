"""The names of seasons."""

import pytest

from newsroom.model.season import Season, find_season


@pytest.mark.parametrize(
    ("name", "season"),
    [("var", Season.SPRING), ("spring", Season.SPRING), ("host", Season.AUTUMN), ("extra", None)],
)
def test_a_season_by_its_name(name: str, season: Season | None) -> None:
    """Names are Swedish or English; whatever else somebody writes is no season."""
    assert find_season(name) is season
