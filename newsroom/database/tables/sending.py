"""Copies of issues: who gets one, how far each has come, and how fast they may go."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from newsroom.database.tables.columns import Moment, metadata
from newsroom.database.told import Told

batch = Table(
    "batch",
    metadata,
    Column("issue", ForeignKey("issue.name"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("attempt", Integer, nullable=False),  # how often it was handed out: the fencing token
    Column("lease_until", Moment),  # until then it is in somebody's hands
    Column("worker", String(100)),  # in whose
)

delivery = Table(
    "delivery",
    metadata,
    Column("issue", ForeignKey("issue.name"), primary_key=True),
    Column("subscriber_id", Integer, primary_key=True),
    Column("email", String(320), nullable=False),
    Column("name", String(200)),
    Column("lang", String(16), nullable=False),
    Column("lane", String(255), nullable=False),  # the receiving host group
    Column("batch", Integer, nullable=False),
    Column("place", Float, nullable=False),  # the order within a batch; lanes are interleaved by it
    Column("state", String(16), nullable=False),  # DeliveryState
    Column("reason", Told),  # why excluded, refused, put off, unknown
    Column("token", String(64)),  # of the last claim: only who holds it may write the outcome
    Column("claimed_at", Moment),  # when that was; written by the claim, which `guard` goes by
    Column("worker", String(100)),  # who made the last claim
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment),  # not before this, when deferred
    Column("message_id", String(255), nullable=False),
    Column("code", String(16)),  # the last SMTP reply, with its enhanced status
    Column("updated", Moment, nullable=False),
    UniqueConstraint("issue", "email"),
    Index("delivery_by_state", "issue", "state", "batch"),
)

rate = Table(
    "rate",
    metadata,
    Column("key", String(255), primary_key=True),  # global, sender, system, lane:<host group>
    Column("tat", Float, nullable=False),  # theoretical arrival time, seconds since 1970 (GCRA)
    Column("paused_until", Moment),
    Column("reason", Told),
    Column("changed", Moment),  # when it was last paused or let go: refusals count from here
)

mail_host = Table(
    "mail_host",  # which hosts take mail for a domain, as the DNS said when it was last asked
    metadata,
    Column("domain", String(255), primary_key=True),
    Column("host", String(255)),  # the first of them; none: the DNS gave nothing
    Column("asked", Moment, nullable=False),
)
