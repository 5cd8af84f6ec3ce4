"""The alarm when a mail host refuses us while an issue is being sent."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import Engine

from newsroom.delivery.pace.lanes import UNTIL_RESUMED, lane_key, open_lanes, pause_row
from newsroom.jobs.approval.ask import ReviewDesk
from newsroom.jobs.approval.attend import Attendance, attend
from newsroom.jobs.approval.tell import DeskPost
from newsroom.model.delivery import DeliveryState, Outcome
from newsroom.model.saying import say
from newsroom.render.templates import Templates, default_templates
from tests.delivery.sample_ledger import NOW, sending_now
from tests.jobs.proofs import make_newsroom, make_proof_of

WHY = say(
    "{number} messages refused for policy; mend what the replies name, "
    "then: newsroom issue resume {name}",
    number=3,
    name="2026-var",
)


@dataclass(slots=True)
class FakeMailer:
    """Remembers what was sent."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def hand_over(self, message: EmailMessage, to: str) -> Outcome:
        """Keep it."""
        body = message.get_body(("plain",))
        self.sent.append((to, body.get_content() if body else ""))
        return Outcome(DeliveryState.ACCEPTED)


def attendance(database: Engine, mailer: FakeMailer) -> Attendance:
    """A look at the issues of a newsroom with two approvers."""
    newsroom = make_newsroom(("anna", "bo"))
    templates = Templates((default_templates(),))
    post = DeskPost(newsroom.site, database, (b"0" * 32,), templates, mailer)
    desk = ReviewDesk(post, lambda: newsroom, lambda _: make_proof_of("h"), None)
    return Attendance(desk, lambda *_: None, texts_may_differ=False)


def stop(database: Engine, minutes: int) -> None:
    """A host refuses us for good."""
    with database.begin() as connection:
        now = NOW + timedelta(minutes=minutes)
        pause_row(connection, lane_key("strict.example"), UNTIL_RESUMED, WHY, now)


def test_stopped_lane_is_told_once(database: Engine) -> None:
    """Each approver gets one mail when a lane is stopped, and one more when it stops again."""
    sending_now(database, ["a@strict.example", "b@other.example"])
    mailer = FakeMailer()
    look = attendance(database, mailer)

    attend(look, NOW)
    quiet = len(mailer.sent)
    stop(database, minutes=1)
    for minutes in (1, 2, 90):
        attend(look, NOW + timedelta(minutes=minutes))
    once = list(mailer.sent)
    with database.begin() as connection:
        open_lanes(connection, NOW + timedelta(hours=2))
    stop(database, minutes=180)
    attend(look, NOW + timedelta(hours=3))

    assert quiet == 0
    assert [to for to, _ in once] == ["anna@example.se", "bo@example.se"]
    assert "strict.example: 3 mejl avvisades" in " ".join(once[0][1].split())
    assert len(mailer.sent) == 4


def test_lane_that_nobody_waits_in(database: Engine) -> None:
    """A stopped lane that no reader of the issue is in is no news of it."""
    sending_now(database, ["b@other.example"])
    mailer = FakeMailer()
    stop(database, minutes=1)

    attend(attendance(database, mailer), NOW + timedelta(minutes=2))

    assert mailer.sent == []
