"""A page before it is printed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Leaf:
    """An address, a template, and the view: everything that the template may show."""

    address: str  # nyheter/2026/eu-valet/ or 404.html
    template: str  # site/post.html
    view: object
    modified: date | None = None  # when its content last changed (a datetime is the finer date)
    listed: bool = True  # in the sitemap

    @property
    def path(self) -> str:
        """The file below the site's root."""
        folder = self.address == "" or self.address.endswith("/")
        return f"{self.address}index.html" if folder else self.address


def latest(*moments: date | None) -> date | None:
    """The latest of the times that are known."""
    known = [moment for moment in moments if moment is not None]
    return max(known, key=lambda moment: moment.isoformat()) if known else None
