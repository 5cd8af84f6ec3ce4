import pytest

from newsroom.content.lint.text_language import language_of

SWEDISH = """
Kommunerna i nätverket har under våren arbetat med en gemensam plan för jämlik hälsa. Det är första
gången som alla är med, och det märks att frågan är viktig. Planen ska vara klar till hösten, men
redan nu kan den som vill läsa ett utkast. Vi tar gärna emot synpunkter från er som möter barn och
unga i vardagen, eftersom det är ni som vet vad som inte fungerar och vad som behöver göras.
"""
ENGLISH = """
The municipalities of the network have worked on a common plan for equal health during the spring.
It is the first time that all of them take part, and it shows that the question is important. The
plan will be ready in the autumn, but those who want to can read a draft already now. We are glad to
hear from you who meet children and young people, since you know what does not work and what should
be done.
"""
NORWEGIAN = """
Kommunene i nettverket har i løpet av våren arbeidet med en felles plan for lik helse. Det er
første gang alle er med, og det merkes at spørsmålet er viktig. Planen skal være klar til høsten,
men allerede nå kan den som vil lese et utkast. Vi tar gjerne imot synspunkter fra dere som møter
barn og unge i hverdagen, fordi det er dere som vet hva som ikke fungerer og hva som må gjøres.
"""


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        (SWEDISH, "en", "sv"),
        (ENGLISH, "sv", "en"),
        (ENGLISH, "sv-SE", "en"),
        (ENGLISH, "fi", "en"),
        (SWEDISH, "sv", None),
        (ENGLISH, "en-GB", None),
        (NORWEGIAN, "nb", None),
        (SWEDISH + ENGLISH, "sv", None),
        (SWEDISH + ENGLISH, "en", None),
        (ENGLISH[:200], "sv", None),
        ("Anna Ek, Bo Ek, Åsa Ek, Örjan Ek, " * 30, "en", None),
    ],
)
def test_the_language_of_a_text(text: str, marked: str, found: str | None) -> None:
    """A text is only said to be in another language when it is long, and surely is."""
    assert language_of(text, marked) == found
