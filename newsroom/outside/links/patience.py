"""A budget of time for one link, which redirects and second tries use up together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Patience:
    """How long one thing may take in all, whatever it waits for in between."""

    def __init__(self, seconds: float, whole: "Patience | None" = None) -> None:
        """What is used up of it is used up of the `whole`, too."""
        self._left = seconds
        self._whole = whole

    def part(self, share: float) -> "Patience":
        """Some of what is left, for a first try."""
        return Patience(self._left * share, self)

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Use some of it up. Raises TimeoutError when it comes to its end."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self.use_up(clock() - began)

    def use_up(self, seconds: float) -> None:
        """Take so much away, of the whole too."""
        self._left -= seconds
        if self._whole is not None:
            self._whole.use_up(seconds)
