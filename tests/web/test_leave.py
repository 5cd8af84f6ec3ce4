import pytest

from newsroom.model import SubscriberState
from newsroom.readers import consent
from newsroom.readers.consent import Act
from newsroom.readers.erasure import erase
from newsroom.readers.tokens import leave_token
from tests.web.house import NOW, House, fields_of

EMAIL = "anna@example.se"
ONE_CLICK = b"List-Unsubscribe=One-Click"
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
MULTIPART = {"content-type": "multipart/form-data; boundary=b0"}
MULTIPART_BODY = (
    b'--b0\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    b"One-Click\r\n--b0--\r\n"
)


@pytest.fixture
def token(house: House) -> str:
    """The leave token of Anna, who is on the list."""
    return leave_token(house.keys[0], house.add(EMAIL, SubscriberState.ACTIVE))


def state_of(house: House) -> SubscriberState | None:
    """Where Anna stands, None when she is not on the list."""
    person = house.person()
    return person.state if person else None


@pytest.mark.parametrize(
    ("headers", "body"),
    [(URLENCODED, ONE_CLICK), (MULTIPART, MULTIPART_BODY), ({}, b""), (URLENCODED, b"x=1")],
)
def test_a_mail_program_ends_the_subscription(
    house: House, token: str, headers: dict[str, str], body: bytes
) -> None:
    """One post, in either encoding, without cookie or origin: 200, no redirect, always."""
    answers = [house.client.post(f"/u/{token}", content=body, headers=headers) for _ in range(5)]

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (200, b"unsubscribed\n")
    }
    assert state_of(house) == SubscriberState.UNSUBSCRIBED
    with house.database.begin() as connection:
        (entry,) = consent.history(connection, 1)
    assert (entry.consent.act, entry.consent.method) == (Act.LEFT, "one-click")


@pytest.mark.parametrize("front", ["/u/", "/avsluta/"])
def test_looking_shows_a_button_and_changes_nothing(house: House, token: str, front: str) -> None:
    """Both addresses show people the same page, whose button leads to the one for people."""
    before = house.state_hash()

    page = house.client.get(front + token)
    house.client.head(front + token)
    refused = house.client.options(front + token)

    assert page.status_code == 200
    assert f'action="/avsluta/{token}"' in page.text
    assert "Avsluta prenumerationen" in page.text
    assert refused.status_code == 405
    assert house.state_hash() == before


def test_a_press_ends_the_subscription_and_can_be_undone(house: House, token: str) -> None:
    """The page that says it has ended has an undo, which works for a day."""
    ended = house.client.post(f"/avsluta/{token}", data={"choice": "leave"})
    assert "Prenumerationen är avslutad" in ended.text
    assert "Ångra" in ended.text
    assert state_of(house) == SubscriberState.UNSUBSCRIBED

    back = house.client.post(f"/avsluta/{token}", data={"choice": "undo"})
    assert "Du får nyhetsbrevet igen" in back.text
    assert state_of(house) == SubscriberState.ACTIVE
    with house.database.begin() as connection:
        acts = [entry.consent.act for entry in consent.history(connection, 1)]
    assert acts == [Act.LEFT, Act.RETURNED]


def test_the_undo_ends_after_a_day(house: House, token: str) -> None:
    """Later it takes a new sign-up, and the page offers one."""
    house.client.post(f"/avsluta/{token}")
    house.clock.forward(days=1)

    assert "Ångra" not in house.client.get(f"/avsluta/{token}").text
    answer = house.client.post(f"/avsluta/{token}", data={"choice": "undo"})

    assert 'action="/prenumerera/"' in answer.text
    assert state_of(house) == SubscriberState.UNSUBSCRIBED


def test_who_left_can_come_back_by_signing_up(house: House, token: str) -> None:
    """A fresh sign-up and confirmation makes a reader again."""
    house.client.post(f"/u/{token}", content=ONE_CLICK, headers=URLENCODED)

    house.sign_up()
    house.follow()

    assert state_of(house) == SubscriberState.ACTIVE


def test_an_old_confirmation_cannot_bring_back_who_left(house: House) -> None:
    """The link that once confirmed is dead after leaving."""
    house.sign_up()
    confirmation = house.mailbox.link()
    house.follow("confirm", confirmation)
    house.client.post(f"/u/{leave_token(house.keys[0], 1)}")

    answer = house.follow("confirm", confirmation)

    assert answer.status_code == 404
    assert state_of(house) == SubscriberState.UNSUBSCRIBED


def test_a_link_from_years_ago_works(house: House, token: str) -> None:
    """A token made with an earlier secret ends the subscription, however long ago it was sent."""
    old = leave_token(house.keys[1], 1)
    assert old != token
    house.clock.forward(days=5 * 365)

    assert house.client.post(f"/u/{old}").status_code == 200
    assert state_of(house) == SubscriberState.UNSUBSCRIBED


def test_the_link_of_somebody_erased_gives_a_neutral_page(house: House, token: str) -> None:
    """Nothing is left to end, and the page does not say whether there ever was."""
    with house.database.begin() as connection:
        erase(connection, house.keys, EMAIL, NOW)

    for answer in (
        house.client.get(f"/avsluta/{token}"),
        house.client.post(f"/avsluta/{token}"),
        house.client.post(f"/avsluta/{token}", data={"choice": "undo"}),
    ):
        assert answer.status_code == 200
        assert "Prenumerationen är avslutad" in answer.text
        assert "Ångra" not in answer.text
    assert house.client.post(f"/u/{token}").content == b"unsubscribed\n"


@pytest.mark.parametrize("token", ["x", "A" * 30, "å" * 30, "%00", "a" * 5000])
def test_made_up_links_lead_nowhere(house: House, token: str) -> None:
    """404 for looks and posts alike."""
    assert house.client.get(f"/avsluta/{token}").status_code == 404
    assert house.client.post(f"/avsluta/{token}").status_code == 404
    assert house.client.get(f"/u/{token}").status_code == 404
    assert house.client.post(f"/u/{token}").status_code == 404


def test_another_site_cannot_press_the_button(house: House, token: str) -> None:
    """The page for people is protected; the one for mail programs cannot be, and need not."""
    headers = {"Sec-Fetch-Site": "cross-site"}

    assert house.client.post(f"/avsluta/{token}", headers=headers).status_code == 403
    assert state_of(house) == SubscriberState.ACTIVE
    assert house.client.post(f"/u/{token}", headers=headers).status_code == 200
    assert state_of(house) == SubscriberState.UNSUBSCRIBED


def ask_for_link(house: House, email: str) -> bytes:
    """Use the form of somebody who has no issue at hand."""
    form = fields_of(house.client.get("/avsluta/").text)
    house.clock.forward(seconds=5)
    answer = house.client.post("/avsluta/", data={**form, "email": email})
    assert answer.status_code == 200
    house.settle()
    return answer.content


def test_the_link_can_be_asked_for(house: House, token: str) -> None:
    """The address gets a mail whose link ends the subscription, once a day."""
    ask_for_link(house, " ANNA@example.se ")
    ask_for_link(house, EMAIL)

    assert [to for to, _ in house.mailbox.sent] == [EMAIL]
    assert house.mailbox.link() == f"/avsluta/{token}"


@pytest.mark.usefixtures("token")
def test_asking_tells_nobody_who_is_on_the_list(house: House) -> None:
    """The answer is the same for a stranger, who gets no mail."""
    assert ask_for_link(house, EMAIL) == ask_for_link(house, "stranger@example.se")
    assert len(house.mailbox.sent) == 1


@pytest.mark.usefixtures("token")
def test_a_hurried_or_wrong_form_is_shown_again(house: House) -> None:
    """As with signing up: a button more, or what is wrong with the address; traps stay silent."""
    hurried = house.client.post("/avsluta/", data={"email": EMAIL})
    wrong = house.client.post("/avsluta/", data={"email": "anna"})
    trapped = house.client.post("/avsluta/", data={"email": EMAIL, "website": "x"})
    house.settle()

    assert "Ett tryck till" in hurried.text
    assert 'action="/avsluta/"' in hurried.text
    assert wrong.status_code == 422
    assert "namn@example.se" in wrong.text
    assert "Titta i din inkorg" in trapped.text
    assert house.mailbox.sent == []


def test_the_form_is_braked_like_signing_up(house: House) -> None:
    """Five uses an hour from one network."""
    for number in range(5):
        ask_for_link(house, f"{number}@example.se")
    form = fields_of(house.client.get("/avsluta/").text)
    house.clock.forward(seconds=5)

    answer = house.client.post("/avsluta/", data={**form, "email": EMAIL})

    assert answer.status_code == 429
