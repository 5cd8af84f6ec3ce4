"""Pages kept as they were published while their sources have errors."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages to leave, and the folders of the site in which the files that they show stand."""

    addresses: tuple[str, ...] = ()  # of pages: kalender/hostmote/
    folders: tuple[str, ...] = ()  # below the site's root, each with a slash at its end

    def files(self, out: Path, ours: Collection[str]) -> frozenset[str]:
        """Those of our files that the pages are, with their calendars and what they show."""
        own = frozenset(path for address in self.addresses for path in _own(address))
        texts = [
            (out / path).read_text("utf-8", "replace")
            for path in own.intersection(ours)
            if path.endswith(".html") and (out / path).is_file()
        ]
        files = [path for path in ours if path.startswith(self.folders)] if texts else []
        shown = (path for path in files if any(quote(path) in text for text in texts))
        return own.intersection(ours).union(shown)


def _own(address: str) -> Iterator[str]:
    yield f"{address}index.html"
    yield f"{address.rstrip('/')}.ics"
