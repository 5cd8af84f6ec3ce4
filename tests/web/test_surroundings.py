import logging

import pytest

from newsroom.errors import ContentError
from newsroom.model import Newsroom
from newsroom.render.pages.frame import Frame, make_frame
from newsroom.web.surroundings import Surroundings
from tests.web.house import SITE

FRAME = make_frame(Newsroom(site=SITE), logo=None, style="style.css")


class Folder:
    """A content folder that is read, or is broken, and counts."""

    def __init__(self) -> None:
        self.reads = 0
        self.broken = False

    def read(self) -> Frame:
        """The frame, or what is wrong."""
        self.reads += 1
        if self.broken:
            raise ContentError("posts/site.yaml:3: no name; write name: …")
        return FRAME


def test_the_folder_is_read_once_a_minute() -> None:
    """Visitors within a minute share one reading; the next minute reads again."""
    folder, times = Folder(), iter([1000.0, 1059.0, 1060.0])
    surroundings = Surroundings(folder.read, lambda: next(times))

    frames = [surroundings.frame() for _ in range(3)]

    assert frames == [FRAME] * 3
    assert folder.reads == 2


def test_a_broken_folder_leaves_the_pages_standing(caplog: pytest.LogCaptureFixture) -> None:
    """The last good frame is kept, the fault is logged, and once a minute it is tried again."""
    folder, times = Folder(), iter([1000.0, 1120.0, 1240.0])
    surroundings = Surroundings(folder.read, lambda: next(times))
    surroundings.frame()
    folder.broken = True

    with caplog.at_level(logging.WARNING):
        assert surroundings.frame() == FRAME

    assert "posts/site.yaml:3" in caplog.text
    folder.broken = False
    assert surroundings.frame() == FRAME
    assert folder.reads == 3


def test_a_folder_that_never_was_good_is_an_error() -> None:
    """There is nothing to keep."""
    folder = Folder()
    folder.broken = True

    with pytest.raises(ContentError):
        Surroundings(folder.read).frame()
