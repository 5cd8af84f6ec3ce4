"""What receiving hosts said last to those whose copy they put off."""

from typing import Any

from sqlalchemy import Connection, Select, func, select

from newsroom.database.tables import delivery
from newsroom.model.delivery import Answer, DeliveryState

_LISTED = 100  # lanes shown at most


def last_answers(connection: Connection, name: str) -> tuple[Answer, ...]:
    """The last word of each lane in which copies of an issue are put off; most copies first."""
    each = _put_off(name).subquery()
    rows = connection.execute(
        select(each)
        .where(each.c.latest == 1)
        .order_by(each.c.copies.desc(), each.c.lane)
        .limit(_LISTED)
    )
    return tuple(Answer(row.lane, row.code, row.reason, row.copies) for row in rows)


def _put_off(name: str) -> Select[Any]:
    newest_first = (delivery.c.updated.desc(), delivery.c.subscriber_id)
    return select(
        delivery.c.lane,
        delivery.c.code,
        delivery.c.reason,
        func.count().over(partition_by=delivery.c.lane).label("copies"),
        func.row_number().over(partition_by=delivery.c.lane, order_by=newest_first).label("latest"),
    ).where(
        delivery.c.issue == name,
        delivery.c.state == DeliveryState.DEFERRED,
        delivery.c.reason.is_not(None),
    )
