"""A real Chromium, with the patience that a busy machine needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, expect, sync_playwright

from tests.processes import PATIENCE

_ALONE = (  # without anything that calls home
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's, or Playwright's own; while it is open, an event loop runs in this thread."""
    patience = PATIENCE * 1000  # milliseconds; five seconds otherwise, which a page may well take
    expect.set_options(timeout=patience)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium") or which("chromium-browser"),
            args=_ALONE,
            timeout=3 * patience,
        )
        yield browser
        browser.close()
