"""What is different between two texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.render.text.differences import Change, Passage, Run, differences

KEPT, REMOVED, ADDED = Change.KEPT, Change.REMOVED, Change.ADDED


def test_the_same_words_differ_in_nothing() -> None:
    """However the lines are broken."""
    assert differences("Ett två\ntre.\n\nFyra.", "Ett två tre.\n\n\nFyra.\n") == ()


def test_a_word_that_was_changed() -> None:
    """The word is shown as it was and as it is, in its paragraph; the others are only counted."""
    before = "Hej!\n\nMötet är i Lövhamn den 3 mars.\n\nVälkommen.\n\nKansliet"
    after = "Hej!\n\nMötet är i Kvarnmo den 3 mars.\n\nVälkommen.\n\nKansliet"

    assert differences(before, after) == (
        Passage(unchanged=1),
        Passage(
            (
                Run(KEPT, "Mötet är i "),
                Run(REMOVED, "Lövhamn "),
                Run(ADDED, "Kvarnmo "),
                Run(KEPT, "den 3 mars."),
            )
        ),
        Passage(unchanged=2),
    )


def test_a_paragraph_that_came_and_one_that_went() -> None:
    """Each stands alone."""
    assert differences("Först.\n\nSist.", "Först.\n\nEmellan.\n\nSist.")[1] == Passage(
        (Run(ADDED, "Emellan."),)
    )
    assert differences("Först.\n\nEmellan.\n\nSist.", "Först.\n\nSist.")[1] == Passage(
        (Run(REMOVED, "Emellan."),)
    )


def test_unlike_paragraphs_are_not_mixed() -> None:
    """What has nothing to do with what stood there before is not shown as a wording of it."""
    passages = differences("Solen skiner över staden.", "Årsmötet flyttas till fredag.")

    assert passages == (
        Passage((Run(REMOVED, "Solen skiner över staden."),)),
        Passage((Run(ADDED, "Årsmötet flyttas till fredag."),)),
    )


paragraphs = st.lists(st.sampled_from(["Ett två tre.", "Ett två fyra.", "Sol.", "Å ä ö"]))


@given(paragraphs, paragraphs)
@settings(max_examples=200)
def test_both_texts_can_be_read_out_of_it(old: list[str], new: list[str]) -> None:
    """Leaving out what was added gives the old words in their order, the other way the new ones."""
    passages = differences("\n\n".join(old), "\n\n".join(new))

    def words(without: Change) -> list[str]:
        runs = [run for passage in passages for run in passage.runs if run.change is not without]
        return " ".join(run.text for run in runs).split()

    unchanged = sum(passage.unchanged for passage in passages)
    if old == new:
        assert passages == ()
    else:
        kept = len(" ".join(old).split()) - len(words(ADDED))
        assert kept == len(" ".join(new).split()) - len(words(REMOVED))
        assert (kept > 0) == (unchanged > 0)
