import pytest

from newsroom.content.lint.personal_numbers import personal_numbers


# Numbers that the Swedish tax agency gives out for tests; nobody has them.
@pytest.mark.parametrize(
    "number",
    [
        "811228-9874",
        "19811228-9874",
        "198112289874",
        "8112289874",
        "670919-9530",
        "121212+1212",
        "701063-2391",  # a coordination number: sixty more than the day
        "197010632391",
    ],
)
def test_a_personal_number_is_found_and_not_repeated(number: str) -> None:
    """Personal and coordination numbers are told of, with or without century."""
    (found,) = personal_numbers(f"Ring Anna ({number}), sa hon.")

    assert found.code == "personal-number"
    assert number[-4:] not in found.message
    assert found.at == len("Ring Anna (")


@pytest.mark.parametrize(
    "text",
    [
        "556016-0680",  # an organisation: its third digit is 2 or more
        "070-123 45 67",
        "0701234567",
        "+46701234567",
        "811228-9875",  # the check digit is wrong
        "811328-9874",  # there is no thirteenth month
        "810230-9874",  # nor a thirtieth of February
        "https://x.test/arende/8112289874",
        "dnr=8112289874",
        "8112289874123",
        "kl. 08.00-16.30 den 2026-05-14",
        "5811228-9874",
    ],
)
def test_other_numbers(text: str) -> None:
    """Telephones, organisations and counters of systems are none."""
    assert list(personal_numbers(text)) == []
