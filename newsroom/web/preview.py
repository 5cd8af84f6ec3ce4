"""A site that somebody is writing: the files as they were built, told when they have changed.

What is built is the site and nothing else. What a preview adds, its script and that no search
engine may keep anything, is added to the answers here.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, StreamingResponse
from starlette.routing import Mount, Route

from newsroom.web.headers import StrictHeaders
from newsroom.web.preview_pages import PreviewPages, PreviewWords

_HERE = Path(__file__).parent
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_LONGEST_LINE = 1 << 24  # bytes, when everything is wrong at once
_RETRY = 300  # milliseconds until a browser asks again
_NOTHING = "null"  # JSON: there is nothing to mend
_NOBODY = "{}"  # JSON: readers see every page


class Board:
    """What was told last, and everybody who waits for more."""

    def __init__(self) -> None:
        self.told = 0  # how often
        self.notice = _NOTHING  # JSON: what is to be mended
        self.labels = _NOBODY  # JSON: why readers do not see a page, by its path
        self._news = asyncio.Condition()

    async def tell(self, notice: str, labels: str = _NOBODY) -> None:
        """The site was built, this is wrong with it, and this is why readers miss some of it."""
        async with self._news:
            self.told += 1
            self.notice, self.labels = notice, labels
            self._news.notify_all()

    async def wait(self, told: int) -> None:
        """Come back when there is more than that."""
        async with self._news:
            await self._news.wait_for(lambda: self.told > told)


def serve(listening: socket.socket, public: Path, words: PreviewWords, listen: int) -> None:
    """Be the server of a preview until `listen` ends.

    Each line there says that the site was built, and is in JSON: `notice` is what is to be mended,
    or null; `labels` says by path why readers do not see a page.
    """
    import uvicorn

    board = Board()
    local = listening.getsockname()[0] in _THIS_MACHINE
    app = preview_application(public, words, board, hosts=_HOSTS if local else ["*"])
    # The signals are our parent's; it ends us.
    config = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off")
    server = uvicorn.Server(config)

    async def both() -> None:
        hearing = asyncio.create_task(_hear(listen, board))
        await server.serve([listening])
        hearing.cancel()

    asyncio.run(both())


def preview_application(
    public: Path, words: PreviewWords, board: Board, *, hosts: Sequence[str] = _HOSTS
) -> Starlette:
    """The site that is built into `public`, and the stream of what becomes of each page.

    `hosts` are the names by which it may be asked: drafts are for nobody who has another name lead
    to this machine.
    """
    pages = PreviewPages(public, words)
    stream = _Stream(pages, board)
    own = [
        Route("/events", stream.answer),
        *(Route(f"/{name}", _own_file(name)) for name in ("preview.js", "preview.css")),
    ]
    return Starlette(
        routes=[Mount("/-", routes=own), Mount("/", pages)],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(StrictHeaders, base="/", encrypted=False),
        ],
    )


def _own_file(name: str) -> Callable[[Request], FileResponse]:
    def answer(_request: Request) -> FileResponse:
        return FileResponse(_HERE / name, headers={"Cache-Control": "no-cache"})

    return answer


@dataclass(frozen=True, slots=True)
class _Stream:
    """Server-sent events for one open page (WHATWG HTML, section 9.2)."""

    pages: PreviewPages
    board: Board

    def answer(self, request: Request) -> StreamingResponse:
        """What becomes of the page that a browser shows, in the version that it has."""
        page = unquote(request.query_params.get("page", "/"))
        version = request.query_params.get("version", "")
        return StreamingResponse(
            self._events(page, version),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def _events(self, page: str, version: str) -> AsyncIterator[str]:
        """At once, and after each build: the notice and the labels if they are new, and the page.

        A page that goes while something is to be mended is most likely what has to be mended, so
        its last good version stays.
        """
        yield f"retry: {_RETRY}\n\n"
        said, labelled = _NOTHING, _NOBODY
        while True:
            told, notice, labels = self.board.told, self.board.notice, self.board.labels
            if notice != said:
                yield f"event: notice\ndata: {notice}\n\n"
                said = notice
            now = await self.pages.version(page)
            if now.name != version and not (now.is_missing and notice != _NOTHING):
                yield "event: reload\ndata:\n\n"
                version = now.name
            if labels != labelled:
                yield f"event: labels\ndata: {labels}\n\n"
                labelled = labels
            await self.board.wait(told)


async def _hear(listen: int, board: Board) -> None:
    """Tell the board of each line, and end this process when no more come."""
    reader = asyncio.StreamReader(_LONGEST_LINE)
    pipe = os.fdopen(listen, "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    while line := await reader.readline():
        told = json.loads(line)
        notice, labels = (json.dumps(told[name]) for name in ("notice", "labels"))
        await board.tell(notice, labels)
    os._exit(0)  # nobody builds any more; open streams are not worth waiting for
