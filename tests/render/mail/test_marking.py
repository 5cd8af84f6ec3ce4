"""A letter with words of ours above it."""

from newsroom.render.mail.letter import Letter
from newsroom.render.mail.marking import as_trial, banner, marked

HTML = '<html><head><title>x</title></head>\n<body class="a>b" style="margin:0">\n<p>Hej</p></body>'
LETTER = Letter("2026-var", "sv", "Våren", "Om våren.", HTML.replace("a>b", "ab"), "Hej\n")


def test_words_stand_above_everything_else() -> None:
    """First in the body of the HTML, first in the text; nothing else is changed."""
    found = marked(LETTER, "Ny", "<p>Obs!</p>", "Obs!")

    assert found.subject == "Ny"
    assert found.html.replace("<p>Obs!</p>", "") == LETTER.html
    assert found.html.index("<p>Obs!</p>") == found.html.index('margin:0">') + len('margin:0">')
    assert found.text == f"Obs!\n\n{'-' * 72}\n\nHej\n"


def test_a_fragment_is_marked_too() -> None:
    """A template of one's own may have no body."""
    letter = Letter("2026-var", "sv", "Våren", "", "<p>Hej</p>", "Hej\n")

    assert marked(letter, "Ny", "<b>!</b>", "!").html == "<b>!</b><p>Hej</p>"


def test_a_trial_says_so_in_its_own_language() -> None:
    """In the subject and in a band above the letter."""
    found = as_trial(LETTER)

    assert found.subject == "[Test] Våren"
    assert (
        banner(
            "[Test] Det här är ett provutskick. Länkarna i det avslutar ingens prenumeration.", "sv"
        )
        in found.html
    )
