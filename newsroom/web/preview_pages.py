"""The pages of a preview: those of the built site, with the preview's script, and three of its own.

What is built is the site and nothing else; what a preview adds to it is added here, to the answer.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsroom.web.public_files import PublicFiles

_HEAD_ENDS = b"</head>"
_SCRIPT = (
    '<script src="/-/preview.js" data-version="{}" data-stopped="{}" data-lang="{}" defer></script>'
)
_UNINDEXED = {"X-Robots-Tag": "noindex"}
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="/-/preview.css">
</head>
<body>
<main><h1>{title}</h1><p>{text}</p></main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """What a preview says by itself, in the language of the desk."""

    lang: str
    title: str  # of its own pages
    empty: str  # when there is no page yet
    form: str  # to whoever sends a form
    stopped: str  # on a page whose preview has ended


@dataclass(frozen=True, slots=True)
class Version:
    """Which bytes an address has now."""

    name: str
    is_missing: bool


@dataclass(slots=True)
class _Answer:
    """An answer of the site, whole."""

    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    async def send(self, message: Message) -> None:
        """Take what the site says (ASGI)."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = Headers(raw=message["headers"])
        else:
            self.body += message.get("body", b"")

    @property
    def version(self) -> str:
        """A name for the bytes and their status."""
        return sha256(b"%d %b" % (self.status, self.body)).hexdigest()[:16]

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.headers.get("content-type", "").startswith("text/html")


class PreviewPages:
    """The built site; no form of it does anything."""

    def __init__(self, public: Path, words: PreviewWords) -> None:
        self._files: ASGIApp = PublicFiles(public, "")
        self._words = words

    async def version(self, path: str) -> Version:
        """Which page an address has now."""
        answer = await self._ask(path)
        return Version(answer.version, answer.status != 200)  # noqa: PLR2004 (HTTP's own number)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["method"] not in {"GET", "HEAD"}:
            await self._own_page(self._words.form, 403)(scope, receive, send)
        elif _may_be_page(scope["path"]):
            query = scope["query_string"]
            await self._with_script(await self._ask(scope["path"], query))(scope, receive, send)
        else:
            await self._files(scope, receive, _unindexed(send))

    async def _ask(self, path: str, query: bytes = b"") -> _Answer:
        """What the site says of a path to somebody who knows nothing of it yet."""
        answer = _Answer()
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": quote(path).encode(),
            "root_path": "",
            "query_string": query,
            "headers": [],
        }
        await self._files(scope, _nothing, answer.send)
        return answer

    def _with_script(self, answer: _Answer) -> Response:
        if answer.status == 404 and not answer.is_page:  # noqa: PLR2004 (HTTP's own number)
            return self._own_page(self._words.empty, 404, answer.version)
        if not answer.is_page:
            return _kept_by_nobody(Response(answer.body, answer.status, dict(answer.headers)))
        return self._page(answer.body, answer.status, answer.version)

    def _own_page(self, text: str, status: int, version: str = "") -> Response:
        words = self._words
        html = _PAGE.format(lang=words.lang, title=escape(words.title), text=escape(text))
        return self._page(html.encode(), status, version)

    def _page(self, html: bytes, status: int, version: str) -> Response:
        """A page that looks after itself, when its address has a version to look for."""
        words = self._words
        script = _SCRIPT.format(version, escape(words.stopped), words.lang) if version else ""
        body = html.replace(_HEAD_ENDS, script.encode() + _HEAD_ENDS, 1)
        return _kept_by_nobody(Response(body, status, media_type="text/html"))


def _may_be_page(path: str) -> bool:
    """Whether a path can be a page's; what members embed in their own sites is none of ours."""
    name = path.rpartition("/")[2]
    return ("." not in name or name.endswith(".html")) and not path.startswith("/embed/")


def _kept_by_nobody(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(_UNINDEXED)
    return response


def _unindexed(send: Send) -> Send:
    async def send_unindexed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_UNINDEXED)
        await send(message)

    return send_unindexed


async def _nothing() -> Message:
    return {"type": "http.request"}
