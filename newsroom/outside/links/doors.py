"""Rate limiting towards other sites: one request at a time to a host, with a pause between."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Doors:
    """A lock and a pause for each host. Used within one event loop."""

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
