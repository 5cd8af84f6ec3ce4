"""The page of a saved post, before the build that follows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.jobs.site.build_options import BuildOptions
from newsroom.jobs.site.preview import Press
from newsroom.settings import Settings
from newsroom.wiring import Desk, website
from tests.newsrooms import put, write_newsroom

HOST = "posts/news/2026-11-10-host.md"
HEAD = "---\nid: urn:x:host\ntitle: {}\ndate: {}\n{}---\n\n{}\n"
PAGE = "nyheter/2026/host/index.html"


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """A press that has built the small newsroom once."""
    root = write_newsroom(tmp_path / "house")
    desk = Desk(Settings.from_env(root, {}), lambda: datetime(2026, 11, 22, tzinfo=UTC))
    out = tmp_path / "preview"
    made = website.press(desk, BuildOptions(out=out, drafts=True, preview=True, coming=True))
    made.build()
    return made


def page(press: Press) -> bytes:
    """The post's page as it is now."""
    assert press.options.out is not None
    return (press.options.out / PAGE).read_bytes()


@pytest.mark.parametrize(
    ("title", "more", "text"),
    [
        (
            "Höst",
            "",
            "Första frosten. [Mejla](mailto:a@example.se), [sommar](2026-06-03-sommar.md).",
        ),
        ("Sen höst", "summary: Snart vinter.\ntags: [väder]\n", "Första frosten."),
        ("Höst", "draft: true\ncontacts: [anna-ek]\n", "Första frosten."),
    ],
)
def test_the_first_page_is_the_page(
    tmp_path: Path, press: Press, title: str, more: str, text: str
) -> None:
    """What is put first has what was saved, and is what the build then makes, byte for byte."""
    put(tmp_path / "house", HOST, HEAD.format(title, "2026-11-10", more, text))

    assert press.put_first(HOST)
    first = page(press)
    press.build()

    assert "Första frosten." in first.decode()
    assert page(press) == first


def test_a_post_with_a_fault_keeps_its_page(tmp_path: Path, press: Press) -> None:
    """Whoever writes sees the page as it was, whatever else is saved, until the fault is mended."""
    before = page(press)
    put(tmp_path / "house", HOST, HEAD.format("Höst", "i dag", "", "Halva"))

    faults = [str(problem.source) for problem in press.build().problems]
    again = press.build()

    assert HOST in faults
    assert again.removed == again.written == 0
    assert page(press) == before
    put(tmp_path / "house", HOST, HEAD.format("Höst", "2026-11-10", "", "Hela."))
    press.build()
    assert "Hela." in page(press).decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (HOST, HEAD.format("Höst", "2026-11-11", "", "Flyttad en dag.")),
        (HOST, HEAD.format("Höst", "i dag", "", "Fel datum.")),
        (HOST, HEAD.format("Höst", "2026-11-10", "slug: vinter\n", "Annan adress.")),
        ("posts/news/2026-11-21-ny.md", HEAD.format("Ny", "2026-11-21", "", "Ny.")),
        ("posts/contacts/anna-ek.md", "---\nid: urn:x:anna\nname: Anna Berg\n---\n"),
        ("posts/site.yaml", "name: [\n"),
    ],
)
def test_what_is_more_than_a_page_waits_for_the_build(
    tmp_path: Path, press: Press, name: str, text: str
) -> None:
    """A post that is new, moved or broken, and whatever is no post, changes no page first."""
    before = page(press)
    put(tmp_path / "house", name, text)

    assert not press.put_first(name)
    assert page(press) == before
