import pytest

from newsroom.model import SubscriberState
from newsroom.readers import consent
from newsroom.readers.consent import Act
from tests.web.house import House


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

    answer = house.client.post(house.mailbox.link(), data={"choice": "confirm"})

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

    house.client.post(link, data={"choice": "confirm"})

    assert state_of(house) == SubscriberState.ACTIVE


def test_a_second_press_says_so(house: House) -> None:
    """The link goes on saying "already confirmed", to looks and presses, and records nothing."""
    house.sign_up()
    link = house.mailbox.link()
    house.client.post(link, data={"choice": "confirm"})
    before = house.state_hash()

    for answer in (house.client.get(link), house.client.post(link, data={"choice": "confirm"})):
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
    for answer in (house.client.get(link), house.client.post(link, data={"choice": "confirm"})):
        assert answer.status_code == 410
        assert "Länken är för gammal" in answer.text
        assert 'action="/prenumerera/"' in answer.text
    assert state_of(house) == SubscriberState.PENDING


def test_it_was_not_me(house: House) -> None:
    """The second button erases the address at once; the link is then nobody's."""
    house.sign_up()
    link = house.mailbox.link()

    answer = house.client.post(link, data={"choice": "decline"})

    assert "Vi skickar inget till adressen" in answer.text
    assert state_of(house) is None
    assert house.client.get(link).status_code == 404


def test_declining_keeps_a_leaving(house: House) -> None:
    """Somebody who left, and says it was not them, stays somebody who left."""
    house.add("anna@example.se", SubscriberState.UNSUBSCRIBED)
    house.sign_up()

    house.client.post(house.mailbox.link(), data={"choice": "decline"})

    assert state_of(house) == SubscriberState.UNSUBSCRIBED
    assert house.client.post(house.mailbox.link()).status_code == 404


def test_a_subscriber_cannot_be_declined_away(house: House) -> None:
    """After confirming, the second button no longer does anything."""
    house.sign_up()
    house.client.post(house.mailbox.link(), data={"choice": "confirm"})

    answer = house.client.post(house.mailbox.link(), data={"choice": "decline"})

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

    answer = house.client.post(house.mailbox.link(), data={"choice": "confirm"}, headers=headers)

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

    house.client.post(house.mailbox.link(), data={"choice": "confirm"}, headers=headers)

    assert state_of(house) == SubscriberState.ACTIVE


def test_the_page_speaks_the_language_of_the_sign_up(house: House) -> None:
    """Who signed up in English confirms in English, unless the address asks for Swedish."""
    house.sign_up(lang="en")
    link = house.mailbox.link()

    assert "Yes, send me the newsletter" in house.client.get(link).text
    assert "Ja, skicka nyhetsbrevet" in house.client.get(f"{link}?lang=sv").text
