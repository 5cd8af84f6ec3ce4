import logging
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from newsroom.database.tables import subscriber
from newsroom.model import Newsroom, SubscriberState
from newsroom.readers import consent, standing, suppression
from newsroom.readers.consent import Act
from newsroom.readers.suppression import Reason
from newsroom.render.consent import consent_wording
from newsroom.render.pages.frame import make_frame
from newsroom.render.words import Words
from tests.web.house import NOW, SITE, House, fields_of

EMAIL = "anna@example.se"


def test_a_sign_up_waits_and_one_mail_goes_out(house: House) -> None:
    """The form leaves a pending row and a mail with a link; nobody is a subscriber yet."""
    house.sign_up()

    person = house.person()
    assert person is not None
    assert (person.state, person.lang) == (SubscriberState.PENDING, "sv")
    assert [to for to, _ in house.mailbox.sent] == [EMAIL]
    assert house.mailbox.link().startswith("/bekrafta/")


def test_the_log_has_the_words_the_form_showed(house: House) -> None:
    """The consent record gives back, word for word, what stands in the form, and where it stood."""
    shown = house.client.get("/prenumerera/").text
    house.sign_up()

    with house.database.begin() as connection:
        (entry,) = consent.history(connection, 1)
    assert entry.consent.act == Act.REQUESTED
    assert entry.consent.source == "https://nyheter.example.se/prenumerera/"
    assert entry.text is not None
    assert entry.text in shown
    assert "Nätverket Exempel" in entry.text


def test_the_answer_is_the_same_for_everybody(house: House) -> None:
    """New, pending, active, left, suppressed, erased, complaining: byte for byte one answer."""
    house.add("pending@example.se", SubscriberState.PENDING)
    house.add("active@example.se", SubscriberState.ACTIVE)
    house.add("left@example.se", SubscriberState.UNSUBSCRIBED)
    house.add("bounced@example.se", SubscriberState.SUPPRESSED)
    with house.database.begin() as connection:
        for name in ("erased", "complained"):
            email = f"{name}@example.se"
            suppression.suppress(connection, house.keys, email, Reason(name), NOW)

    answers = set()
    for name in ("new", "pending", "active", "left", "bounced", "erased", "complained", "new"):
        answers.add(house.sign_up(f"{name}@example.se"))
        house.clock.forward(hours=1)

    assert len(answers) == 1


@pytest.mark.parametrize("email", ["active@example.se", "new@example.se"])
def test_the_answer_is_there_before_the_work_begins(house: House, email: str) -> None:
    """Nothing is looked up or sent until the answer has gone, so its time tells nothing."""
    house.add("active@example.se", SubscriberState.ACTIVE)
    before, gate = house.state_hash(), Event()
    house.later.do(gate.wait)

    house.press(email)

    untouched = house.state_hash() == before and house.mailbox.sent == []
    gate.set()
    house.settle()
    assert untouched
    assert [to for to, _ in house.mailbox.sent] == [email]


def test_who_is_on_the_list_is_told_so_and_stays(house: House) -> None:
    """A subscriber gets a mail with the link that leaves, once a month; nothing changes."""
    house.add(EMAIL, SubscriberState.ACTIVE)
    for _ in range(3):
        house.sign_up()
        house.clock.forward(days=2)

    assert len(house.mailbox.sent) == 1
    assert house.mailbox.link().startswith("/avsluta/")
    person = house.person()
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


def test_who_complained_gets_no_mail_at_all(house: House) -> None:
    """Only an operator can lift a complaint."""
    with house.database.begin() as connection:
        standing.keep_out(connection, house.keys, EMAIL, Reason.COMPLAINED, NOW)

    house.sign_up()

    assert house.mailbox.sent == []
    assert house.person() is None


@pytest.mark.parametrize("state", [SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED])
def test_a_stranger_cannot_undo_a_leaving(house: House, state: SubscriberState) -> None:
    """Signing up the address of somebody who left changes nothing until its owner confirms."""
    house.add(EMAIL, state)

    house.sign_up()

    person = house.person()
    assert person is not None
    assert person.state == state

    house.follow()
    person = house.person()
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


def test_five_hundred_posts_cause_one_mail(house: House) -> None:
    """Whoever presses without end floods nobody's mailbox."""
    stamp = fields_of(house.client.get("/prenumerera/").text)["stamp"]
    for _ in range(500):
        house.clock.forward(minutes=2)
        house.client.post("/prenumerera/", data={"email": EMAIL, "stamp": stamp})
    house.settle()

    assert len(house.mailbox.sent) == 1


def test_a_network_may_use_the_form_five_times_an_hour(house: House) -> None:
    """The sixth answer says to wait; an hour later it goes on."""
    for number in range(5):
        house.sign_up(f"{number}@example.se")
    stamp = fields_of(house.client.get("/prenumerera/").text)["stamp"]
    form = {"email": "6@example.se", "stamp": stamp}
    house.clock.forward(seconds=5)

    answer = house.client.post("/prenumerera/", data=form)
    house.settle()

    assert answer.status_code == 429
    assert "Vänta lite" in answer.text
    assert len(house.mailbox.sent) == 5

    house.clock.forward(hours=1)
    house.sign_up("6@example.se")
    assert len(house.mailbox.sent) == 6


def test_a_program_that_fills_in_everything_causes_nothing(house: House) -> None:
    """The field that no person sees gives it away; the answer does not."""
    person, program = house.sign_up("anna@example.se"), house.sign_up("bo@example.se", website="x")

    assert program == person
    assert house.person("bo@example.se") is None


@pytest.mark.parametrize("stamp", ["", "made up", None])
def test_a_form_without_a_stamp_is_shown_once_more(house: House, stamp: str | None) -> None:
    """One button more, with the address kept; pressing it signs up."""
    form = {"email": EMAIL} if stamp is None else {"email": EMAIL, "stamp": stamp}

    answer = house.client.post("/prenumerera/", data=form)
    house.settle()

    assert answer.status_code == 200
    assert house.person() is None
    again = fields_of(answer.text)
    assert again["email"] == EMAIL

    house.clock.forward(seconds=3)
    house.client.post("/prenumerera/", data=again)
    house.settle()
    assert house.person() is not None


@pytest.mark.parametrize("wait", [timedelta(seconds=1), timedelta(days=2)])
def test_a_form_too_fast_or_too_old_is_shown_once_more(house: House, wait: timedelta) -> None:
    """A program takes a second, a forgotten window two days."""
    form = {"email": EMAIL, "stamp": fields_of(house.client.get("/prenumerera/").text)["stamp"]}
    house.clock.time += wait

    answer = house.client.post("/prenumerera/", data=form)
    house.settle()

    assert "Ett tryck till" in answer.text
    assert house.person() is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("inte en adress", "namn@example.se"),
        ("räksmörgås@example.se", "andra bokstäver än a–z"),
        ("", "Skriv din e‑postadress"),
        ("a@example.se\r\nBcc: b@example.net", "radbrytning"),
        ('"><script>alert(1)</script>@example.se', "namn@example.se"),
    ],
)
def test_a_wrong_address_is_explained(house: House, written: str, said: str) -> None:
    """The form comes back with what was written and what to do, and nothing is kept."""
    answer = house.client.post("/prenumerera/", data={"email": written})

    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>" not in answer.text
    assert 'aria-describedby="sign-up-error"' in answer.text
    assert house.person() is None


def test_the_language_is_the_readers(house: House) -> None:
    """Page, mail and list speak English to those who ask for it; the addresses stay."""
    page = house.client.get("/prenumerera/?lang=en")
    assert '<html lang="en">' in page.text
    assert "Get the newsletter" in page.text
    assert 'action="/prenumerera/"' in page.text

    answer = house.sign_up(lang="en")

    assert b"Look in your mailbox" in answer
    assert house.mailbox.sent[0][1]["Subject"] == "One step left to the newsletter"
    person = house.person()
    assert person is not None
    assert person.lang == "en"


def test_an_unknown_language_is_the_sites(house: House) -> None:
    """A made-up language reads Swedish here and is not kept."""
    house.sign_up(lang="x'><b>")

    person = house.person()
    assert person is not None
    assert person.lang == "sv"


def test_the_built_page_gets_its_stamp_when_it_is_served(house: House) -> None:
    """The page on disk stays as it is; the one that is served has a stamp that works."""
    folder = house.public / "prenumerera"
    folder.mkdir()
    built = '<form><input type="hidden" name="stamp" value=""></form>'
    (folder / "index.html").write_text(built)

    answer = house.client.get("/prenumerera/")

    assert answer.headers["cache-control"] == "no-store"
    assert len(fields_of(answer.text)["stamp"]) > 20
    assert (folder / "index.html").read_text() == built


def test_a_relay_that_is_down_costs_nobody_the_mail(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It waits, and leaves with the next that somebody asks for; no log has the address."""
    house.mailbox.broken = True
    with caplog.at_level(logging.WARNING):
        house.sign_up()
    assert "put off" in caplog.text
    assert "anna" not in caplog.text

    house.mailbox.broken = False
    house.clock.forward(minutes=1)
    house.sign_up()
    house.sign_up("bo@example.se")

    assert [to for to, _ in house.mailbox.sent] == [EMAIL, "bo@example.se"]
    house.follow(link=house.mailbox.link(0))
    person = house.person()
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/x-www-form-urlencoded"}, b"email=" + b"x" * 20_000, 413),
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=1&" * 50, 400),
        ({"content-type": "text/plain"}, b"hello", 422),
        ({"content-type": "multipart/form-data; boundary=x"}, b"nonsense", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"email=%ff%fe%00", 422),
    ],
)
def test_strange_forms_are_refused(
    house: House, headers: dict[str, str], body: bytes, status: int
) -> None:
    """Too long, too many fields, not a form: an answer, never a crash, nothing kept."""
    answer = house.client.post("/prenumerera/", content=body, headers=headers)

    assert answer.status_code == status
    with house.database.begin() as connection:
        assert connection.execute(select(subscriber)).all() == []


def test_a_form_of_unknown_length_is_refused(house: House) -> None:
    """Without a length nobody can say when it ends."""
    answer = house.client.post("/prenumerera/", content=iter([b"email=", b"a@example.se"]))

    assert answer.status_code == 411


def test_the_sites_own_page_has_the_form(house: House) -> None:
    """The built page shows the words of consent, and its form works as it is served."""
    frame = make_frame(Newsroom(site=SITE), logo=None, style="style.css")
    address = frame.addresses.section("subscribe")
    shown = {"frame": frame, "view": None, "address": address, "indexed": True}
    built = house.templates.render("site/subscribe.html", Words("sv"), **shown)
    folder = house.public / "prenumerera"
    folder.mkdir()
    (folder / "index.html").write_text(built, encoding="utf-8")
    assert consent_wording(SITE, Words("sv")) in built

    house.sign_up()

    assert house.person() is not None
