import pytest

from newsroom.model.last_words import why_it_said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            "fatal: unable to access 'https://git.example.se/site/': Could not resolve host: x",
            "there is no machine of that name",
        ),
        ("ssh: Could not resolve hostname git.example.se", "there is no machine of that name"),
        ("fatal: Authentication failed for 'https://git.example.se/'", "the login is wrong"),
        (
            "git@git.example.se: Permission denied (publickey).",
            "you have no leave to do that",
        ),
        ("rsync: write failed: No space left on device (28)", "the disk is full"),
        ("! [rejected] main -> main (fetch first)", "somebody else has changed it meanwhile"),
    ],
)
def test_the_reason_stands_first(words: str, reason: str) -> None:
    """What git, ssh and rsync usually say is told in our words, and theirs stand behind."""
    assert why_it_said(words) == f'{reason} ("{words}")'


def test_what_nobody_foresaw_is_quoted() -> None:
    """Nothing is guessed of a program's own words."""
    assert why_it_said("the moon is full") == '"the moon is full"'
