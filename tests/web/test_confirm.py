from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.model import ConfirmBy, SubscriberState
from newsroom.readers import consent
from newsroom.readers.consent import Act
from tests.render.pieces import make_issue
from tests.web.house import NOW, SITE, House, fields_of, open_house


def state_of(house: House) -> SubscriberState | None:
    """Where Anna stands, None when she is not on the list."""
    person = house.person()
    return person.state if person else None


def test_a_press_confirms(house: House) -> None:
    """The link shows two buttons; pressing the first puts the reader on the list."""
    house.sign_up()
    page = house.client.get(house.mailbox.link())
    assert page.status_code == 200
    assert "Ja, skicka nyhetsbrevet till mig" in page.text
    assert "Det var inte jag" in page.text
    assert state_of(house) == SubscriberState.PENDING

    answer = house.follow()

    assert answer.status_code == 200
    assert "Din adress är bekräftad" in answer.text
    assert state_of(house) == SubscriberState.ACTIVE
    with house.database.begin() as connection:
        acts = [entry.consent.act for entry in consent.history(connection, 1)]
    assert acts == [Act.REQUESTED, Act.CONFIRMED]


def test_scanners_do_not_spoil_the_link(house: House) -> None:
    """Whatever was fetched before, and by whom, the person's press still counts."""
    house.sign_up()
    link = house.mailbox.link()
    before = house.state_hash()
    for _ in range(10):
        house.client.get(link)
        house.client.head(link)
        house.client.options(link)
    assert house.state_hash() == before

    house.follow("confirm", link)

    assert state_of(house) == SubscriberState.ACTIVE


def test_a_second_press_says_so(house: House) -> None:
    """The link goes on saying "already confirmed", to looks and presses, and records nothing."""
    house.sign_up()
    link = house.mailbox.link()
    house.follow("confirm", link)
    before = house.state_hash()

    for answer in (house.client.get(link), house.follow("confirm", link)):
        assert answer.status_code == 200
        assert "Redan bekräftat" in answer.text
    house.clock.forward(days=30)
    assert "Redan bekräftat" in house.client.get(link).text
    assert house.state_hash() == before


def test_a_link_works_for_seven_days(house: House) -> None:
    """A minute before, it confirms; after, the page says so and offers the form."""
    house.sign_up()
    link = house.mailbox.link()

    house.clock.forward(days=7, seconds=-60)
    assert house.client.get(link).status_code == 200

    house.clock.forward(seconds=60)
    for answer in (house.client.get(link), house.follow("confirm", link)):
        assert answer.status_code == 410
        assert "Länken är för gammal" in answer.text
        assert 'action="/prenumerera/"' in answer.text
    assert state_of(house) == SubscriberState.PENDING


def test_it_was_not_me(house: House) -> None:
    """The second button erases the address at once; the link is then nobody's."""
    house.sign_up()
    link = house.mailbox.link()

    answer = house.follow("decline", link)

    assert "Vi skickar inget till adressen" in answer.text
    assert state_of(house) is None
    assert house.client.get(link).status_code == 404


def test_declining_keeps_a_leaving(house: House) -> None:
    """Somebody who left, and says it was not them, stays somebody who left."""
    house.add("anna@example.se", SubscriberState.UNSUBSCRIBED)
    house.sign_up()

    house.follow("decline")

    assert state_of(house) == SubscriberState.UNSUBSCRIBED
    assert house.client.post(house.mailbox.link()).status_code == 404


def test_a_subscriber_cannot_be_declined_away(house: House) -> None:
    """After confirming, the second button no longer does anything."""
    house.sign_up()
    house.follow()

    answer = house.follow("decline")

    assert "Redan bekräftat" in answer.text
    assert state_of(house) == SubscriberState.ACTIVE


def test_a_newer_mail_replaces_the_link(house: House) -> None:
    """The day after, another sign-up gives another link, and only that one works."""
    house.sign_up()
    first = house.mailbox.link()
    house.clock.forward(days=1)
    house.sign_up()

    assert house.client.get(first).status_code == 404
    assert house.client.get(house.mailbox.link()).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 32, "%00", "å", "..%2f..", "a" * 5000])
def test_made_up_links_lead_nowhere(house: House, token: str) -> None:
    """A page that helps, and 404."""
    answer = house.client.get(f"/bekrafta/{token}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example.net"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_press_the_button(house: House, headers: dict[str, str]) -> None:
    """A press that a browser says came from elsewhere changes nothing."""
    house.sign_up()

    answer = house.follow(headers=headers)

    assert answer.status_code == 403
    assert state_of(house) == SubscriberState.PENDING


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "https://nyheter.example.se"},
    ],
)
def test_our_own_page_can(house: House, headers: dict[str, str]) -> None:
    """Browsers that say where the press came from say that it was us."""
    house.sign_up()

    house.follow(headers=headers)

    assert state_of(house) == SubscriberState.ACTIVE


def test_the_page_speaks_the_language_of_the_sign_up(house: House) -> None:
    """Who signed up in English confirms in English, unless the address asks for Swedish."""
    house.sign_up(lang="en")
    link = house.mailbox.link()

    assert "Yes, send me the newsletter" in house.client.get(link).text
    assert "Ja, skicka nyhetsbrevet" in house.client.get(f"{link}?lang=sv").text


@pytest.mark.parametrize("choice", ["confirm", "decline"])
def test_a_program_that_presses_at_once_is_asked_again(house: House, choice: str) -> None:
    """A press within two seconds of the page changes nothing and shows the buttons once more."""
    house.sign_up()
    link = house.mailbox.link()
    form = {**fields_of(house.client.get(link).text), "choice": choice}

    house.clock.forward(seconds=1)
    answer = house.client.post(link, data=form)

    assert answer.status_code == 200
    assert "Tryck en gång till" in answer.text
    assert state_of(house) == SubscriberState.PENDING

    house.clock.forward(seconds=3)
    house.client.post(link, data={**fields_of(answer.text), "choice": choice})
    assert state_of(house) == (SubscriberState.ACTIVE if choice == "confirm" else None)


def test_a_press_comes_from_the_page_of_this_very_link(house: House) -> None:
    """Without the page's stamp, or with that of another page, nothing is confirmed."""
    house.sign_up("bo@example.se")
    other = fields_of(house.client.get(house.mailbox.link()).text)["stamp"]
    sign_up_form = fields_of(house.client.get("/prenumerera/").text)["stamp"]
    house.sign_up()
    link = house.mailbox.link()
    house.clock.forward(seconds=5)

    for stamp in ("", "made up", other, sign_up_form):
        answer = house.client.post(link, data={"choice": "confirm", "stamp": stamp})
        assert "Ja, skicka nyhetsbrevet till mig" in answer.text

    assert state_of(house) == SubscriberState.PENDING


def test_a_page_left_open_for_days_is_shown_again(house: House) -> None:
    """A stamp of the day before yesterday no longer presses; the page that follows does."""
    house.sign_up()
    link = house.mailbox.link()
    form = {**fields_of(house.client.get(link).text), "choice": "confirm"}
    house.clock.forward(days=2)

    answer = house.client.post(link, data=form)

    assert state_of(house) == SubscriberState.PENDING
    house.clock.forward(seconds=5)
    house.client.post(link, data={**fields_of(answer.text), "choice": "confirm"})
    assert state_of(house) == SubscriberState.ACTIVE


def test_the_choices_are_equal(house: House) -> None:
    """Yes and no are buttons of the same form and look, and no script presses one of them."""
    house.sign_up()
    page = house.client.get(house.mailbox.link()).text

    assert page.count("<form") == 1
    assert page.count('<p><button name="choice"') == 2
    assert "<script" not in page


@pytest.fixture
def coded(database: Engine, tmp_path: Path) -> Iterator[House]:
    """The web of a newsroom that asks for a code."""
    with open_house(database, tmp_path, replace(SITE, confirm=ConfirmBy.CODE)) as house:
        yield house


def code_in(house: House) -> str:
    """The code of the newest mail."""
    return house.mailbox.text().partition("Koden: ")[2][:6]


def test_a_code_confirms(coded: House) -> None:
    """Where a code is asked for, the mail has six digits and the page a field for them."""
    coded.sign_up()
    assert code_in(coded).isdigit()
    assert 'inputmode="numeric"' in coded.client.get(coded.mailbox.link()).text

    answer = coded.follow(code=code_in(coded))

    assert "Din adress är bekräftad" in answer.text
    assert state_of(coded) == SubscriberState.ACTIVE


@pytest.mark.parametrize("code", ["", "000", "abcdef", "åäö"])
def test_a_press_without_the_code_confirms_nothing(coded: House, code: str) -> None:
    """A program that presses buttons does not read the mail; the person is told what is wrong."""
    coded.sign_up()

    answer = coded.follow(code=code)

    assert answer.status_code == 422
    assert "Det är inte koden i mejlet" in answer.text
    assert state_of(coded) == SubscriberState.PENDING
    coded.clock.forward(seconds=5)
    right = {**fields_of(answer.text), "choice": "confirm", "code": code_in(coded)}
    coded.client.post(coded.mailbox.link(), data=right)
    assert state_of(coded) == SubscriberState.ACTIVE


def test_five_wrong_codes_close_the_link(coded: House) -> None:
    """Nobody tries a million codes; another sign-up, a day later, gives another link."""
    coded.sign_up()
    wrong = f"{(int(code_in(coded)) + 1) % 10**6:06}"

    answers = [coded.follow(code=wrong).status_code for _ in range(5)]
    late = coded.follow(code=code_in(coded))

    assert answers == [422, 422, 422, 422, 410]
    assert late.status_code == 410
    assert "fel fem gånger" in late.text
    assert state_of(coded) == SubscriberState.PENDING
    coded.clock.forward(days=1)
    coded.sign_up()
    coded.follow(code=code_in(coded))
    assert state_of(coded) == SubscriberState.ACTIVE


def test_who_did_not_ask_needs_no_code(coded: House) -> None:
    """Saying "It was not me" takes a press alone."""
    coded.sign_up()

    coded.follow("decline")

    assert state_of(coded) is None


def test_after_confirming_a_reader_knows_when_the_next_issue_comes(
    database: Engine, tmp_path: Path
) -> None:
    """The day that the schedule plans, in the reader's language, and the way to earlier issues."""
    day, sent = NOW + timedelta(days=9), (make_issue(),)
    with open_house(database, tmp_path, SITE, next_issue=day, issues=sent) as house:
        house.sign_up()
        page = house.follow().text

    assert "Nästa nyhetsbrev är planerat till den 1 december 2026" in page
    assert 'href="/nyhetsbrev/">alla nyhetsbrev</a>' in page


@pytest.mark.parametrize("day", [None, NOW - timedelta(hours=1)])
def test_no_day_is_told_that_is_unknown_or_past(
    database: Engine, tmp_path: Path, day: datetime | None
) -> None:
    """Readers are told no day that nobody has planned, and link to no archive that is not there."""
    with open_house(database, tmp_path, SITE, next_issue=day) as house:
        house.sign_up()
        page = house.follow().text

    assert "Nästa nyhetsbrev kommer till dig via e‑post" in page
    assert "alla nyhetsbrev" not in page
