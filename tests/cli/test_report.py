"""`report`: a year in numbers."""

import pytest

from tests.cli.terminal import Terminal


@pytest.mark.parametrize("year", ["1800", "2027", "9999"])
def test_a_year_that_has_no_report(terminal: Terminal, year: str) -> None:
    """What lies before the web, or ahead, is answered with the years that can be told of."""
    said = terminal("report", year, "--now", "2026-11-22T09:00")

    assert (said.status, said.out) == (1, "")
    assert f"det finns inget att redovisa för {year}; skriv ett år från 1990 till 2026" in said.err
