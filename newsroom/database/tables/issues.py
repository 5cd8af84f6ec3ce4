"""Issues: their course, their texts, their approvals, and the mails about them."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text, false, true

from newsroom.database.tables.columns import Moment, metadata
from newsroom.database.told import Told

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
    Column("noted_at", Moment),  # when that was, of a frozen issue or a decision
    Column("matter", String(16)),  # Matter: what the note is about, where more hangs on it
    Column("held_at", Moment),  # when a held one should have left
    Column("held_for", Told),  # why it has not
    Column("decided_by", Text),  # who took the yes back or set another day, by name
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
