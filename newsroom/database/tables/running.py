"""What the bot did by itself: jobs, announcements, links, looks of the doctor, restores."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from newsroom.database.tables.columns import Moment, metadata
from newsroom.database.told import Told, ToldSheet

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
    Column("state", String(16), nullable=False),  # AnnouncementState
    Column("version", String(64)),  # the digest of a feed; of a piece none: it is told once
    Column("title", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),  # the fencing token of a claim
    Column("tries", Integer, nullable=False, server_default="0"),  # of this version
    Column("since", Moment),  # when this version was first tried
    Column("doubted", Moment),  # when the first was made of which nobody knows
    Column("at", Moment, nullable=False),  # when it came into its state
    Column("next_at", Moment),  # not before this, when it waits
    Column("place", Text),  # where the announcement stands, when the channel says
    Column("note", Told),  # why it waits, failed, is unknown
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
