"""One file of the site: where it stands, what it depends on, how its bytes are made."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site as a pure function of its declared inputs.

    `render` may use nothing that is not in `inputs`: when they are the same as last time, and so
    are the program and the templates, the file on disk is kept unread. Pages of which there are
    thousands give a digest of their inputs, worked out when the texts were read, and look at the
    inputs themselves only when they are rendered.
    """

    path: str  # below the site's root: nyheter/2026/eu-valet/index.html
    inputs: tuple[object, ...] | bytes  # all that its bytes are made from, or a digest of it
    render: Callable[[], bytes]

    @property
    def digest(self) -> str:
        """What is kept of the inputs, to know them again."""
        if isinstance(self.inputs, bytes):
            return self.inputs.hex()
        return blake2b(repr(self.inputs).encode(), digest_size=16).hexdigest()
