"""A build that would take much of the site from its readers at once, which is rarely meant.

The tree holds against many files. A small site has few: there the texts count. Half of them are
gone at once when a folder was emptied, the wrong one is built, or site.yaml lost what they hang on.
"""

from pathlib import Path

from newsroom.errors import StateError
from newsroom.jobs.advice.lost_addresses import Lost
from newsroom.model.saying import say

_SOME = 3  # texts; fewer are taken away, renamed or broken on an ordinary day
_NAMED = 3


def refuse_much_at_once(moves: Lost, out: Path) -> None:
    """Raise StateError when three texts or more, and half of what readers had, are not there.

    A text is not there when its file is gone, has another address or a fault by which lists and
    feeds leave it out.
    """
    lost = [*moves.gone, *moves.held, *(moved.before for moved in moves.moved)]
    if len(lost) < _SOME or 2 * len(lost) < moves.had:
        return
    titles = ", ".join(f'"{piece.title}"' for piece in lost[:_NAMED])
    if len(lost) > _NAMED:
        titles = say("{titles} and {number} more", titles=titles, number=len(lost) - _NAMED)
    raise StateError(
        say(
            "{out}: {number} of the {all} texts that readers have would no longer be where they "
            "were: {titles}; see what is wrong with: newsroom check; if it is meant: "
            "newsroom build --yes",
            out=out,
            number=len(lost),
            all=moves.had,
            titles=titles,
        )
    )
