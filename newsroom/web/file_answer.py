"""Answering with a file of the site: all of it, a range, or "not modified"."""

from collections.abc import AsyncIterator
from email.utils import format_datetime
from io import BufferedReader, BytesIO
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from newsroom.web.conditions import Verdict, accepts_gzip, judge
from newsroom.web.file_types import FileType, file_type
from newsroom.web.open_file import Knowledge, OpenFile, open_file

_CHUNK = 256 * 1024  # bytes that are in memory at once


def file_answer(request: Request, path: str, file: Path, knowledge: Knowledge) -> Response:
    """The file that stands at a path below the site's root. Raises OSError when it is gone."""
    kind = file_type(path, request.url.query)
    packed = kind.is_compressed and accepts_gzip(request.headers.get("accept-encoding", ""))
    opened = open_file(file, knowledge, packed=packed)
    verdict = judge(request.headers, opened.version, may_range=request.method == "GET")
    headers = _headers(kind, opened, verdict)
    part = range(0) if request.method == "HEAD" else verdict.part
    if len(part) > _CHUNK:
        return _FilePart(opened.file, verdict, headers)
    with opened.file:
        opened.file.seek(part.start)
        return Response(opened.file.read(len(part)), verdict.status, headers)


def _headers(kind: FileType, opened: OpenFile, verdict: Verdict) -> dict[str, str]:
    """The same for GET, HEAD and "not modified", but for what speaks of a body that is not sent."""
    headers = {
        "ETag": opened.version.etag,
        "Last-Modified": format_datetime(opened.version.modified, usegmt=True),
        "Cache-Control": kind.cache,
    }
    if kind.is_compressed:
        headers["Vary"] = "Accept-Encoding"
    if kind.for_scripts:
        headers["Access-Control-Allow-Origin"] = "*"
    if verdict.status in {304, 412}:
        return headers
    return headers | _of_the_body(kind, opened, verdict)


def _of_the_body(kind: FileType, opened: OpenFile, verdict: Verdict) -> dict[str, str]:
    size, part = opened.version.size, verdict.part
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(len(part))}
    if verdict.status == 416:  # noqa: PLR2004 (HTTP's own number)
        return headers | {"Content-Range": f"bytes */{size}"}
    if verdict.status == 206:  # noqa: PLR2004 (HTTP's own number)
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    if opened.is_packed:
        headers["Content-Encoding"] = "gzip"
    if kind.for_download:
        headers["Content-Disposition"] = "attachment"  # under the last word of its address
    return headers | {"Content-Type": kind.media_type}


class _FilePart(StreamingResponse):
    """Bytes of an open file, sent piece by piece; the file is closed however that ends."""

    def __init__(
        self, file: BufferedReader | BytesIO, verdict: Verdict, headers: dict[str, str]
    ) -> None:
        super().__init__(self._pieces(verdict.part), verdict.status, headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()

    async def _pieces(self, part: range) -> AsyncIterator[bytes]:
        """The bytes. A file that somebody cuts short meanwhile breaks off, and is not padded."""
        self._file.seek(part.start)
        left = len(part)
        while left and (piece := await run_in_threadpool(self._file.read, min(left, _CHUNK))):
            left -= len(piece)
            yield piece
