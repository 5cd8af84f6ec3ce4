"""Which saves are told of."""

import pytest

from newsroom.jobs.site.watch import is_leftover


@pytest.mark.parametrize(
    "path",
    [
        "posts/news/4913",
        "posts/news/.2026-host.md.swp",
        "posts/news/2026-host.md~",
        "posts/news/#2026-host.md#",
        "posts/news/.#2026-host.md",
        "posts/.DS_Store",
        "posts/documents/~$plan.docx",
        "posts/documents/.~lock.plan.odt#",
        "posts/news/host.md___jb_tmp___",
        "posts/.git/index",
    ],
)
def test_what_editors_leave_is_nobodys_text(path: str) -> None:
    """Copies, locks and tries of vim, Emacs, JetBrains, Word, LibreOffice and desktops."""
    assert is_leftover(path)


@pytest.mark.parametrize(
    "path",
    ["posts/site.yaml", "posts/news/host/index.md", "posts/news/49131.md", "templates/site/a.html"],
)
def test_what_somebody_wrote_is_told(path: str) -> None:
    """Texts, pictures and templates are."""
    assert not is_leftover(path)
