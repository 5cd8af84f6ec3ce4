"""A process that looks at the clock again and again, as the bot does, and can be killed over it.

python ticker.py DATABASE FOLDER PLACE

The time stands in a file of the folder, so that a test can put it on and back; each process has a
file there with the time that its last look was made by. What is begun and ended is written to a
journal, one line in one write, so that no line is lost or mixed.
"""

import os
import random
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from newsroom.database import open_database
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Rota
from newsroom.jobs.running.tick import tick
from newsroom.model import Every, Schedule, ScheduledJob, Slot
from newsroom.whole_file import write

_HOURLY = Schedule(ZoneInfo("UTC"), (ScheduledJob("publish", Every(timedelta(hours=1))),))
_LONGEST = 0.05  # seconds that a job takes at most
_PAUSE = 0.005


def main() -> None:
    """Look at the clock until somebody ends the process."""
    url, folder, place = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    journal = os.open(folder / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(what: str, slot: Slot) -> None:
        os.write(journal, f"{what} {slot.due:%dT%H:%M} {os.getpid()}\n".encode())

    def publish(slot: Slot) -> str:
        note("begin", slot)
        time.sleep(random.random() * _LONGEST)
        note("end", slot)
        return "published"

    def clock() -> datetime:
        return datetime.fromisoformat((folder / "clock").read_text(encoding="ascii"))

    hands, database = hands_in(folder / place), open_database(url)
    rota = Rota(_HOURLY, {"publish": publish}, database, hands.who, clock, hands=hands)

    def look() -> None:
        now = clock()
        tick(rota, now)
        write(folder / f"looked.{os.getpid()}", now.isoformat().encode("ascii"), lasting=False)

    look()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        look()
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main()
