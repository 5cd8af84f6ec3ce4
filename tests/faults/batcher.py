"""A process that enqueues some batches and hangs in the first it is given, until it is killed.

python batcher.py DATABASE EXECUTOR ISSUE JOURNAL
"""

import sys
import threading
from pathlib import Path

from newsroom.engine import BatchEngine

BATCHES = 3


def main() -> None:
    """Have the batches run, one at a time."""
    url, executor, issue, journal = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])

    def run(_issue: str, number: int, _attempt: int) -> None:
        journal.write_text(str(number), encoding="ascii")
        threading.Event().wait()

    engine = BatchEngine(url, executor, 1, 1, run, lambda *_batch: True)
    engine.start()
    for number in range(BATCHES):
        engine.enqueue_batch(issue, number, 1)
    threading.Event().wait()


if __name__ == "__main__":
    main()
