"""A line that takes its time: hands on every byte half a round trip after it came.

    python distance.py PORT TO-PORT MILLISECONDS

What is said in one go arrives in one go, so that commands said together cost one trip together.
"""

import asyncio
import sys
from contextlib import suppress

HOST = "127.0.0.1"
PIECE = 1 << 18  # bytes


async def main(port: int, to: int, delay: float) -> None:
    """Serve until the process is ended."""

    async def connected(near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection(HOST, to)
        await asyncio.gather(hand_on(near_in, far_out, delay), hand_on(far_in, near_out, delay))

    server = await asyncio.start_server(connected, HOST, port)
    await server.serve_forever()


async def hand_on(source: asyncio.StreamReader, drain: asyncio.StreamWriter, delay: float) -> None:
    """One direction of one line, in order, until it is closed."""
    loop = asyncio.get_running_loop()
    with suppress(OSError):
        while piece := await source.read(PIECE):
            loop.call_later(delay, drain.write, piece)
    loop.call_later(delay, drain.close)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 2000))
