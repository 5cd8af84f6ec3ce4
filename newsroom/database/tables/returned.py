"""What came back: bounces, complaints, and the mails and webhooks that told of them."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text

from newsroom.database.tables.columns import Moment, metadata

bounce = Table(
    "bounce",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),  # of the message: each counts once
    Column("kind", String(16), nullable=False, server_default="bounce"),  # or complaint
    Column("issue", String(100)),
    Column("email", String(320)),
    Column("severity", String(16), nullable=False),
    Column("cause", String(16)),  # why, where somebody has judged it: newsroom.bounces.cause
    Column("status", String(16)),
    Column("diagnostic", Text),
    Column("suppressed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone", Moment),  # when somebody said that it was not to count
)

incoming = Table(
    "incoming",  # mails that came back to us and words of providers, each once
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the message, or of its id
    Column("at", Moment, nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # bounce, complaint, leave
    Column("known_by", String(16)),  # token, envelope-id, message-id; none when only named
    Column("email", String(320)),  # whose copy came back, or who is named
    Column("raw", LargeBinary),  # the message itself, for some days
)

inbox_mark = Table(
    "inbox_mark",  # how far the inbox has been read (RFC 3501 section 2.3.1.1)
    metadata,
    Column("mailbox", String(300), primary_key=True),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
)
