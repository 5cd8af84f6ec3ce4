"""One file of the site: where it stands, what it depends on, how its bytes are made."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site as a pure function of its declared inputs.

    `render` may use nothing that is not in `inputs`: when the `repr` of the inputs is the same as
    last time, and so are the program and the templates, the file on disk is kept unread.
    """

    path: str  # below the site's root: nyheter/2026/eu-valet/index.html
    inputs: tuple[object, ...]
    render: Callable[[], bytes]
