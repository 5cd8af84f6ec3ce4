"""Redirects and withdrawn pages, as the last build wrote them down."""

import logging
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from newsroom.model.saying import say
from newsroom.render.redirects import FILE, NOWHERE, Redirects, read_redirects

log = logging.getLogger(__name__)

_MAY_STAND = "/%#~"  # in a path that is written for browsers already


class Forwarding:
    """The site's redirects, read again when a build has written them anew."""

    def __init__(self, public: Path) -> None:
        self._file = public / FILE
        self._read: tuple[tuple[int, ...], Redirects] = ((), NOWHERE)

    def now(self) -> Redirects:
        """The redirects; none when the site has no such file, or one that cannot be read."""
        try:
            found = self._file.stat()
        except OSError:
            return NOWHERE
        state = (found.st_mtime_ns, found.st_size, found.st_ino)
        if self._read[0] != state:
            self._read = (state, self._parse())
        return self._read[1]

    def _parse(self) -> Redirects:
        try:
            return read_redirects(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            log.warning(say("nobody is sent on from old addresses: {fault}", fault=error))
            return NOWHERE


def send_on(request: Request, path: str, status: int) -> Response:
    """The way to another path of this site, with the query that the reader came with.

    The host is not named, so that it stays the one that the reader sees, whatever stands in front
    of us; and `//elsewhere.example` cannot become one.
    """
    where = quote(f"/{path.lstrip('/')}", safe=_MAY_STAND)
    query = f"?{request.url.query}" if request.url.query else ""
    page, mark, anchor = where.partition("#")
    location = f"{page}{query}{mark}{anchor}"
    # Browsers keep a redirect for ever when nobody says otherwise, also one that was a mistake.
    return Response(None, status, {"Location": location, "Cache-Control": "no-cache"})
