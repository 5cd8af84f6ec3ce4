import pickle
from collections.abc import Mapping

from newsroom.model.saying import Saying, in_one_line, joined, lines, say

SWEDISH: Mapping[str, str] = {
    "{field} is not {what}": "{field} är inte {what}",
    "a colour": "en färg",
}


def swedish(template: str) -> str:
    """The Swedish of a template, or the template itself."""
    return SWEDISH.get(template, template)


def test_it_is_a_text_like_any_other() -> None:
    """A saying reads as its English sentence and is equal to it."""
    saying = say("{field} is not {what}", field="accent", what="a colour")

    assert saying == "accent is not a colour"
    assert f"{saying}!" == "accent is not a colour!"


def test_it_is_said_again_in_another_language() -> None:
    """The template is translated, and so are the sayings among its values; other values stay."""
    saying = say("{field} is not {what}", field="accent", what=say("a colour"))

    assert saying.said(swedish) == "accent är inte en färg"


def test_one_of_something_may_be_said_otherwise() -> None:
    """Where a catalogue has the sentence of a value that is one, that is what is said."""
    catalogue = {
        "{number} of {all} failed": "{number} av {all} misslyckades",
        "number=1\x04{number} of {all} failed": "ett av {all} misslyckades",
    }

    def translated(template: str) -> str:
        return catalogue.get(template, template)

    assert say("{number} of {all} failed", number=1, all=7).said(translated) == (
        "ett av 7 misslyckades"
    )
    assert say("{number} of {all} failed", number=2, all=1).said(translated) == (
        "2 av 1 misslyckades"
    )
    assert say("{number} went", number=1).said(translated) == "1 went"


def test_what_a_person_wrote_is_never_read_as_a_template() -> None:
    """Braces in a value are shown as they are."""
    saying = say("{field} is not {what}", field="{what}", what="{0} {field.__class__}")

    assert saying.said(swedish) == "{what} är inte {0} {field.__class__}"


def test_it_can_be_kept() -> None:
    """A saying that was put away and taken out again can still be translated."""
    kept = pickle.loads(pickle.dumps(say("{field} is not {what}", field="a", what=say("a colour"))))

    assert isinstance(kept, Saying)
    assert (kept, kept.said(swedish)) == ("a is not a colour", "a är inte en färg")


def test_joined_lines_come_apart_again() -> None:
    """Each line is the saying that it was; a line alone stays what it is."""
    one, two = say("{number} posts", number=2), say("it is a draft")

    apart = lines(joined("\n", (one, two)))

    assert [part.template for part in apart if isinstance(part, Saying)] == [
        one.template,
        two.template,
    ]
    assert lines(one)[0] is one
    assert lines("a\nb") == ("a", "b")


def test_several_lines_as_one() -> None:
    """A reason of several lines fits a table, and each of its lines is still said in words."""
    reason = joined("\n", (say("it is a draft"), say("it was withdrawn")))

    one = in_one_line(reason)

    assert one == "it is a draft; it was withdrawn"
    assert one.said(lambda words: words.replace("it is a draft", "utkast")).startswith("utkast; ")
    assert in_one_line("a\n\nb") == "a; b"
    assert in_one_line("") == ""
