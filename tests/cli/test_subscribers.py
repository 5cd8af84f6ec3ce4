"""`subscribers`: who is on the list."""

import json

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

LIST_KEYS = {"email", "name", "state", "lang", "tags", "since"}
CONSENT = ("--consent", "på mötet i maj")


@pytest.fixture
def listed(terminal: Terminal) -> Terminal:
    """A list with one person on it."""
    terminal.do(
        "subscribers",
        "add",
        "Asa@Example.SE",
        "--name",
        "Åsa Öberg",
        "--tag",
        "hälsa",
        *CONSENT,
        "--now",
        NOW,
    )
    return terminal


def test_list(listed: Terminal) -> None:
    """Each person in a line, and the number of them to stderr."""
    said = listed.do("subscribers", "list")

    assert said.out.split() == ["asa@example.se", "active", "sv", "Åsa", "Öberg"]
    assert said.err == "1 prenumerant\n"


def test_list_as_json(listed: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    (person,) = listed.do("subscribers", "list", "--json").json()

    assert person.keys() >= LIST_KEYS
    assert person == {
        "email": "asa@example.se",
        "name": "Åsa Öberg",
        "state": "active",
        "lang": "sv",
        "tags": ["hälsa"],
        "since": "2026-11-22T08:00:00Z",
    }


def test_list_of_one_state(listed: Terminal) -> None:
    """Only those who stand where one asks."""
    assert listed.do("subscribers", "list", "--state", "pending", "--json").json() == []
    assert listed("subscribers", "list", "--state", "asleep").status == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("asa@example.se", "står redan på listan"),
        ("asa", "skriv den som namn@example.se"),
        ("a\nBcc: b@example.se", "radbrytning"),
    ],
)
def test_an_address_that_cannot_be_added(listed: Terminal, address: str, said: str) -> None:
    """Somebody who is there, and what is no address, is refused with the reason."""
    answer = listed("subscribers", "add", address, *CONSENT)

    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err
    assert len(listed.do("subscribers", "list", "--json").json()) == 1


def test_consent_is_asked_for(terminal: Terminal) -> None:
    """Nobody comes on the list without a word about where they agreed."""
    assert terminal("subscribers", "add", "asa@example.se").status == 2
    assert terminal("subscribers", "add", "asa@example.se", "--consent", " ").status == 2


def test_import(listed: Terminal) -> None:
    """A list is taken in; each row that is left out is named with its reason."""
    path = put(listed.root, "lista.csv", "E-post;Namn\nbo@example.se;Bo\nasa@example.se;\nfel;\n")

    said = listed.do("subscribers", "import", str(path), *CONSENT)

    assert said.out == "3 rader: lades till: 1, fanns redan: 1, hoppades över: 1\n"
    assert said.err.startswith("rad 4: fel: ")


def test_import_as_json(listed: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    path = put(listed.root, "lista.csv", "email\nbo@example.se\nfel\n")

    told = listed.do("subscribers", "import", str(path), *CONSENT, "--json").json()

    assert (told["rows"], told["added"], told["known"]) == (2, 1, 0)
    assert [skip.keys() for skip in told["skipped"]] == [{"row", "email", "reason"}]


def test_export(listed: Terminal) -> None:
    """Everything that is kept about a person, as JSON, with the words of the consent."""
    said = listed.do("subscribers", "export", "asa@example.se")

    assert "Åsa Öberg" in said.out
    assert "på mötet i maj" in said.out
    assert json.loads(said.out)


def test_forget(listed: Terminal) -> None:
    """A person is erased and no list brings them back."""
    listed.do("subscribers", "forget", "asa@example.se")
    path = put(listed.root, "lista.csv", "email\nasa@example.se\n")

    again = listed.do("subscribers", "import", str(path), *CONSENT, "--json").json()
    unknown = listed("subscribers", "forget", "nobody@example.se")

    assert listed.do("subscribers", "list", "--json").json() == []
    assert (again["added"], again["skipped"][0]["email"]) == (0, "asa@example.se")
    assert unknown.status == 1
    assert "det finns inget sparat om den adressen" in unknown.err
