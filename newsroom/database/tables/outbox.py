"""Single mails that wait: to readers, and memos to the coordinator."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, false

from newsroom.database.tables.columns import Moment, metadata
from newsroom.database.told import Told, ToldSheet

outbox = Table(
    "outbox",  # mails that wait to be handed over; of those to readers neither words nor address
    metadata,
    Column("id", Integer, primary_key=True),
    Column(  # whom it is to, and goes with; none: the coordinator
        "subscriber_id", ForeignKey("subscriber.id", ondelete="CASCADE"), index=True
    ),
    Column("kind", String(16), nullable=False),  # what it is for, Purpose
    Column("lang", String(16), nullable=False),
    Column("seed", String(64)),  # makes the token of a confirmation, with the newsroom's secret
    Column("memo", ToldSheet),  # what the coordinator is told, in sentences
    Column("asked", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),  # the number of the last claim: its fencing token
    Column("doubts", Integer, nullable=False),  # tries that may have been taken, for all we know
    Column("next_at", Moment, nullable=False, index=True),  # nobody claims it before this
    Column("code", String(16)),  # the last reply that put it off
    Column("reason", Told),  # the same in words, without an address
    Column(  # a memo that waits for a better address
        "refused", Boolean, nullable=False, server_default=false()
    ),
    sqlite_autoincrement=True,  # who holds a claim of an old row holds none of a new one
)
