"""The built site, served as it lies on disk.

Starlette's StaticFiles finds a file and sees to it that none outside the folder is found; that part
is used. What it answers with is our own: its tags change with a file's time though the bytes are
the same, it compresses nothing, and it opens a file a second time to send it, when a build may have
put another one there.
"""

import re
from pathlib import Path
from stat import S_ISREG

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from newsroom.web.file_answer import file_answer
from newsroom.web.forwarding import Forwarding, send_on
from newsroom.web.open_file import Knowledge

# The program's own: what a build has waiting, the redirects. The well-known is for everybody.
_HIDDEN = re.compile(r"(?:.*/)?(?:\.(?!well-known/)|_redirects\.).*", re.DOTALL)
_ODD = re.compile(rb"%(?:2f|5c|00)", re.IGNORECASE)  # slashes that other programs may not see
_INDEX = "index.html"
_NOT_FOUND = "404.html"


class PublicFiles:
    """Files with their right types; folders by their index.html; 404.html for the rest."""

    def __init__(self, public: Path, base: str) -> None:
        """`base` is the path of the site's address, without its last slash."""
        self._base = base
        self._folder = StaticFiles(directory=public, check_dir=False)
        self._forwarding = Forwarding(public)
        self._knowledge = Knowledge()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the disk is asked in a thread."""
        response = await run_in_threadpool(self._answer, Request(scope))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return PlainTextResponse("files are only read\n", 405, {"Allow": "GET, HEAD"})
        asked = request.scope["path"]
        path = asked.removeprefix(self._base).removeprefix("/")
        redirects = self._forwarding.now()
        if redirects.is_gone(asked):
            return self._page(410, f"{path.rstrip('/')}/{_INDEX}", _NOT_FOUND)
        if target := redirects.target(asked):
            return send_on(request, target, 301)
        if _ODD.search(request.scope.get("raw_path") or b""):
            return self._page(404, _NOT_FOUND)
        return self._file_or_way(request, asked, path)

    def _file_or_way(self, request: Request, asked: str, path: str) -> Response:
        """The file below the site's root, or the way to the one address that its page has."""
        whole = f"{path}{_INDEX}" if path.endswith("/") or not path else path
        if file := self._find(whole):
            if f"/{path}".endswith(f"/{_INDEX}"):
                return send_on(request, asked.removesuffix(_INDEX), 301)
            try:
                return file_answer(request, whole, file, self._knowledge)
            except OSError:  # a build has just taken it away, or it may not be read
                return self._page(404, _NOT_FOUND)
        if self._find(f"{path}/{_INDEX}"):
            return send_on(request, f"{asked}/", 301)
        return self._page(404, _NOT_FOUND)

    def _find(self, path: str) -> Path | None:
        """The file at a path below the site's root; None for what readers may not see."""
        if "//" in f"/{path}" or _HIDDEN.fullmatch(path):
            return None
        try:
            file, found = self._folder.lookup_path(path)
        except (OSError, ValueError):  # too long, in a closed folder, with a NUL
            return None
        return Path(file) if found is not None and S_ISREG(found.st_mode) else None

    def _page(self, status: int, *paths: str) -> Response:
        """The first of some pages. No cache keeps it: what is missing may come in a minute."""
        quiet = {"Cache-Control": "no-store"}
        for file in filter(None, map(self._find, paths)):
            try:
                return Response(file.read_bytes(), status, quiet, media_type="text/html")
            except OSError:
                continue
        return PlainTextResponse("there is no page here\n", status, quiet)
