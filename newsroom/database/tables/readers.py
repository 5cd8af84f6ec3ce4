"""Subscribers, what they agreed to, and addresses that must be kept out."""

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from newsroom.database.tables.columns import Moment, metadata

subscriber = Table(
    "subscriber",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(320), nullable=False, unique=True),  # canonical
    Column("name", String(200)),
    Column("state", String(16), nullable=False),  # SubscriberState
    Column("lang", String(16), nullable=False),
    Column("tags", JSON, nullable=False),
    Column("since", Moment, nullable=False),  # when the present state began
    Column("confirm_digest", String(64), unique=True),  # SHA-256 of the open confirmation token
    Column("confirm_expires", Moment),
    Column("confirm_tries", Integer, nullable=False, server_default="0"),  # wrong codes so far
    sqlite_autoincrement=True,  # an erased person's id is never given to another
)

consent_event = Table(
    "consent_event",  # append-only; each row's hash covers the one before it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscriber_id", Integer, nullable=False, index=True),  # outlives the subscriber's row
    Column("at", Moment, nullable=False),
    Column("event", String(32), nullable=False),  # requested, confirmed, imported, left, …
    Column("wording", String(64)),  # SHA-256 of the words shown
    Column("source", String(200)),  # the page, the file, the paper
    Column("method", String(32), nullable=False),  # web, one-click, import, command
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

consent_head = Table(
    "consent_head",  # one row: where the chain ends, so that a cut end is missed
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
)

wording = Table(
    "wording",  # every text that somebody consented to, word for word
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the text
    Column("text", Text, nullable=False),
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_hash", String(64), primary_key=True),  # HMAC-SHA256 with the newsroom's secret
    Column("reason", String(32), primary_key=True),  # Reason: erased, left, bounced, complained
    Column("at", Moment, nullable=False),
    Column("key", String(2)),  # the mark of that secret, in hexadecimal; none: not written down
)

notice = Table(
    "notice",  # mails that a public form asked for, so that nobody is flooded with them
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_hash", String(64), nullable=False, index=True),  # as in `suppression`
    Column("kind", String(16), nullable=False),  # Purpose, or flood
    Column("at", Moment, nullable=False, index=True),
)
