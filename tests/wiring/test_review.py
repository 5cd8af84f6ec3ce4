"""The life of an issue from its draft day on, with real mails, as the clock goes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsroom.database import transaction
from newsroom.database.restorations import (
    Restoration,
    confirm_restorations,
    note_restoration,
)
from newsroom.delivery.approval.approvals import enter
from newsroom.delivery.sending.course import cancel, finish, pause, release
from newsroom.errors import DeliveryError, StateError
from newsroom.jobs.approval.attend import Attendance, attend
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.steer import cancel_issue
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying
from newsroom.render.mail.holes import LEAVE
from newsroom.render.sayings import in_language
from newsroom.settings import Settings
from newsroom.wiring import Desk, issue_plan, newsletter, review
from newsroom.wiring.deadlines import calendar
from newsroom.wiring.postman import hand_over_waiting
from newsroom.wiring.review import Attendant
from tests.newsrooms import ISSUE, put
from tests.review_room import (
    HOST,
    NAME,
    NOW,
    SLOT,
    ReviewRoom,
    body,
    fields_of,
    link_in,
    make_room,
)

DRAFT_DAY = SLOT - timedelta(days=21)
REMIND_DAY = SLOT - timedelta(days=5)
ANNA, BO = "anna@example.se", "bo@example.se"
TITLE = "Nyhetsbrev hösten 2026"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReviewRoom]:
    """A newsroom before its draft day, whose clock has been started."""
    room = make_room(tmp_path)
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    yield room
    room.close()


def later(room: ReviewRoom, **span: float) -> list[tuple[str, str]]:
    """Let time pass and the clock tick; the mails that this caused."""
    before = len(room.mails())
    room.clock.time += timedelta(**span)
    room.tick()
    return room.told()[before:]


def test_the_draft_day(room: ReviewRoom) -> None:
    """On it the file is written, and the first approver gets the letter with a link and a date."""
    told = later(room, days=1)

    (mail,) = room.mails()
    assert told == [(ANNA, f"Granska: {TITLE}, senast 27 november")]
    assert (room.root / HOST).is_file()
    words = body(mail).replace("\N{NO-BREAK SPACE}", " ").split("-" * 72, maxsplit=1)[0]
    assert "Utkastet till Nyhetsbrev hösten 2026 är klart att titta på." in words
    assert "tisdag 1 december 2026 kl. 09.00 till 3 läsare" in " ".join(words.split())
    assert words.count("https://") == 2
    assert "Lägg in nyhetsbrevets dagar i din egen kalender: https://" in " ".join(words.split())
    assert "Förhandsvisning: så här får läsarna brevet." in words
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail
    assert "avsluta" not in body(mail, "html")
    page = room.client.get(link_in(mail))
    assert page.status_code == 200
    assert "Granskningssida för Anna Ek" in page.text


def test_the_mail_shows_the_letter_as_readers_get_it(room: ReviewRoom) -> None:
    """Below the sentences stands the letter itself, marked; nothing in it is changed but holes."""
    room.write()
    room.clock.time = DRAFT_DAY
    room.tick()
    letter = newsletter.proof(room.desk, NAME).letter

    html = body(room.mails()[0], "html").replace("\r\n", "\n")

    before, _, own = letter.html.partition("<body")
    own = own.partition(">")[2].replace(LEAVE, "https://nyheter.natverket.test")
    assert html.startswith(before)
    assert html.rstrip().endswith(own.rstrip())
    assert "Förhandsvisning" in html.removesuffix(own)


def test_the_deputy_is_asked_when_the_first_has_not_answered(room: ReviewRoom) -> None:
    """After three days the other approver is asked, with the reason; once."""
    later(room, days=1)

    assert later(room, days=2, hours=23) == []
    assert later(room, hours=1) == [(BO, f"Granska: {TITLE}, senast 27 november")]
    assert "Anna Ek fick frågan" in body(room.mails()[-1])
    assert later(room, hours=1) == []


def test_the_deputy_hears_that_the_first_has_taken_the_yes_back(room: ReviewRoom) -> None:
    """Nobody is said not to have answered who has."""
    later(room, days=1)
    room.write()
    room.press("approve")
    room.press("stop")

    assert (BO, f"Granska: {TITLE}, senast 27 november") in later(room, days=3)

    said = " ".join(body(room.mails()[-1]).split())
    assert f"Anna Ek har godkänt {TITLE} tidigare, och det gäller inte längre" in said


def test_the_deputy_is_left_alone_when_the_first_has_answered(room: ReviewRoom) -> None:
    """A yes, and nobody else is asked or reminded: they hear once that it is approved."""
    later(room, days=1)
    room.write()
    room.press("approve")

    assert later(room, days=4) == [(BO, f"Godkänt: {TITLE} går 1 december")]
    room.clock.time = REMIND_DAY
    assert later(room, hours=1) == []


def test_all_are_asked_where_two_must_approve(tmp_path: Path) -> None:
    """Nobody waits for the other then."""
    room = make_room(tmp_path, "approval: {by: two}\n")
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()

    assert [to for to, _ in later(room, days=1)] == [ANNA, BO]
    assert later(room, days=4) == []
    room.close()


def test_who_is_away_is_not_asked(tmp_path: Path) -> None:
    """When the task of the first is over, the deputy is asked at once."""
    room = make_room(tmp_path)
    contact = room.root / "posts/contacts/anna-ek.md"
    contact.write_text(contact.read_text().replace("groups:", "until: 2026-10-01\ngroups:"))
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()

    assert [to for to, _ in later(room, days=1)] == [BO]
    room.close()


def test_the_reminder(room: ReviewRoom) -> None:
    """When its day is near, all approvers are reminded of an issue that waits for a yes."""
    room.clock.time = DRAFT_DAY
    room.tick()
    room.clock.time = REMIND_DAY - timedelta(minutes=1)
    room.tick()

    told = later(room, minutes=1)

    subject = f"Påminnelse: {TITLE} väntar på godkännande, senast 27 november"
    assert told == [(ANNA, subject), (BO, subject)]


def test_an_edit_voids_the_yes_and_says_so_once(room: ReviewRoom) -> None:
    """Within a minute of the edit all approvers know, and `issue list` shows a draft."""
    room.write()
    room.press("approve")
    later(room, minutes=1)
    room.write(ISSUE.replace("Hej!", "Hej igen!"))

    told = later(room, minutes=1)

    subject = f"Godkänn igen: {TITLE} har ändrats"
    assert told == [(ANNA, subject), (BO, subject)]
    assert "ändrades efter att Anna Ek godkände det" in body(room.mails()[-1])
    assert room.state() is IssueState.DRAFTED
    assert room.note() == "ändrat efter att anna-ek godkände det"
    assert later(room, minutes=1) == []


def test_an_edit_of_a_story_voids_the_yes(room: ReviewRoom) -> None:
    """What a story says is part of what was approved."""
    room.write()
    room.press("approve")
    story = room.root / "posts/news/2026-11-10-host.md"
    story.write_text(story.read_text().replace("title: Höst", "title: Hösten är här"))

    assert len(later(room, minutes=1)) == 2
    assert room.state() is IssueState.DRAFTED


def test_what_readers_do_not_see_voids_nothing(room: ReviewRoom) -> None:
    """Another post, or a comment in the file, is no other letter."""
    room.write()
    room.press("approve")
    later(room, seconds=1)
    room.write(ISSUE.replace("draft: true", "draft: true  # snart"))

    assert later(room, minutes=1) == []
    assert room.state() is IssueState.APPROVED


def test_at_its_slot_an_approved_issue_is_on_its_way(room: ReviewRoom) -> None:
    """It is frozen, and all approvers are told when the first mail leaves and where to stop it."""
    room.write()
    room.press("approve")
    room.clock.time = SLOT - timedelta(minutes=1)
    room.tick()

    told = later(room, minutes=1)

    assert room.state() is IssueState.FROZEN
    assert told == [(ANNA, f"{TITLE} går 09.15"), (BO, f"{TITLE} går 09.15")]
    assert "Stoppa det här" in body(room.mails()[-1])
    assert later(room, minutes=1) == []


@pytest.mark.parametrize("why", ["nobody", "edited"])
def test_at_its_slot_any_other_is_held(room: ReviewRoom, why: str) -> None:
    """Without a yes to this very text nothing is frozen; all approvers are told why, once."""
    room.write()
    if why == "edited":
        room.press("approve")
    room.clock.time = SLOT - timedelta(minutes=1)
    room.tick()
    if why == "edited":
        room.write(ISSUE.replace("Hej!", "Hej igen!"))

    told = later(room, minutes=1)

    subject = f"Väntar: {TITLE} har inte skickats"
    assert [each for each in told if each[1] == subject] == [(ANNA, subject), (BO, subject)]
    reason = {"nobody": "är inte godkänt", "edited": "ändrades efter att anna-ek"}[why]
    assert reason in " ".join(body(room.mails()[-1]).split())
    assert room.state() is not IssueState.FROZEN
    assert room.note().startswith("väntar sedan 2026-12-01: 2026-host ")
    assert subject not in [each for _, each in later(room, minutes=20)]


def test_a_slot_that_was_slept_through_is_held(room: ReviewRoom) -> None:
    """More than six hours late, an approved issue waits for a person all the same."""
    room.write()
    room.press("approve")

    told = later(room, days=22, hours=7)

    assert told[-1] == (BO, f"Väntar: {TITLE} har inte skickats")
    assert room.state() is IssueState.APPROVED


def test_a_day_that_was_set_replaces_the_slot(room: ReviewRoom) -> None:
    """At the old slot nothing happens; on the new day the issue is frozen."""
    room.write()
    room.press("approve")
    room.press("week", week="2026-W50")
    room.clock.time = SLOT - timedelta(minutes=1)
    room.tick()

    assert later(room, minutes=1) == []
    assert room.state() is IssueState.APPROVED
    room.clock.time = SLOT + timedelta(days=7, minutes=-1)
    assert later(room, minutes=1)[0] == (ANNA, f"{TITLE} går 09.15")
    assert room.state() is IssueState.FROZEN


def test_a_day_that_was_set_and_slept_through(room: ReviewRoom) -> None:
    """It is held after six hours, told once, and then asks for another day."""
    room.write()
    room.press("approve")
    room.press("week", week="2026-W50")
    room.clock.time = SLOT + timedelta(days=7, hours=6)

    told = later(room, minutes=1)

    assert (ANNA, f"Väntar: {TITLE} har inte skickats") in told
    why = " ".join(body(room.mails()[-1]).split())
    assert "mer än 6 timmar hade gått sedan det skulle ha skickats" in why
    assert later(room, minutes=1) == []
    assert room.state() is IssueState.APPROVED


def test_nothing_new_is_skipped_and_said(room: ReviewRoom) -> None:
    """On the draft day of a season without news no file is written; at the slot nothing is held."""
    for post in (room.root / "posts/news").glob("*.md"):
        post.unlink()

    told = later(room, days=1)

    assert told == [
        (ANNA, "Överhoppat: Nyhetsbrev hösten 2026"),
        (BO, "Överhoppat: Nyhetsbrev hösten 2026"),
    ]
    assert room.state() is IssueState.SKIPPED
    room.clock.time = SLOT - timedelta(minutes=1)
    assert later(room, minutes=1) == []


def test_a_skipped_issue_that_is_written_by_hand_is_a_draft(room: ReviewRoom) -> None:
    """Its approvers are asked, the deputy too, and its days are in the calendar again."""
    posts = {path: path.read_text("utf-8") for path in (room.root / "posts/news").glob("*.md")}
    for post in posts:
        post.unlink()
    later(room, days=1)
    for post, text in posts.items():
        post.write_text(text, "utf-8")
    room.write()

    asked = later(room, minutes=1)
    deputy = later(room, days=3)

    assert asked == [(ANNA, f"Granska: {TITLE}, senast 27 november")]
    assert [to for to, _ in deputy] == [BO]
    assert room.state() is IssueState.DRAFTED
    assert "INSTÄLLT" not in calendar(room.desk).decode()


def test_a_skipped_issue_can_be_called_off(room: ReviewRoom) -> None:
    """On the page, which offers it, and at the command line."""
    with transaction(room.desk.database) as connection:
        enter(connection, NAME, NOW, IssueState.SKIPPED)
        enter(connection, "2027-var", NOW, IssueState.SKIPPED)
    room.write()

    room.press("cancel", reason="Ingen nyhet")
    cancel_issue(room.desk.database, "2027-var", "no news", NOW)

    assert room.state() is IssueState.CANCELLED


def frozen(room: ReviewRoom) -> None:
    """The issue approved and frozen at its slot."""
    room.write()
    room.press("approve")
    room.clock.time = SLOT - timedelta(minutes=1)
    room.tick()
    later(room, minutes=1)
    assert room.state() is IssueState.FROZEN


def test_each_change_is_mailed_once(room: ReviewRoom) -> None:
    """Paused, paused again, done: one mail to each for each, whatever looks how often."""
    frozen(room)
    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
    assert later(room, minutes=1) == []

    with transaction(room.desk.database) as connection:
        pause(connection, NAME, "reläet svarar inte", room.clock())
    first = later(room, minutes=1)

    assert [subject for _, subject in first] == [f"Pausat: {TITLE}, 0 av 3"] * 2
    assert "reläet svarar inte" in body(room.mails()[-1])
    assert "newsroom issue resume 2026-host" in " ".join(body(room.mails()[-1]).split())
    assert later(room, minutes=1) == []


def test_cancelled_is_told(room: ReviewRoom) -> None:
    """Whoever cancels it, from wherever: all approvers hear it, and why."""
    frozen(room)
    with transaction(room.desk.database) as connection:
        cancel(connection, NAME, "kongressen är inställd", room.clock())

    told = later(room, minutes=1)

    assert [subject for _, subject in told] == [f"Inställt: {TITLE}"] * 2
    assert "kongressen är inställd" in body(room.mails()[-1])


def test_done_is_told_in_numbers(room: ReviewRoom) -> None:
    """At the end there is one line: how many of how many, and how many to look at."""
    from sqlalchemy import update

    from newsroom.database.tables import delivery

    frozen(room)
    with transaction(room.desk.database) as connection:
        release(connection, NAME, room.clock())
        connection.execute(update(delivery).values(state="accepted"))
        connection.execute(
            update(delivery)
            .where(delivery.c.email == "cia@region.example")
            .values(state="refused", reason="550")
        )
        assert finish(connection, NAME, room.clock())

    told = later(room, minutes=1)

    assert told == [
        (ANNA, "Skickat: 2 av 3; 1 att titta på"),
        (BO, "Skickat: 2 av 3; 1 att titta på"),
    ]
    assert later(room, days=1) == []


def test_two_processes_and_a_restart_mail_nobody_twice(room: ReviewRoom) -> None:
    """Any number of looks at the same moment, by any number of processes, are one mail to each."""
    frozen_mails = len(room.mails())
    room.write()
    room.press("approve")
    room.clock.time = SLOT
    newsletter.freeze_issue(room.desk, NAME)
    desks = [Desk(Settings.from_env(room.root, {}), room.clock) for _ in range(4)]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda desk: Attendant(desk).look(), desks))
    Attendant(room.desk.anew()).look()

    told = room.told()[frozen_mails:]
    assert sorted(told) == [(ANNA, f"{TITLE} går 09.15"), (BO, f"{TITLE} går 09.15")]
    for desk in desks:
        desk.close()


def test_a_mail_that_was_not_taken_is_sent_later(room: ReviewRoom) -> None:
    """A relay that is down costs nobody a mail: the next look sends it."""
    room.write()
    room.press("approve")
    room.clock.time = SLOT
    newsletter.freeze_issue(room.desk, NAME)
    broken = Settings.from_env(room.root, {"NEWSROOM_MAIL": "smtp://127.0.0.1:9"})
    desk = Desk(broken, room.clock)
    Attendant(desk).look()
    desk.close()
    assert room.told() == []

    room.attendant.look()

    assert len(room.told()) == 2


@pytest.mark.parametrize("what", ["asked", "voided", "held", "skipped"])
def test_no_mail_is_lost_with_its_relay(tmp_path: Path, what: str) -> None:
    """What could not be told at its moment is told by the first look that can, once."""
    room = make_room(tmp_path, mail="smtp://127.0.0.1:9")
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    if what == "skipped":
        for post in (room.root / "posts/news").glob("*.md"):
            post.unlink()
    if what in {"asked", "skipped"}:
        later(room, days=1)
    if what in {"voided", "held"}:
        room.write()
        room.press("approve")
        later(room, minutes=1)
        room.write(ISSUE.replace("Hej!", "Hej igen!"))
        if what == "held":
            room.clock.time = SLOT
        later(room, minutes=1)
    assert room.told() == []
    room.close()

    room = ReviewRoom(tmp_path, room.clock)
    subjects = {subject for _, subject in later(room, minutes=1)}

    assert (
        subjects
        == {
            "asked": {f"Granska: {TITLE}, senast 27 november"},
            "voided": {f"Godkänn igen: {TITLE} har ändrats"},
            "held": {f"Väntar: {TITLE} har inte skickats"},
            "skipped": {"Överhoppat: Nyhetsbrev hösten 2026"},
        }[what]
    )
    assert later(room, minutes=1) == []
    room.close()


@pytest.mark.parametrize("what", ["stopped", "postponed"])
def test_what_somebody_decided_is_told_when_the_relay_is_back(tmp_path: Path, what: str) -> None:
    """The other approvers hear of it once, however long no mail could leave; the status says it."""
    room = make_room(tmp_path, mail="smtp://127.0.0.1:9")
    room.write()
    room.press("approve")
    if what == "stopped":
        review.stop(room.desk, NAME, "anna-ek")
    else:
        review.postpone(room.desk, NAME, "vecka 50", "anna-ek")
    note = room.note()
    room.close()

    room = ReviewRoom(tmp_path, room.clock)
    told = later(room, minutes=1)

    about = {"stopped": f"Stoppat: {TITLE}", "postponed": f"Ny dag: {TITLE} går 8 december"}[what]
    assert (BO, about) in told
    assert (ANNA, about) not in told
    words = {"stopped": "Anna Ek tog tillbaka godkännandet", "postponed": "Anna Ek har flyttat det"}
    assert note == words[what]
    assert later(room, minutes=1) == []
    room.close()


def test_a_broken_template_costs_nobody_a_mail(room: ReviewRoom) -> None:
    """A mail that could not even be made is made and sent once its template is mended."""
    put(room.root, "templates/mail/preview.html", "{% if %}")
    broken = ReviewRoom(room.root, room.clock)
    assert later(broken, days=1) == []
    broken.close()
    (room.root / "templates/mail/preview.html").unlink()

    assert later(room, minutes=1) == [(ANNA, f"Granska: {TITLE}, senast 27 november")]


def test_an_address_that_no_mail_can_carry_keeps_no_other_waiting(tmp_path: Path) -> None:
    """The other approver is told; once the address is mended, that one is as well."""
    room = make_room(tmp_path, "approval: {by: two}\n")
    contact = room.root / "posts/contacts/anna-ek.md"
    right = contact.read_text()
    contact.write_text(right.replace(ANNA, "anna@-example.se"))
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    assert [to for to, _ in later(room, days=1)] == [BO]

    contact.write_text(right)
    assert review.ask(room.desk, NAME).names == "Anna Ek, Bo Berg"
    room.close()


def test_the_page_compares_with_what_was_mailed(room: ReviewRoom) -> None:
    """What is written after the last mail is new to its reader, however often the clock ticks."""
    room.write()
    later(room, days=1)
    later(room, days=3)
    room.write(ISSUE.replace("Hej!", "Hej och tack!"))
    assert later(room, minutes=1) == []
    room.write(ISSUE.replace("Hej!", "Hej och tack igen!"))

    comparison = room.table.look(NAME).comparison

    assert comparison is not None
    assert comparison.before.at == DRAFT_DAY + timedelta(days=3)
    assert "Hej!" in comparison.before.texts["sv"]


def test_a_letter_that_nobody_got_is_compared_with_nothing(tmp_path: Path) -> None:
    """While the relay is down, nobody has seen what was to be mailed."""
    room = make_room(tmp_path, mail="smtp://127.0.0.1:9")
    room.clock.time = DRAFT_DAY - timedelta(days=1)
    room.tick()
    room.write()
    later(room, days=1)
    room.write(ISSUE.replace("Hej!", "Hej och tack!"))

    assert room.table.look(NAME).comparison is None
    room.close()


def test_another_day_ends_the_wait(room: ReviewRoom) -> None:
    """An issue that was held and moved is held no longer: nobody new hears that it was not sent.

    What is edited after that is told again.
    """
    room.write()
    room.clock.time = DRAFT_DAY
    room.tick()
    room.clock.time = SLOT
    room.tick()
    assert "väntar sedan" in room.note()

    room.table.postpone(NAME, "2026-12-08", "anna-ek")
    assert room.note() == "Anna Ek har flyttat det"
    room.press("approve")
    room.write(ISSUE.replace("Hej!", "Hej igen!"))

    subject = f"Godkänn igen: {TITLE} har ändrats"
    assert later(room, minutes=1) == [(ANNA, subject), (BO, subject)]


def test_one_broken_issue_keeps_no_other_waiting(room: ReviewRoom) -> None:
    """An approved issue whose file cannot be read is left alone until it can be."""
    room.write()
    room.press("approve")
    room.write(ISSUE.replace("number: 2", "number: två"))

    assert later(room, minutes=1) == []
    assert room.state() is IssueState.APPROVED


def test_what_nobody_foresaw_keeps_no_other_issue_waiting(
    room: ReviewRoom, caplog: pytest.LogCaptureFixture
) -> None:
    """All issues are looked after, whatever breaks with one; that is told once, and fails the look.

    A yes to an issue that comes after the broken one in the list is told as ever.
    """
    first = "2026-extra"
    room.write()
    put(room.root, f"posts/newsletters/{first}.md", ISSUE.replace("2026-host", first))
    for name in (first, NAME):
        room.table.postpone(name, "2026-12-08", "anna-ek")
        room.table.approve(name, "anna-ek", newsletter.proof(room.desk, name).content_hash)
    desk = review.review_desk(room.desk)
    before = len(room.mails())

    def proof(name: str) -> Proof:
        return {NAME: desk.proof}[name](name)

    look = Attendance(replace(desk, proof=proof), freeze=lambda *_: None, texts_may_differ=True)
    for _ in range(2):
        room.clock.time += timedelta(minutes=1)
        with pytest.raises(StateError, match=rf"{first}: looking after it broke off \(KeyError"):
            attend(look, room.clock())
    hand_over_waiting(room.desk)

    subjects = [subject for to, subject in room.told()[before:] if to in {ANNA, BO}]
    assert f"Godkänt: {TITLE} går 8 december" in subjects
    assert subjects.count(f"Det fungerar inte: tillsynen av {first}") == 1
    assert [record.levelname for record in caplog.records].count("ERROR") == 1


def test_a_mail_that_is_not_taken_is_a_note_and_no_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Who asks by hand is told why by the error alone; a bot notes it in the desk's language."""
    room = make_room(tmp_path, mail="smtp://127.0.0.1:9")
    room.write()

    with caplog.at_level("INFO"), pytest.raises(DeliveryError, match="could not be handed over"):
        review.ask(room.desk, NAME)

    (noted,) = [one for one in caplog.records if one.name.endswith("approval.tell")]
    assert noted.levelname == "INFO"
    assert isinstance(noted.msg, Saying)
    assert in_language(noted.msg, "sv").startswith(f"{NAME}: inget mejl till Anna Ek: ")
    room.close()


def test_whoever_chose_a_near_day_is_not_reminded_at_once(room: ReviewRoom) -> None:
    """Where the time for a reminder had gone by when the day was chosen, nobody gets one.

    A day that leaves room for it is reminded of before the last day to approve.
    """
    room.write()
    room.clock.time = NOW
    room.table.postpone(NAME, "2026-11-25", "anna-ek")

    near = [later(room, days=1) for _ in range(2)]
    room.table.postpone(NAME, "2026-12-07", "anna-ek")
    far = {days: later(room, days=1) for days in range(10)}

    def reminders(mails: list[tuple[str, str]]) -> int:
        return sum(subject.startswith("Påminnelse") for _, subject in mails)

    assert [reminders(mails) for mails in near] == [0, 0]
    assert [days for days, mails in far.items() if reminders(mails)] == [7]  # 2 December
    assert reminders(far[7]) == 2


def test_asking_by_hand(room: ReviewRoom) -> None:
    """Somebody at the desk may have the mail sent again, with a new link."""
    room.write()

    assert review.ask(room.desk, NAME).names == "Anna Ek"
    room.clock.time += timedelta(minutes=1)
    assert review.ask(room.desk, NAME).names == "Anna Ek"
    links = [link_in(mail) for mail in room.mails()]
    assert len(set(links)) == 2
    assert all(room.client.get(link).status_code == 200 for link in links)


def test_stopping_tells_the_others(room: ReviewRoom) -> None:
    """Who stops it is named to the other approvers, not to themselves; nothing was sent."""
    frozen(room)

    review.stop(room.desk, NAME, "bo-berg")

    assert room.told()[-1] == (ANNA, f"Stoppat: {TITLE}")
    assert "Bo Berg har tagit tillbaka godkännandet" in body(room.mails()[-1])
    assert room.state() is IssueState.DRAFTED
    with pytest.raises(StateError, match="does not approve"):
        review.stop(room.desk, NAME, "nobody")


def test_a_page_that_was_open_when_it_was_frozen(room: ReviewRoom) -> None:
    """Its approve button comes too late, and says so."""
    room.write()
    link = room.link()
    form = fields_of(room.client.get(link).text) | {"choice": "approve"}
    room.press("approve")
    room.clock.time = NOW + timedelta(minutes=1)
    newsletter.freeze_issue(room.desk, NAME)
    room.clock.time += timedelta(minutes=1)

    answer = room.client.post(link, data=form)

    assert answer.status_code == 409
    assert "Inget ändrades" in answer.text
    assert room.state() is IssueState.FROZEN


def test_after_a_restore_no_approver_is_told_before_a_person_says_so(room: ReviewRoom) -> None:
    """The draft is written on its day; whom it may concern hears of it when it is gone on with.

    Until then the mails may be ones that they have had, and who asks by hand is told why.
    """
    taken = room.clock()
    with transaction(room.desk.database) as connection:
        note_restoration(connection, Restoration("t", taken, taken, alone=True))

    meanwhile = later(room, days=1)
    is_written = issue_plan.is_written(room.desk, NAME)
    with pytest.raises(DeliveryError, match="newsroom restore --confirm"):
        review.ask(room.desk, NAME)
    with transaction(room.desk.database) as connection:
        confirm_restorations(connection, room.clock())
    told = later(room, minutes=1)

    assert (meanwhile, is_written) == ([], True)
    assert told == [(ANNA, f"Granska: {TITLE}, senast 27 november")]


def test_after_a_restore_a_reminder_waits_for_a_person_too(room: ReviewRoom) -> None:
    """Its slot is tried again for as long as nobody has said to go on."""
    later(room, days=1)
    taken = room.clock()
    with transaction(room.desk.database) as connection:
        note_restoration(connection, Restoration("t", taken, taken, alone=True))

    meanwhile = later(room, days=16)
    with transaction(room.desk.database) as connection:
        confirm_restorations(connection, room.clock())
    told = later(room, hours=2)

    assert [one for one in meanwhile if "Påminnelse" in one[1]] == []
    assert sorted({to for to, _ in told}) == [ANNA, BO]
