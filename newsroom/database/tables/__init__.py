"""The tables, the same on SQLite and PostgreSQL.

Times are UTC; `Moment` gives them back aware on both databases. What is true of a person and an
issue stands only in `delivery`, one row for each.
"""

from newsroom.database.tables.columns import Moment as Moment
from newsroom.database.tables.columns import metadata as metadata
from newsroom.database.tables.issues import approval as approval
from newsroom.database.tables.issues import deadline as deadline
from newsroom.database.tables.issues import desk_mail as desk_mail
from newsroom.database.tables.issues import issue as issue
from newsroom.database.tables.issues import issue_step as issue_step
from newsroom.database.tables.issues import letter as letter
from newsroom.database.tables.issues import mention as mention
from newsroom.database.tables.issues import reviewed_text as reviewed_text
from newsroom.database.tables.outbox import outbox as outbox
from newsroom.database.tables.readers import consent_event as consent_event
from newsroom.database.tables.readers import consent_head as consent_head
from newsroom.database.tables.readers import notice as notice
from newsroom.database.tables.readers import subscriber as subscriber
from newsroom.database.tables.readers import suppression as suppression
from newsroom.database.tables.readers import wording as wording
from newsroom.database.tables.returned import bounce as bounce
from newsroom.database.tables.returned import inbox_mark as inbox_mark
from newsroom.database.tables.returned import incoming as incoming
from newsroom.database.tables.running import announcement as announcement
from newsroom.database.tables.running import doctor_run as doctor_run
from newsroom.database.tables.running import job_run as job_run
from newsroom.database.tables.running import link as link
from newsroom.database.tables.running import link_round as link_round
from newsroom.database.tables.running import restoration as restoration
from newsroom.database.tables.sending import batch as batch
from newsroom.database.tables.sending import delivery as delivery
from newsroom.database.tables.sending import mail_host as mail_host
from newsroom.database.tables.sending import rate as rate
