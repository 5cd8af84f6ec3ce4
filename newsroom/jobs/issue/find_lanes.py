"""Learning who takes the readers' mail, ahead of an issue: never while it is being sent."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.pace.lane_groups import keep_hosts, lane_finder, unknown_domains
from newsroom.model import Sending

Ask = Callable[[Collection[str]], Mapping[str, str | None]]  # domains to their mail hosts


def find_lanes(
    database: Engine, sending: Sending, ask: Ask | None, now: datetime
) -> Callable[[str], str]:
    """What gives each address its lane. The DNS is asked (`ask`) of what is not known by now.

    With None nobody is asked: where mail does not leave the machine.
    """
    if ask is not None:
        with reading(database) as connection:
            domains = unknown_domains(connection, now)
        found = ask(domains) if domains else {}
        with transaction(database) as connection:
            keep_hosts(connection, found, now)
    with reading(database) as connection:
        return lane_finder(connection, sending.lanes)
