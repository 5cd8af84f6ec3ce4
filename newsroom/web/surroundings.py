"""The frame of the site (name, menu, footer) for pages of the web, cached for a minute."""

import logging
from collections.abc import Callable
from time import monotonic

from newsroom.errors import NewsroomError
from newsroom.model.saying import say
from newsroom.render.pages.frame import Frame

log = logging.getLogger(__name__)

_FRESH = 60  # seconds


class Surroundings:
    """The frame as the content folder had it within the last minute.

    Reading the folder for every visitor would be slow. And when somebody has just broken site.yaml,
    readers can still leave: the last good frame is kept until it can be read again.
    """

    def __init__(self, read: Callable[[], Frame], clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds, and is never set back as the time of day may be."""
        self._read = read
        self._clock = clock
        self._kept: tuple[float, Frame] | None = None

    def frame(self) -> Frame:
        """The frame. Raises NewsroomError only when there never was a good one."""
        now = self._clock()
        if self._kept is not None and now - self._kept[0] < _FRESH:
            return self._kept[1]
        try:
            frame = self._read()
        except NewsroomError as error:
            if self._kept is None:
                raise
            log.warning(say("the pages keep their old surroundings: {fault}", fault=error.sentence))
            frame = self._kept[1]
        self._kept = (now, frame)
        return frame
