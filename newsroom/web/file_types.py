"""What a file of the site is, by its path: its type, who may read it, and how long caches keep it.

The same is said to nginx, Apache and Caddy in `serve/`; one suite of tests visits all of them.
"""

import re
from dataclasses import dataclass

_TEXT = "; charset=utf-8"
_TYPES = {
    "css": f"text/css{_TEXT}",
    "csv": f"text/csv{_TEXT}",
    "html": f"text/html{_TEXT}",
    "ics": f"text/calendar{_TEXT}",
    "js": f"text/javascript{_TEXT}",
    "json": "application/json",
    "md": f"text/markdown{_TEXT}",
    "svg": f"image/svg+xml{_TEXT}",
    "txt": f"text/plain{_TEXT}",
    "vtt": f"text/vtt{_TEXT}",
    "xml": f"application/xml{_TEXT}",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_UNKNOWN = "application/octet-stream"
_FEEDS = (  # by their names, or as parts of the archive
    (re.compile(r"(?:.*/)?(?:atom[^/]*|archive/[^/]+)\.xml"), f"application/atom+xml{_TEXT}"),
    (re.compile(r"(?:.*/)?(?:feed|rss)[^/]*\.xml"), f"application/rss+xml{_TEXT}"),
    (re.compile(r"(?:.*/)?(?:feed[^/]*|archive/[^/]+)\.json"), "application/feed+json"),
)
_COMPRESSED = re.compile(r"text/|image/svg|application/(?:[a-z]+\+)?(?:json|xml)")
_EMBED = "embed/"  # made for members' own sites
_HASHED = re.compile(r"(?:.*/)?[0-9a-f]{12,}/[^/]+\.(?:avif|gif|jpe?g|png|svg|webp)")

_FEED_AGE = "public, max-age=900"
_PAGE_AGE = "no-cache"  # kept, but asked about: what is corrected or withdrawn is seen at once
_SHEET_AGE = (
    "public, max-age=3600"  # its address has its version; an hour, should it be half a build's
)
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class FileType:
    """What caches, browsers and programs need to know of a file."""

    media_type: str
    cache: str  # Cache-Control
    for_scripts: bool  # of other sites too (CORS)
    for_download: bool  # rather than to be shown

    @property
    def is_compressed(self) -> bool:
        """Whether the file becomes smaller when it is compressed, as text does."""
        return _COMPRESSED.match(self.media_type) is not None


def file_type(path: str, query: str = "") -> FileType:
    """The type of the file at a path below the site's root, asked for with a query."""
    feed = next((media_type for name, media_type in _FEEDS if name.fullmatch(path)), None)
    ending = path.rpartition(".")[2].lower()
    subscribed = feed is not None or ending == "ics"
    return FileType(
        media_type=feed or _TYPES.get(ending, _UNKNOWN),
        cache=_FEED_AGE if subscribed else _age(path, query),
        for_scripts=subscribed or path.startswith(_EMBED),
        for_download=ending == "ics",
    )


def _age(path: str, query: str) -> str:
    if path.endswith(".css") and query.startswith("v="):
        return _SHEET_AGE
    return _FOR_EVER if _HASHED.fullmatch(path) else _PAGE_AGE
