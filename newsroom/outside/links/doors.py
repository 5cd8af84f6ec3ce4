"""Politeness towards other sites: one visitor at a time at each door, and a pause between two."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Doors:
    """The doors of all hosts. Used within one event loop."""

    def __init__(self, pause: float) -> None:
        """`pause` in seconds, from the end of one visit to the beginning of the next."""
        self._pause = pause
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free: dict[str, float] = {}

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn at a host, and leave its door to the next."""
        clock = asyncio.get_running_loop().time
        async with self._turns[host]:
            await asyncio.sleep(max(0.0, self._free.get(host, 0.0) - clock()))
            try:
                yield
            finally:
                self._free[host] = clock() + self._pause


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
