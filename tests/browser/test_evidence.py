"""The evidence of an issue on a narrow screen."""

from pathlib import Path

from playwright.sync_api import Browser

from newsroom.jobs.issue.evidence_page import EvidencePage, Section
from tests.render.printed import packaged

ADDRESS = f"https://nyheter.example.se/{'lang' * 30}"
DIGEST = "0123456789abcdef" * 4
PAGE = EvidencePage(
    "sv",
    "Nyhetsbrevet hösten 2026 från Folkhälsonätverkssamarbetsorganisationen",
    (f"Numret finns på {ADDRESS}",),
    (
        Section("Vad det blev av breven", ("Läge", "Skäl", "Läsare"), (("nekat", ADDRESS, 1204),)),
        Section("Filer", ("Fil", "SHA-256"), (("2026-host.sv.eml", DIGEST),)),
        Section("Förlopp", ("När", "Vad"), (("2026-12-01 09:00", "550-5.7.1_" + "y" * 30),)),
    ),
    frozenset(),
)
WIDTHS = """
    [document.documentElement, ...document.querySelectorAll(".table")]
    .map(each => [each.scrollWidth, each.clientWidth])
"""


def test_nothing_runs_over_sideways(browser: Browser, tmp_path: Path) -> None:
    """At 320 pixels neither the page nor any table is wider than its place."""
    file = tmp_path / "index.html"
    file.write_text(packaged().render("desk/evidence.html", page=PAGE), encoding="utf-8")
    page = browser.new_page(viewport={"width": 320, "height": 700})

    page.goto(file.as_uri())

    assert all(wide <= place for wide, place in page.evaluate(WIDTHS))
    page.close()
