"""The tables, the same on SQLite and PostgreSQL.

Times are UTC; `Moment` gives them back aware on both databases. What is true of a person and an
issue stands only in `delivery`, one row for each.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    true,
)

from newsroom.database.told import Told, ToldSheet


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware time to UTC; SQLite has no zones, so it keeps the bare UTC time."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database holds, as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData()

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

notice = Table(
    "notice",  # mails that a public form asked for, so that nobody is flooded with them
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_hash", String(64), nullable=False, index=True),  # as in `suppression`
    Column("kind", String(16), nullable=False),  # Kind: confirm, already, link, data, copy, flood
    Column("at", Moment, nullable=False, index=True),
)

outbox = Table(
    "outbox",  # mails that wait to be handed over; of those to readers neither words nor address
    metadata,
    Column("id", Integer, primary_key=True),
    Column(  # whom it is to, and goes with; none: the coordinator
        "subscriber_id", ForeignKey("subscriber.id", ondelete="CASCADE"), index=True
    ),
    Column("kind", String(16), nullable=False),  # what it is for, as in `notice`
    Column("lang", String(16), nullable=False),
    Column("seed", String(64)),  # makes the token of a confirmation, with the newsroom's secret
    Column("memo", ToldSheet),  # what the coordinator is told, in sentences
    Column("asked", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),  # the number of the last claim: its fencing token
    Column("doubts", Integer, nullable=False),  # tries that may have been taken, for all we know
    Column("next_at", Moment, nullable=False, index=True),  # nobody claims it before this
    Column("code", String(16)),  # the last reply that put it off
    Column("reason", Told),  # the same in words, without an address
    sqlite_autoincrement=True,  # who holds a claim of an old row holds none of a new one
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_hash", String(64), primary_key=True),  # HMAC-SHA256 with the newsroom's secret
    Column("reason", String(32), primary_key=True),  # Reason: erased, left, bounced, complained
    Column("at", Moment, nullable=False),
    Column("key", String(2)),  # the mark of that secret, in hexadecimal; none: not written down
)

approval = Table(
    "approval",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue", String(100), nullable=False, index=True),
    Column("content_hash", String(64), nullable=False),
    Column("approved_by", String(100), nullable=False),  # a contact's slug
    Column("at", Moment, nullable=False),
    Column("ended", Moment),  # when it ceased to hold
    Column("ended_by", String(16)),  # EndedBy: an edit, or somebody who took it back
)

reviewed_text = Table(
    "reviewed_text",  # what approvers were shown or said yes to: later texts are compared with it
    metadata,
    Column("issue", String(100), primary_key=True),
    Column("content_hash", String(64), primary_key=True),
    Column("texts", JSON, nullable=False),  # by language
    Column("at", Moment, nullable=False),  # when it was last mailed or approved
)

desk_mail = Table(
    "desk_mail",  # the mails to the desk, each of which is sent once
    metadata,
    Column("issue", String(100), primary_key=True),  # "" of a memo, which is about none
    Column("news", String(16), primary_key=True),  # News, or a memo's kind
    Column("occasion", String(64), primary_key=True),  # which slot, text or pause it is about
    Column("contact", String(100), primary_key=True),  # whom it was told; "" the coordinator
    Column("at", Moment, nullable=False),  # the last try
    Column("taken", Boolean, nullable=False, server_default=true()),  # else in hand, or in doubt
    Column("tries", Integer, nullable=False, server_default="1"),  # that may have been taken
)

deadline = Table(
    "deadline",  # the days of the issues to come, and how often each was moved
    metadata,
    Column("issue", String(100), primary_key=True),
    Column("step", String(16), primary_key=True),  # draft, remind, approve, send
    Column("at", Moment, nullable=False),
    Column("off", Boolean, nullable=False),  # the issue was cancelled or skipped
    Column("sequence", Integer, nullable=False),  # how often it was moved (RFC 5545 3.8.7.4)
    Column("changed", Moment, nullable=False),  # when that was last
)

issue = Table(
    "issue",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("state", String(16), nullable=False),  # IssueState
    Column("content_hash", String(64)),
    Column("subject", Text),
    Column("leaves_at", Moment),  # the day that a person set; None: the schedule's slot
    Column("frozen_at", Moment),
    Column("recipients", Integer),  # how many were frozen: what the states always add up to
    Column("send_after", Moment),  # the undo window ends here
    Column("released", Moment),  # when its page was published; no mail leaves before that
    Column("deadline", Moment),  # after it, a message that is put off once more is refused
    Column("doctor_reason", Text),  # why it was sent without a good verdict
    Column("go_at", Moment),  # when somebody said that the rest may follow the canaries
    Column("go_by", String(100)),  # who: a contact's slug, or how it was said
    Column("asks_nobody", Boolean, nullable=False, server_default=false()),  # needs no such word
    Column("note", Told),  # why it is paused, held, changed, cancelled or skipped
    Column("noted_at", Moment),  # since when, of one that is frozen
    Column("begun", Moment),  # released or resumed: answers count from here
    Column("updated", Moment, nullable=False),  # its last step
)

letter = Table(
    "letter",  # the frozen words of an issue, one row a language
    metadata,
    Column("issue", ForeignKey("issue.name"), primary_key=True),
    Column("lang", String(16), primary_key=True),
    Column("content", JSON, nullable=False),  # the message template: segments and holes
)

mention = Table(
    "mention",  # what a frozen issue tells, by permanent id: nothing is news a second time
    metadata,
    Column("issue", ForeignKey("issue.name"), primary_key=True),
    Column("item", String(300), primary_key=True),  # the piece's id
    Column("kind", String(16), nullable=False),  # Kind
    Column("place", Integer, nullable=False),  # its order in the letter
    Column("title", Text, nullable=False),
)

issue_step = Table(
    "issue_step",  # append-only: every step of an issue's course
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue", String(100), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("step", String(16), nullable=False),  # Step
    Column("note", Told),  # why, where somebody said so
)

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

job_run = Table(
    "job_run",
    metadata,
    Column("job", String(100), primary_key=True),
    Column("due", Moment, primary_key=True),
    Column("state", String(16), nullable=False),  # running, done, held, failed, late, first
    Column("claimed_by", String(100), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="1"),  # of the last claim: it fences
    Column("lease_until", Moment),  # until then it is in the hands of who claimed it
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("failures", Integer, nullable=False, server_default="0"),  # of the job, one upon another
    Column("failing_since", Moment),  # when the first of those began
    Column("next_at", Moment),  # when a slot that failed is tried again
    Column("note", Told),
)

announcement = Table(
    "announcement",  # what was announced where; an empty item: since when the channel is known
    metadata,
    Column("item", String(300), primary_key=True),  # a piece's id, or a feed's address
    Column("channel", String(300), primary_key=True),  # Channel.name, never a secret
    Column("state", String(16), nullable=False),  # Course
    Column("version", String(64)),  # the digest of a feed; of a piece none: it is told once
    Column("title", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),  # the fencing token of a claim
    Column("tries", Integer, nullable=False, server_default="0"),  # since somebody last began anew
    Column("since", Moment),  # when the first of all attempts was made
    Column("doubted", Moment),  # when the first was made of which nobody knows
    Column("at", Moment, nullable=False),  # when it came into its state
    Column("next_at", Moment),  # not before this, when it waits
    Column("place", Text),  # where the announcement stands, when the channel says
    Column("note", Told),  # why it waits, failed, is unknown
)

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

doctor_run = Table(
    "doctor_run",  # what a look at the newsroom's set-up found
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("configuration", String(64), nullable=False),  # a keyed digest of what it looked at
    Column("verdict", String(16), nullable=False),  # ok, warn, fail, not checked
    Column("told", ToldSheet, nullable=False),  # `failed`: a sentence for each
)

restoration = Table(
    "restoration",  # each time that this database was brought back from a backup
    metadata,
    Column("token", String(32), primary_key=True),  # of the restoring, to finish what was cut short
    Column("taken", Moment, nullable=False),  # when the backup was
    Column("restored", Moment, nullable=False),
    Column("alone", Boolean, nullable=False),  # only one machine can have sent: it was on SQLite
    Column("confirmed", Moment),  # when a person said to go on with it; nothing is sent before
)

link = Table(
    "link",  # links to other sites, and what asking for each gave
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the address
    Column("url", Text, nullable=False),  # without its fragment
    Column("first_seen", Moment, nullable=False),
    Column("seen", Moment, nullable=False, index=True),  # the round that found it in a text last
    Column("asked", Moment),
    Column("lead", String(16)),  # Lead, by the last answer
    Column("why", Told),
    Column("moved_to", Text),  # its address for good
    Column("last_good", Moment),
    Column("bad_since", Moment),  # the first of the looks in a row at which it was not there
    Column("bad_days", Integer, nullable=False, server_default="0"),  # on how many it was gone
    Column("told", Moment),  # when the coordinator heard that it is dead
)

link_round = Table(
    "link_round",  # one row: the last round of the links, and who is on it
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("begun", Moment, nullable=False),
    Column("finished", Moment),
    Column("holder", String(100)),
    Column("lease_until", Moment),  # until then it is in the holder's hands
)
