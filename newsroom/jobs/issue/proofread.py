"""Read an issue's letters as mail programs would, before anybody gets them."""

from newsroom.errors import ContentError
from newsroom.jobs.issue.edition import Proof
from newsroom.model import Problem
from newsroom.model.saying import joined
from newsroom.render.mail.lint import UNFINISHED, letter_problems


def proofread(proof: Proof) -> tuple[Problem, ...]:
    """What is wrong with the letters in any of their languages, each fault once."""
    found = (
        problem
        for letter in proof.letters.values()
        for problem in letter_problems(letter, proof.issue, proof.site)
    )
    return tuple(dict.fromkeys(found))


def require_finished(proof: Proof) -> None:
    """Pass when no advice to the writer is left in the letters. Raises ContentError with it."""
    left = [problem.sentence for problem in proofread(proof) if problem.code == UNFINISHED]
    if left:
        raise ContentError(joined("\n", left))
