"""The guide for editors in Swedish: whole, found at once, and true."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.cli.terminal import Terminal
from tests.newsrooms import FILES, SITE, put
from tests.processes import REPOSITORY

FOR_EDITORS = ("write.md", "publish.md", "newsletter.md", "subscribers.md", "trouble.md")
SWEDISH = (
    "kom-igang.md",
    "skriva.md",
    "handelser.md",
    "kontakter.md",
    "granska.md",
    "publicera.md",
    "nyhetsbrevet.md",
    "om-nagot-gar-fel.md",
)
SAMPLES = {"jpg": "/contacts/alva-ekvall.jpg", "pdf": "/documents/att-planera-for-halsa.pdf"}
OTHER_EVENT = "---\ntitle: Höstmöte\nid: urn:x:host\nstart: 2027-10-20\n---\n\nVälkommen.\n"


@pytest.mark.parametrize("english", FOR_EDITORS)
def test_each_page_for_editors_has_its_swedish(english: str) -> None:
    """The first lines of a page lead to it in Swedish, and lead back."""
    page = REPOSITORY / "docs" / english
    _, languages, _ = page.read_text(encoding="utf-8").split("\n\n", 2)
    swedish = re.findall(r"\(([a-z-]+\.md)", languages)

    assert languages.startswith("[På svenska](")
    for name in swedish:
        top = (page.parent / name).read_text(encoding="utf-8").split("\n\n", 2)[1]
        assert "[In English](" in top, name
        assert f"]({english}" in top, name


def test_a_swede_finds_the_guide_at_once() -> None:
    """The first words of the README lead to the Swedish guide, and it leads to all of its pages."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    assert readme.splitlines()[2].startswith("**På svenska:** [Kom igång](docs/kom-igang.md)")
    for name in SWEDISH:
        others = set(re.findall(r"\]\(([a-z-]+\.md)\)", text_of(name).split("\n\n", 2)[1]))
        assert others - {"../README.md"} >= set(SWEDISH) - {name}


def text_of(name: str) -> str:
    """A page of the guide."""
    return (REPOSITORY / "docs" / name).read_text(encoding="utf-8")


def test_the_swedish_examples_can_be_pasted(tmp_path: Path) -> None:
    """Put where they say they belong, the examples of the Swedish guide have no fault at all."""
    root = tmp_path / "nyheter"
    put(root, "posts/site.yaml", SITE + "categories: {nyhet: Nyhet}\n")
    put(root, "schedule.yaml", "publish: {every: 5 minutes}\n")
    put(root, "posts/events/2027-10-20-hostmote.md", OTHER_EVENT)
    put(root, "posts/contacts/anna-ek.md", FILES["posts/contacts/anna-ek.md"])
    for name, text in pasted():
        put(root, name, text)
        for file in re.findall(r"file: ([\w-]+\.(?:jpg|pdf))", text):
            shutil.copy(REPOSITORY / f"posts{SAMPLES[file[-3:]]}", (root / name).parent / file)

    said = Terminal(root)("check", "--now", "2026-12-01T09:00")

    assert said.out == "0 fel, 0 varningar, 1 upplysning\n"
    assert "newsroom berättar om det i flöden" in said.err  # of the event that moved


def pasted() -> Iterator[tuple[str, str]]:
    """Each example of the Swedish guide that says which file it is, with its text."""
    for name in SWEDISH:
        yield from re.findall(
            r"^`(posts/\S+\.md)`\n\n```markdown\n(.*?)^```", text_of(name), re.DOTALL | re.MULTILINE
        )


@pytest.mark.parametrize("name", ["trouble.md", "om-nagot-gar-fel.md"])
def test_what_the_guide_quotes_is_said(name: str) -> None:
    """Somebody who looks for the words on the screen finds them: each quoted message is one."""
    quoted_messages = re.findall(r'^\| "([^"]+)"', text_of(name), re.MULTILINE)
    said = catalogue()
    words = list(said.values() if name in SWEDISH else said)

    assert len(quoted_messages) > 5
    for message in quoted_messages:
        parts = [part.strip() for part in message.split("…")]
        assert any(all(part in line for part in parts) for line in words), message


def catalogue() -> dict[str, str]:
    """Everything that is said at the desk: English to Swedish, of plural forms the second."""
    found = {}
    for domain in ("desk", "commands"):
        with (REPOSITORY / f"newsroom/locale/sv/LC_MESSAGES/{domain}.po").open("rb") as file:
            for message in read_po(file):
                found[_last(message.id)] = _last(message.string)
    return found


def _last(words: object) -> str:
    return str(words[-1]) if isinstance(words, tuple | list) else str(words)
