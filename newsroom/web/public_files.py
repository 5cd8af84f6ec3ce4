"""The built site, served as it lies on disk."""

import os
from pathlib import PurePath

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TYPES = {  # by the end of the name; what is not here the standard library knows
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    ".ics": "text/calendar; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_SUBSCRIBED = ("feed.xml", "atom.xml", "feed.json", ".ics")  # what programs fetch again and again
_FEED_AGE = "public, max-age=900"
_PAGE_AGE = "no-cache"  # kept, but asked about: a corrected page is seen at once
_FOR_EVER = "public, max-age=31536000, immutable"


class PublicFiles(StaticFiles):
    """Files with their right types; folders by their index.html; 404.html for the rest."""

    def __init__(self, directory: os.PathLike[str], pictures: str) -> None:
        super().__init__(directory=directory, html=True, check_dir=False)
        self._pictures = f"/{pictures}"  # their addresses hold a digest, so they never change

    async def check_config(self) -> None:
        """A site that is not built yet has no files; that is no reason to fail."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file of a path; what begins with a dot is the program's own and not found."""
        if any(part.startswith(".") and part != "." for part in PurePath(path).parts):
            return "", None
        return super().lookup_path(path)

    def file_response(
        self,
        full_path: os.PathLike[str] | str,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, or "not modified", with what caches and programs need to know of it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = PurePath(full_path).name
        for ending, media_type in _TYPES.items():
            if name.endswith(ending) and isinstance(response, FileResponse):
                response.headers["content-type"] = media_type
        response.headers["cache-control"] = self._age(name, scope)
        if name.endswith(_SUBSCRIBED):
            response.headers["access-control-allow-origin"] = "*"
        return response

    def _age(self, name: str, scope: Scope) -> str:
        if name.endswith(_SUBSCRIBED):
            return _FEED_AGE
        return _FOR_EVER if self._pictures in scope["path"] else _PAGE_AGE
