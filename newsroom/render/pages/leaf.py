"""A page that is planned and not rendered yet."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Late(NamedTuple):
    """A view that is made when its page is printed; until then a digest stands for it.

    Thousands of posts are planned by their cards. Only those whose digest is new are opened.
    """

    digest: bytes  # of everything that the view is made from
    make: Callable[[], object]


class Leaf(NamedTuple):
    """An address, a template, and the view: everything that the template may show."""

    address: str  # nyheter/2026/eu-valet/ or 404.html
    template: str  # site/post.html
    view: object  # Late, or the view itself
    modified: date | str | None = None  # when its content last changed; a text is in ISO 8601
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
