"""The page of readers and issues on a telephone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from newsroom.render.readership import readership_files
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words
from tests.render.test_readership import FULL, SITE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_page_of_readers_fits_a_telephone(browser: Browser, tmp_path: Path, lang: str) -> None:
    """At 320 pixels nothing is cut off, and one drawing of each kind is seen, whole."""
    written = readership_files(FULL, SITE, Words(lang), Templates([default_templates()]))
    (tmp_path / "index.html").write_bytes(written["index.html"])
    page = browser.new_page(viewport={"width": 320, "height": 640})

    page.goto((tmp_path / "index.html").as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    drawings = [one for one in page.locator("svg").all() if one.is_visible()]
    assert len(drawings) == 2
    for part in page.locator("svg:visible :is(circle, rect, text)").all():
        box = part.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 320
    page.close()
