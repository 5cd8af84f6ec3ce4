"""Freezing an issue for very many readers, in a process of its own.

    python -m benchmarks.sending.freezing DATABASE-URL

The database has its readers already. It prints what it took as JSON.
"""

import json
import resource
import sys
import time
from datetime import UTC, datetime

from sqlalchemy import func, insert, select

from newsroom.database import open_database, transaction
from newsroom.database.tables import delivery, issue
from newsroom.delivery.ledger.freeze import Edition, freeze
from newsroom.model import Audience, Sending

NAME = "2026-host"


def main(url: str) -> None:
    """Freeze, and print what it took."""
    database, now = open_database(url), datetime.now(UTC)
    edition = Edition(
        issue=NAME,
        content_hash="h",
        subject="Autumn",
        letters={"en": {}},
        default_lang="en",
        audience=Audience(),
        first_url="https://bench.example.se",
        sender_domain="example.se",
    )
    with transaction(database) as connection:
        row = {"name": NAME, "state": "approved", "content_hash": "h", "updated": now}
        connection.execute(insert(issue).values(row))
    used, began = time.process_time(), time.perf_counter()
    with transaction(database) as connection:
        freeze(connection, edition, Sending(), now)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    with transaction(database) as connection:
        frozen = connection.scalar(select(func.count()).select_from(delivery))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"messages": frozen, "seconds": seconds, "cpu": cpu, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1])
